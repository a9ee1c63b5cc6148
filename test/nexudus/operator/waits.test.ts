import type { HttpRequest, Read } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import { DEFAULT_SETTINGS } from '../../../guarded-change/settings';
import { Memory, type Run } from '../../../guarded-change/world';
import { NEXUDUS_LIMITS } from '../../../nodes/Nexudus/limits';
import { nexudusChange } from '../../../nodes/Nexudus/nexudusChange';
import { nexudusSystem, type MemberAtWork } from '../../../nodes/Nexudus/nexudusSystem';
import { adminApi } from '../../../nodes/Nexudus/operator/adminApi';
import { locationZones } from '../../../nodes/Nexudus/pausePeriod/locationZones';
import { contractState } from '../../../nodes/Nexudus/pauseState';

const PORTAL = 'https://myspace.spaces.nexudus.com';
const ADMIN = 'https://spaces.nexudus.com';
const THROTTLED = 20_000;

/** A run on a clock that only its own waits move. */
function quietRun(): Run {
	let now = Date.UTC(2027, 5, 10);
	const clock = {
		now: () => now,
		random: () => 0,
		sleep: async (ms: number) => {
			await Promise.resolve();
			now += ms;
		},
	};
	return {
		clock,
		memory: new Memory(clock),
		account: 'olga',
		cancelled: () => false,
		stopped: () => false,
		failuresLeft: () => Infinity,
	};
}

it("a session that was opened once is a wait of the item's first read only", async () => {
	const run = quietRun();
	let opened: Promise<Read<string>> | undefined;
	const open = async () => {
		opened ??= run.clock.sleep(THROTTLED).then(() => ({
			known: true,
			value: 'bearer',
			askedAt: run.clock.now(),
			waited: THROTTLED,
		}));
		return await opened;
	};
	const state = contractState({ contract: { Id: 1 }, meta: null }, 0);
	const member: MemberAtWork = {
		session: { tools: {} as ReadTools, open },
		reader: {
			read: async () =>
				await Promise.resolve({ known: true, value: state, askedAt: 0, waited: 100 }),
			nudge: () => undefined,
		},
		items: 1,
	};
	const system = nexudusSystem({ portal: PORTAL, run, memberOf: () => member });
	const change = nexudusChange({
		portal: PORTAL,
		contractId: 1,
		account: 'coworker 7',
		operation: 'resumeNow',
		ifNotPaused: 'unchanged',
		dryRun: false,
	});
	const waits: number[] = [];
	for (let reads = 0; reads < 3; reads++) {
		waits.push((await system.read(change, 0, 'plan')).waited);
	}
	expect(waits).toEqual([THROTTLED + 100, 100, 100]);
});

it('the time zone of a location is waited for once', async () => {
	const run = quietRun();
	const sent: HttpRequest[] = [];
	const zones = locationZones(adminApi(ADMIN), {
		run,
		limits: { ...NEXUDUS_LIMITS, minSpacing: 0 },
		settings: DEFAULT_SETTINGS,
		transport: async (request) => {
			sent.push(request);
			const throttled = sent.length === 1;
			const headers: Record<string, string> = throttled ? { 'retry-after': '20' } : {};
			return await Promise.resolve({
				answered: true,
				status: throttled ? 409 : 200,
				headers,
				body: { Id: 5, SimpleTimeZoneNameIana: 'Europe/Madrid' },
			});
		},
	});
	const first = await zones.of(5);
	expect(first).toMatchObject({ known: true, value: 'Europe/Madrid' });
	expect(first.waited).toBeGreaterThanOrEqual(THROTTLED);
	expect(await zones.of(5)).toMatchObject({ value: 'Europe/Madrid', waited: 0 });
	expect(sent).toHaveLength(2);
});
