import { RollingMinute } from './rollingMinute';
import type { PaceLimits } from './settings';

/**
 * When the next request may go. `waitFor` decides and changes nothing, so that every rule has a
 * case in a table; pacer.ts does the waiting. A request counts in the rolling minute from its
 * *end*: the vendor has counted it by then, however long it was under way.
 */
export interface PaceState {
	requests: RollingMinute;
	writes: RollingMinute;
	requestsInFlight: number;
	writesInFlight: number;
	lastStart: number;
	/** Nothing goes out before this: the vendor said so (ms since 1970). */
	notBefore: number;
	/** 1 is the full pace; a throttle takes a quarter of it, every reply gives a little back. */
	pace: number;
}

export type RequestKind = 'read' | 'write';

const SLOWEST = 1 / 16;
const SLOWER = 3 / 4;
const RECOVERY = 1 / 40;
/** Requests arrive less evenly than they leave: added to the spacing, in ms. */
const SLACK = 50;
/** Spacing that a slowed pace starts from where none is set, in ms. */
const LEAST_SPACING = 25;

/** The pace of an account of which nothing is known. */
export function freshPace(): PaceState {
	return {
		requests: new RollingMinute(),
		writes: new RollingMinute(),
		requestsInFlight: 0,
		writesInFlight: 0,
		lastStart: -Infinity,
		notBefore: -Infinity,
		pace: 1,
	};
}

/** Milliseconds until a request may start: 0 is now, Infinity is not before another one ends. */
export function waitFor(
	kind: RequestKind,
	state: PaceState,
	limits: PaceLimits,
	now: number,
): number {
	if (limits.concurrency > 0 && state.requestsInFlight >= limits.concurrency) return Infinity;
	const { requests, writes, requestsInFlight, writesInFlight, pace } = state;
	return Math.max(
		0,
		state.notBefore - now,
		state.lastStart + spacing(pace, limits.minSpacing) - now,
		minuteWait(requests, requestsInFlight, limits.requestsPerMinute * pace, now),
		kind === 'write' ? minuteWait(writes, writesInFlight, limits.writesPerMinute * pace, now) : 0,
	);
}

/** Until the rolling minute has room for one more; those in flight leave it last. */
function minuteWait(ends: RollingMinute, inFlight: number, perMinute: number, now: number): number {
	if (perMinute <= 0) return 0;
	const tooMany = ends.count(now) + inFlight + 1 - Math.max(1, Math.floor(perMinute));
	return tooMany <= 0 ? 0 : ends.leaves(tooMany, now) - now;
}

/**
 * Milliseconds until a read leaves room in the minute for the writes in line that may go in it: what
 * was read for them grows old while they wait for the next one.
 */
export function waitForWrites(
	state: PaceState,
	limits: PaceLimits,
	now: number,
	writesInLine: number,
): number {
	const { requests, writes, requestsInFlight, writesInFlight, pace } = state;
	const perMinute = limits.requestsPerMinute * pace;
	const writesLeft =
		limits.writesPerMinute > 0
			? Math.floor(limits.writesPerMinute * pace) - writes.count(now) - writesInFlight
			: Infinity;
	// Half of the minute at the most, so that reads go on where everybody waits to write.
	const room = Math.max(0, Math.min(writesInLine, writesLeft, Math.floor(perMinute / 2)));
	return Math.max(0, minuteWait(requests, requestsInFlight + room, perMinute, now));
}

function spacing(pace: number, minSpacing: number): number {
	if (pace < 1) return Math.max(LEAST_SPACING, minSpacing) / pace;
	return minSpacing > 0 ? minSpacing + SLACK : 0;
}

/** Notes that a request of this kind has left at `now` (ms since 1970). */
export function started(kind: RequestKind, state: PaceState, now: number): void {
	state.requestsInFlight += 1;
	if (kind === 'write') state.writesInFlight += 1;
	state.lastStart = now;
}

/** @param sent false for a turn given back: the vendor has counted nothing. */
export function ended(kind: RequestKind, state: PaceState, now: number, sent: boolean): void {
	state.requestsInFlight -= 1;
	if (kind === 'write') state.writesInFlight -= 1;
	if (!sent) return;
	state.requests.add(now);
	if (kind === 'write') state.writes.add(now);
	state.pace = Math.min(1, state.pace + RECOVERY);
}

/**
 * The vendor throttled a request that had left at `startedAt`. One that was already under way when
 * an earlier throttle came tells nothing new, so it does not slow the pace again.
 */
export function throttled(state: PaceState, startedAt: number, until: number): void {
	if (state.notBefore <= startedAt) state.pace = Math.max(SLOWEST, state.pace * SLOWER);
	state.notBefore = Math.max(state.notBefore, until);
}
