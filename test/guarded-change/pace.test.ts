import {
	ended,
	freshPace,
	started,
	throttled,
	waitFor,
	waitForWrites,
	type PaceState,
} from '../../guarded-change/pace';
import type { PaceLimits } from '../../guarded-change/settings';

const free: PaceLimits = {
	concurrency: 0,
	requestsPerMinute: 0,
	writesPerMinute: 0,
	minSpacing: 0,
};
const T = 1_000_000;

/** So many requests of a kind that started and ended at T. */
function after(count: number, kind: 'read' | 'write', state: PaceState = freshPace()): PaceState {
	for (let i = 0; i < count; i++) {
		started(kind, state, T);
		ended(kind, state, T, true);
	}
	return state;
}

describe('When the next request may go', () => {
	it('is now, at first', () => {
		expect(waitFor('write', freshPace(), { ...free, writesPerMinute: 1 }, T)).toBe(0);
	});

	test.each<[string, PaceState, Partial<PaceLimits>, 'read' | 'write', number, number]>([
		['limits of 0 are off', after(500, 'write'), {}, 'write', T, 0],
		[
			'the rolling minute is full',
			after(3, 'read'),
			{ requestsPerMinute: 3 },
			'read',
			T + 10_000,
			50_000,
		],
		['the minute has passed', after(3, 'read'), { requestsPerMinute: 3 }, 'read', T + 60_000, 0],
		[
			'a full minute of writes stops writes',
			after(2, 'write'),
			{ writesPerMinute: 2 },
			'write',
			T,
			60_000,
		],
		['and lets reads pass', after(2, 'write'), { writesPerMinute: 2 }, 'read', T, 0],
		[
			'reads do not fill the minute of writes',
			after(9, 'read'),
			{ writesPerMinute: 2 },
			'write',
			T,
			0,
		],
	])('%s', (_, state, limits, kind, now, wait) => {
		expect(waitFor(kind, state, { ...free, ...limits }, now)).toBe(wait);
	});

	it('keeps requests apart from start to start, with a little to spare', () => {
		const state = after(1, 'read');
		const wait = waitFor('read', state, { ...free, minSpacing: 100 }, T);
		expect(wait).toBeGreaterThan(100);
		expect(wait).toBeLessThanOrEqual(150);
	});

	it('waits for one in flight to end where all places are taken', () => {
		const state = freshPace();
		started('read', state, T);
		expect(waitFor('read', state, { ...free, concurrency: 1 }, T)).toBe(Infinity);
		ended('read', state, T + 5, true);
		expect(waitFor('read', state, { ...free, concurrency: 1 }, T + 5)).toBe(0);
	});

	it('counts a request from its end: one still under way has all its minute ahead', () => {
		const state = freshPace();
		started('write', state, T);
		expect(waitFor('write', state, { ...free, writesPerMinute: 1 }, T + 59_000)).toBe(Infinity);
		ended('write', state, T + 59_000, true);
		expect(waitFor('write', state, { ...free, writesPerMinute: 1 }, T + 60_000)).toBe(59_000);
	});

	it('counts nothing for a turn given back', () => {
		const state = freshPace();
		started('write', state, T);
		ended('write', state, T, false);
		expect(waitFor('write', state, { ...free, writesPerMinute: 1 }, T)).toBe(0);
	});
});

describe('A throttle', () => {
	it('stops everything until its time, and slows the pace afterwards', () => {
		const state = after(1, 'read');
		throttled(state, T, T + 7_000);
		expect(waitFor('read', state, free, T)).toBe(7_000);
		expect(state.pace).toBe(0.75);
	});

	it('of requests that were already under way counts once', () => {
		const state = freshPace();
		throttled(state, T, T + 7_000);
		throttled(state, T, T + 9_000);
		expect(state.pace).toBe(0.75);
		expect(state.notBefore).toBe(T + 9_000);
	});

	it('is forgotten little by little with every reply', () => {
		const state = freshPace();
		throttled(state, T, T);
		for (let i = 0; i < 10; i++) after(1, 'read', state);
		expect(state.pace).toBeCloseTo(1);
	});

	it('never stops for good', () => {
		const state = freshPace();
		for (let i = 0; i < 50; i++) throttled(state, T + i * 10, T + i * 10 + 5);
		expect(state.pace).toBeGreaterThan(0);
	});
});

describe('How long a read leaves room for the writes in line', () => {
	test.each<[string, number, Partial<PaceLimits>, number, number]>([
		['not at all without a limit', 500, {}, 9, 0],
		['not while there is room for all', 5, { requestsPerMinute: 10 }, 4, 0],
		['until the next minute where there is not', 5, { requestsPerMinute: 10 }, 5, 60_000],
		['half of the minute at the most', 4, { requestsPerMinute: 10 }, 500, 0],
		[
			'only for writes that may go themselves',
			5,
			{ requestsPerMinute: 10, writesPerMinute: 2 },
			9,
			0,
		],
	])('%s', (_, reads, limits, writesInLine, expected) => {
		const state = after(reads, 'read');
		expect(waitForWrites(state, { ...free, ...limits }, T, writesInLine)).toBe(expected);
	});
});
