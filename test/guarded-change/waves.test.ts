import type { Read } from '../../guarded-change/change';
import { Waves } from '../../guarded-change/waves';

const settle = async () => await new Promise((resolve) => setImmediate(resolve));

/** Waves over a list that is answered when the test says so. */
function waves(atWork: () => number, size = 8, onlyAsked = false) {
	const asked: string[] = [];
	const answers: Array<(read: Read<Map<string, string>>) => void> = [];
	const timers: Array<() => void> = [];
	const made = new Waves<string>({
		onlyAsked,
		readMany: async (ids) => {
			asked.push(ids.join(' '));
			return await new Promise((resolve) => answers.push(resolve));
		},
		atWork,
		size,
		clock: { sleep: async () => await new Promise((resolve) => timers.push(resolve)) },
	});
	const answer = async (askedAt: number, states: Record<string, string>) => {
		const read = { known: true as const, value: new Map(Object.entries(states)), askedAt };
		answers.shift()?.({ ...read, waited: 0 });
		await settle();
	};
	const tick = async () => {
		timers.shift()?.();
		await settle();
	};
	const fail = async () => {
		answers.shift()?.({ known: false, reason: { code: 'stopped' }, waited: 3 });
		await settle();
	};
	return { made, asked, answers, answer, fail, tick };
}

describe('Waves', () => {
	it('read once for all that wait, and say what is missing', async () => {
		const { made, answers, answer } = waves(() => 3);
		const reads = Promise.all(['a', 'b', 'c'].map(async (id) => await made.read(id, 10)));
		expect(answers).toHaveLength(1);
		await answer(10, { a: 'A', b: 'B' });
		expect((await reads).map((read) => read.known && read.value)).toEqual(['A', 'B', undefined]);
	});

	it('serve a later reader from the last one only where that is new enough', async () => {
		const { made, answers, answer } = waves(() => 1);
		const first = made.read('a', 10);
		await answer(10, { a: 'old' });
		await first;
		expect(await made.read('a', 10)).toMatchObject({ value: 'old', askedAt: 10, waited: 0 });
		expect(answers).toHaveLength(0);
		const fresh = made.read('a', 11);
		expect(answers).toHaveLength(1);
		await answer(11, { a: 'new' });
		expect(await fresh).toMatchObject({ value: 'new', askedAt: 11 });
	});

	it('read again for one who came while a wave was under way and needs a newer one', async () => {
		const { made, answers, answer } = waves(() => 1);
		const first = made.read('a', 10);
		const second = made.read('a', 20);
		await answer(10, { a: 'old' });
		expect(await first).toMatchObject({ value: 'old' });
		expect(answers).toHaveLength(1);
		await answer(20, { a: 'new' });
		expect(await second).toMatchObject({ value: 'new', askedAt: 20 });
	});

	it('wait a moment for company, not for ever', async () => {
		const { made, answers, tick } = waves(() => 5);
		void made.read('a', 10);
		expect(answers).toHaveLength(0);
		await tick();
		expect(answers).toHaveLength(1);
	});

	it('leave at once when the last one at work has come to its end', () => {
		let atWork = 2;
		const { made, answers } = waves(() => atWork);
		void made.read('a', 10);
		expect(answers).toHaveLength(0);
		atWork = 1;
		made.nudge();
		expect(answers).toHaveLength(1);
	});

	it('leave at once when they are enough', () => {
		const { made, answers } = waves(() => 100, 2);
		void made.read('a', 10);
		void made.read('b', 10);
		expect(answers).toHaveLength(1);
	});

	it('tell a failure to all aboard, and keep nothing of it', async () => {
		const { made, answers, fail } = waves(() => 2);
		const reads = Promise.all([made.read('a', 10), made.read('b', 10)]);
		await fail();
		expect((await reads).map(({ known }) => known)).toEqual([false, false]);
		void made.read('a', 10);
		void made.read('b', 10);
		expect(answers).toHaveLength(1);
	});

	it('that bring only what they were asked for say nothing of one that came later', async () => {
		const { made, asked, answer } = waves(() => 1, 1, true);
		const first = made.read('a', 10);
		const late = made.read('b', 10);
		await answer(20, { a: 'A' });
		expect(await first).toMatchObject({ value: 'A' });
		expect(asked).toEqual(['a', 'b']);
		await answer(30, { b: 'B' });
		expect(await late).toMatchObject({ value: 'B', askedAt: 30 });
		const missing = made.read('c', 10);
		await answer(40, {});
		expect(await missing).toMatchObject({ known: true, value: undefined });
	});
});
