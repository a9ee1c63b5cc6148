import type { Clock } from '../../guarded-change/world';
import { callLimit } from '../../n8n/callLimit';

/** A clock that only moves when somebody sleeps. */
function virtualClock(): Clock & { slept: number } {
	let now = 0;
	const clock = {
		slept: 0,
		now: () => now,
		random: () => 0,
		sleep: async (ms: number) => {
			await Promise.resolve();
			now += ms;
			clock.slept += 1;
		},
	};
	return clock;
}

const never = new Promise<string>(() => undefined);

describe('callLimit', () => {
	it('passes on what comes in time', async () => {
		const within = callLimit(virtualClock());
		expect(await within(Promise.resolve('here'), 100, 'late')).toBe('here');
	});

	it('passes on a failure that comes in time', async () => {
		const within = callLimit(virtualClock());
		await expect(within(Promise.reject(new Error('no')), 100, 'late')).rejects.toThrow('no');
	});

	it.each([50, 100, 1000])('gives a call up after %d ms, and not before', async (limit) => {
		const clock = virtualClock();
		expect(await callLimit(clock)(never, limit, 'late')).toBe('late');
		expect(clock.now()).toBeGreaterThanOrEqual(limit);
		expect(clock.now()).toBeLessThan(limit + 100);
	});

	it('has no limit at 0', async () => {
		const clock = virtualClock();
		const call = callLimit(clock)(Promise.resolve('here'), 0, 'late');
		expect(await call).toBe('here');
		expect(clock.slept).toBe(0);
	});

	it('gives each of many calls its own limit, with one timer for all', async () => {
		const clock = virtualClock();
		const within = callLimit(clock);
		const ends: number[] = [];
		await Promise.all(
			[300, 100, 200].map(async (limit) => {
				await within(never, limit, 'late');
				ends.push(limit);
			}),
		);
		expect(ends).toEqual([100, 200, 300]);
		expect(clock.slept).toBeLessThanOrEqual(8);
	});

	it('leaves no timer running when nothing is open, and starts again for the next call', async () => {
		const clock = virtualClock();
		const within = callLimit(clock);
		await within(Promise.resolve('here'), 100, 'late');
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
		const { slept } = clock;
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
		expect(clock.slept).toBe(slept);
		expect(await within(never, 100, 'late')).toBe('late');
	});
});
