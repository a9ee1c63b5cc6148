import type { Change, Read } from '../../guarded-change/change';
import { Course } from '../../guarded-change/course';
import { DEFAULT_SETTINGS } from '../../guarded-change/settings';
import { sharedRead } from '../../guarded-change/sharedRead';
import { Stopwatch } from '../../guarded-change/stopwatch';
import { Memory } from '../../guarded-change/world';

const answer = (waited: number): Read<string> => ({
	known: true,
	value: 'state',
	askedAt: 0,
	waited,
});

/** A clock that passes when the test says so. */
function timeline() {
	const clock = { at: 0, now: () => clock.at };
	return clock;
}

/** A read that comes when the test says so. */
function reading() {
	let come: (read: Read<string>) => void = () => undefined;
	const read = new Promise<Read<string>>((resolve) => (come = resolve));
	return { read, come: (answered: Read<string>) => come(answered) };
}

describe('A read that serves many', () => {
	it('has waited as long as it says for the one who began it', async () => {
		const clock = timeline();
		const { read, come } = reading();
		const mine = sharedRead(clock, read);
		clock.at = 9_000;
		come(answer(8_000));
		expect(await mine).toEqual(answer(8_000));
	});

	it('has waited no longer than since they came for the others', async () => {
		const clock = timeline();
		const { read, come } = reading();
		clock.at = 6_000;
		const late = sharedRead(clock, read);
		clock.at = 9_000;
		come(answer(8_000));
		expect(await late).toEqual(answer(3_000));
		expect(await sharedRead(clock, read)).toEqual(answer(0));
	});

	it('keeps the reason of one that failed', async () => {
		const failed: Read<string> = { known: false, reason: { code: 'stopped' }, waited: 5 };
		expect(await sharedRead(timeline(), Promise.resolve(failed))).toEqual({ ...failed, waited: 0 });
	});
});

describe('The deadline of an item', () => {
	it('is not put off by waits that only others had', async () => {
		const time = timeline();
		const clock = { now: time.now, sleep: async () => await Promise.resolve(), random: () => 0 };
		const run = { clock, memory: new Memory(clock), account: 'one' };
		const system = {
			// It works for 30 s, and says each time what the first of all had waited.
			read: async () => {
				await Promise.resolve();
				time.at += 30_000;
				return answer(60_000);
			},
		};
		const tools = { system, run, settings: DEFAULT_SETTINGS };
		const course = new Course({} as Change, {} as never, tools as never);
		await course.read(0, 'plan');
		time.at += 50_000;
		await course.read(0, 'verify');
		expect(course.watch.passes(49_999)).toBe(true);
		expect(course.watch.passes(50_001)).toBe(false);
	});

	it('does not gain by a wait before the first request', () => {
		const clock = timeline();
		const watch = new Stopwatch(clock.now);
		watch.exclude(50_000);
		watch.start();
		clock.at = 1_001;
		expect(watch.passes(1_000)).toBe(true);
	});
});
