import type { Sandbox } from '../../sandbox/createSandbox';
import type { PausePeriod } from '../../sandbox/vendor/contract';
import type { Readings } from '../../sandbox/vendor/readings';
import type { RouteKind } from '../../sandbox/vendor/route';
import type { FaultRule } from '../../sandbox/wire/faults';
import type { Target } from './delivery';
import type { Operation } from './faultCase';
import type { Fate } from './portalNames';

/** Somebody else at the vendor, at work on what the fault strikes. */
export interface Hand {
	/** Does what the call asks for. */
	same(): void;
	/** Brings about another state than the one asked for. */
	otherwise(): void;
	/** Takes the change back. */
	undo(): void;
	/** Leaves the contract with other pauses; they come in the order of time. */
	edit(change: (pauses: readonly PausePeriod[], target: Target) => PausePeriod[]): void;
}

/** Where a fault is arranged: one stand-in, used by one case at a time. */
export interface Site {
	sandbox: Sandbox;
	/** The route of the write. */
	write: RouteKind;
	/** Routes of all that is read before a write and after it. */
	reads: readonly RouteKind[];
	/**
	 * Orders faults, where a route is about one thing for the one that the fault strikes; one of
	 * them at least must strike in the first call.
	 */
	order(...faults: FaultRule[]): void;
	/** Runs once, when all has been read and the write is about to leave. */
	beforeWrite(act: () => void): void;
	/** Runs once, at the first connection after the write has arrived. */
	afterWrite(act: () => void): void;
	/** What becomes of each connection, asked just before it is made; it must fail once. */
	connection(fate: () => Fate | undefined): void;
	/** Somebody else changes the contract now. */
	otherHand(act: (hand: Hand) => void): void;
	/** What must have come about in the first call; else the fault did not strike. */
	expect(what: string, holds: () => boolean): void;
}

export interface Fault {
	name: string;
	group: 'none' | 'write' | 'read before' | 'read after' | 'session' | 'other hand' | 'delivery';
	arrange(site: Site): void;
	settings?: Record<string, number>;
	readings?: Partial<Readings>;
	/** Only where the vendor is so. */
	needs?: Partial<Readings>;
	/** After so many ms a write that was given up has acted; then the call is made once more. */
	lateMs?: number;
	/**
	 * Another hand works against the first effect: a call that follows a report of just that may
	 * make a second one.
	 */
	undone?: true;
	/** Another hand changes the contract: its cycles are no longer ours alone. */
	hand?: true;
	/** Another hand changes, between read and write, what a whole record puts back. */
	overwrites?: true;
	/** The vendor says that a record does not exist, and it does. */
	conceals?: true;
	/** The call arrives twice at the same time. */
	twice?: true;
	/** n8n's own Retry On Fail is on. */
	retryOnFail?: true;
	/** No other operation meets it. */
	only?: readonly Operation[];
	/** Only an operator meets it. */
	way?: 'operator';
	/** Also run for six things in one call, or only so. */
	bulk?: true | 'only';
}

/** Does the operation meet the fault, as far as the vendor is so? */
export function meets(
	{ only, needs = {} }: Fault,
	operation: Operation,
	reading: Partial<Readings> = needs,
): boolean {
	const isSo = Object.entries(needs).every(
		([name, value]) => reading[name as keyof Readings] === value,
	);
	return isSo && (only === undefined || only.includes(operation));
}
