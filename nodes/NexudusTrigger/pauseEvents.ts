import { createHash } from 'crypto';
import type { About, SeenContract } from './pauseSource';

/** Names that workflows store and compare with: an interface for ever. */
export const PAUSE_EVENTS = [
	'contractPaused',
	'contractResumed',
	'pauseChanged',
	'pauseEnding',
	'pauseScheduled',
] as const;

export type PauseEventName = (typeof PAUSE_EVENTS)[number];

/** The pause of a contract on one side of a change. */
export interface PauseSide {
	state: SeenContract['state'];
	pausedFromUtc: string | null;
	pausedUntilUtc: string | null;
}

export const NO_PAUSE: PauseSide = { state: 'none', pausedFromUtc: null, pausedUntilUtc: null };

/** What happened to a contract between two polls. */
export interface PauseEvent {
	event: PauseEventName;
	eventId: string;
	contractId: number;
	about: About;
	before: PauseSide;
	after: PauseSide;
	/** Whole days until the pause ends, begun ones counted; only for `pauseEnding`. */
	daysLeft: number | null;
	/** When the poll before read, ISO 8601 UTC; null where there was none. */
	since: string | null;
	/** When the vendor was read, by its clock. */
	noticedAt: string;
}

/** A date that one of two reads does not show is no difference. */
const same = (one: string | null, other: string | null) =>
	one === null || other === null || one === other;

/**
 * The pause to remember: a read that shows less than one before, or whose clock is a little behind,
 * takes nothing back. Pure.
 */
export function settled(before: PauseSide, now: PauseSide): PauseSide {
	if (now.state === 'none' || before.state === 'none') return now;
	// A pause that had begun has not un-begun: another of the vendor's clocks spoke.
	const begun =
		before.state === 'active' &&
		before.pausedFromUtc !== null &&
		before.pausedFromUtc === now.pausedFromUtc;
	// An end belongs to its beginning: of another pause it says nothing.
	const keeps = same(before.pausedFromUtc, now.pausedFromUtc);
	// Of a pause that is on, the end counts: its first part may be shown no more.
	const later =
		before.state === 'active' &&
		now.state === 'active' &&
		before.pausedUntilUtc !== null &&
		before.pausedUntilUtc === now.pausedUntilUtc;
	return {
		state: begun ? 'active' : now.state,
		pausedFromUtc:
			(later ? before.pausedFromUtc : null) ?? now.pausedFromUtc ?? before.pausedFromUtc,
		pausedUntilUtc: now.pausedUntilUtc ?? (keeps ? before.pausedUntilUtc : null),
	};
}

/**
 * The net change between two reads of a contract, in words; none where they say the same. Pure.
 * @param now the vendor's clock, ms since 1970
 */
export function changesBetween(before: PauseSide, after: PauseSide, now: number): PauseEventName[] {
	if (before.state === 'none') {
		if (after.state === 'none') return [];
		return after.state === 'active' ? ['contractPaused'] : ['pauseScheduled'];
	}
	// A scheduled pause that is gone has paused nothing that anybody saw, so nothing was resumed.
	if (after.state === 'none') {
		return before.state === 'active' ? ['contractResumed'] : ['pauseChanged'];
	}
	if (before.state === 'active' && after.state === 'scheduled') {
		return ['contractResumed', 'pauseScheduled'];
	}
	if (before.state === 'scheduled' && after.state === 'active') return ['contractPaused'];
	if (
		same(before.pausedFromUtc, after.pausedFromUtc) &&
		same(before.pausedUntilUtc, after.pausedUntilUtc)
	) {
		return [];
	}
	const over = before.pausedUntilUtc !== null && Date.parse(before.pausedUntilUtc) <= now;
	if (after.state === 'scheduled') return over ? ['pauseScheduled'] : ['pauseChanged'];
	// It was charged in between: that is another pause, not this one with other dates.
	const gap =
		over && Date.parse(after.pausedFromUtc ?? '') > Date.parse(before.pausedUntilUtc ?? '');
	return gap ? ['contractResumed', 'contractPaused'] : ['pauseChanged'];
}

/**
 * The same for the same change, however often it is found: account, contract, event and the dates
 * that make it this one. `occurrence` tells a pause that was set, withdrawn and set again. Pure.
 */
export function eventIdOf(
	account: string,
	event: Pick<PauseEvent, 'event' | 'contractId' | 'before' | 'after'>,
	occurrence: number,
): string {
	const { before, after } = event;
	const dates: Record<PauseEventName, Array<string | null>> = {
		contractPaused: [after.pausedFromUtc, after.pausedUntilUtc],
		contractResumed: [before.pausedFromUtc, before.pausedUntilUtc],
		pauseChanged: [
			before.pausedFromUtc,
			before.pausedUntilUtc,
			after.pausedFromUtc,
			after.pausedUntilUtc,
		],
		pauseEnding: [after.pausedUntilUtc],
		pauseScheduled: [after.pausedFromUtc, after.pausedUntilUtc],
	};
	const parts = [account, event.contractId, event.event, ...dates[event.event], occurrence];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

const DAY = 86_400_000;

/** Days until a pause that is on ends, begun ones counted; null where it does not end, or has. Pure. */
export function daysUntilEnd({ state, pausedUntilUtc }: PauseSide, now: number): number | null {
	if (state !== 'active' || pausedUntilUtc === null) return null;
	const left = Date.parse(pausedUntilUtc) - now;
	return left > 0 ? Math.ceil(left / DAY) : null;
}
