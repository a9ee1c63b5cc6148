import { PAYCHTEC } from './keyed/paychtec';
import { STRIPE } from './keyed/stripe';
import { NEXUDUS } from './nexudus';
import { MEMBERS } from './operator/members';
import { PAUSE_PERIODS } from './operator/pausePeriods';
import type { Simulated } from './simulated';

/** Every system that is simulated. */
export const SYSTEMS = [
	NEXUDUS,
	MEMBERS,
	PAUSE_PERIODS,
	STRIPE,
	PAYCHTEC,
] as unknown as readonly Simulated[];

/** @throws Error for a name that no system has */
export function systemNamed(name: string): Simulated {
	const found = SYSTEMS.find((one) => one.name === name);
	if (found) return found;
	throw new Error(`--system takes ${SYSTEMS.map((one) => one.name).join(', ')}, not "${name}"`);
}
