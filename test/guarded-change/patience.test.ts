import type { Reply, Verdict } from '../../guarded-change/change';
import { Patience } from '../../guarded-change/patience';
import { RetryBudget } from '../../guarded-change/retryBudget';
import { DEFAULT_SETTINGS } from '../../guarded-change/settings';
import { Stopwatch } from '../../guarded-change/stopwatch';

const reply: Reply = { answered: false, code: 'ECONNRESET' };
const ambiguous: Verdict = { class: 'ambiguous', finished: false };

function patience(settings: Partial<typeof DEFAULT_SETTINGS> = {}) {
	const clock = { at: 0, slept: [] as number[] };
	const all = { ...DEFAULT_SETTINGS, ...settings };
	const watch = new Stopwatch(() => clock.at);
	watch.start();
	const budget = new RetryBudget();
	const time = {
		now: () => clock.at,
		random: () => 0.5,
		sleep: async (ms: number) => {
			clock.slept.push(ms);
			clock.at += ms;
			return await Promise.resolve();
		},
	};
	const waits: number[] = [];
	const turn = {
		waited: 0,
		startedAt: 0,
		done: () => undefined,
		giveBack: () => undefined,
		throttled: (ms: number) => void waits.push(ms),
	};
	return { made: new Patience(time, budget, all, watch), clock, waits, turn, budget, watch };
}

describe('Trying again', () => {
	it('waits longer each time and ends with the attempts', async () => {
		const { made, clock } = patience({ maxAttempts: 3 });
		expect(await made.again(reply, ambiguous)).toBeUndefined();
		expect(await made.again(reply, ambiguous)).toBeUndefined();
		expect(await made.again(reply, ambiguous)).toEqual({ code: 'attemptsUsed', reply });
		expect(clock.slept).toEqual([500, 1_000]);
	});

	it('ends where the next wait would pass the deadline', async () => {
		const { made, clock } = patience({ deadline: 10_000 });
		clock.at = 9_600;
		expect(await made.again(reply, ambiguous)).toEqual({ code: 'deadline', reply });
	});

	it('ends with the budget that all share', async () => {
		const { made, budget } = patience();
		while (budget.take(false));
		expect(await made.again(reply, ambiguous)).toEqual({ code: 'budgetUsed', reply });
	});
});

describe('A throttle', () => {
	it.each([
		[undefined, 750],
		[0, 250],
		[7_000, 7_000],
	])('of %s ms is waited for %i ms and uses no attempt', async (retryAfter, wait) => {
		const { made, waits, turn } = patience({ maxAttempts: 2 });
		expect(made.throttled({ class: 'throttled', retryAfter }, turn)).toBeUndefined();
		expect(waits).toEqual([wait]);
		expect(made.lastWait).toBe(wait);
		expect(await made.again(reply, ambiguous)).toBeUndefined();
	});

	it('is told to all, even where this one waits no longer', () => {
		const { made, waits, turn } = patience({ maxThrottleWait: 10_000 });
		const verdict: Verdict = { class: 'throttled', retryAfter: 6_000 };
		expect(made.throttled(verdict, turn)).toBeUndefined();
		expect(made.throttled(verdict, turn)).toEqual({ code: 'throttledTooLong', until: 6_000 });
		expect(waits).toEqual([6_000, 6_000]);
	});

	it('without a time comes to its bound in the end', () => {
		const { made, turn } = patience({ maxThrottleWait: 300_000 });
		let throttles = 0;
		while (made.throttled({ class: 'throttled' }, turn) === undefined) throttles += 1;
		expect(throttles).toBeLessThan(30);
	});
});

describe('The stopwatch', () => {
	it('counts from the first request, without the waits of pace and throttle', () => {
		let now = 0;
		const watch = new Stopwatch(() => now);
		now = 50_000;
		expect(watch.passes(10)).toBe(false);
		watch.start();
		now = 60_000;
		watch.start();
		watch.exclude(4_000);
		expect(watch.passes(6_000)).toBe(false);
		expect(watch.passes(6_000, 1)).toBe(true);
		expect(watch.passes(5_999)).toBe(true);
		expect(watch.passes(0, 1e9)).toBe(false);
	});
});
