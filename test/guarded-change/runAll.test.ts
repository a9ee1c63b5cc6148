import { runAll } from '../../guarded-change/runAll';

const settle = async () => await new Promise((resolve) => setImmediate(resolve));

describe('Many items', () => {
	it.each([
		[0, 4, 0],
		[3, 4, 3],
		[10, 4, 4],
		[10, 0, 1],
	])('%i items at width %i: %i at the same time, results in order', async (count, width, most) => {
		let atWork = 0;
		let seen = 0;
		const items = Array.from({ length: count }, (_, i) => i);
		const results = await runAll<number, string>({
			items,
			width,
			work: async (item) => {
				atWork += 1;
				seen = Math.max(seen, atWork);
				await settle();
				if (item % 2 === 0) await settle();
				atWork -= 1;
				return `did ${item}`;
			},
			stopped: () => false,
			skipped: () => 'skipped',
		});
		expect(seen).toBe(most);
		expect(results).toEqual(items.map((item) => `did ${item}`));
	});

	it('begin no new one once it is stopped; those at work come to their end', async () => {
		let stopped = false;
		const results = await runAll<number, string>({
			items: [0, 1, 2, 3],
			width: 2,
			work: async (item) => {
				await settle();
				stopped = true;
				return `did ${item}`;
			},
			stopped: () => stopped,
			skipped: (item) => `skipped ${item}`,
		});
		expect(results).toEqual(['did 0', 'did 1', 'skipped 2', 'skipped 3']);
	});
});
