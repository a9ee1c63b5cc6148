import type { Waves } from '../../guarded-change/waves';
import { WaveStages } from '../../guarded-change/waveStages';

const settle = async () => await new Promise((resolve) => setImmediate(resolve));

/** Two reads, one after the other, of so many items; no timer ever ends. */
function twoStages(items: number, size = 8) {
	const asked: string[] = [];
	const stages = new WaveStages({
		size,
		clock: { sleep: async () => await new Promise(() => {}) },
	});
	const add = (name: string) =>
		stages.add<string>({
			readMany: async (ids) => {
				asked.push(`${name}: ${ids.join(' ')}`);
				return await Promise.resolve({ known: true, value: new Map(), askedAt: 0, waited: 0 });
			},
		});
	const [first, second] = [add('first'), add('second')];
	for (let i = 0; i < items; i++) stages.begins();
	const read = async (id: string, ...of: Array<Waves<string>>) => {
		for (const waves of of) await waves.read(id, 0);
	};
	return { stages, asked, first, second, read };
}

describe('Waves one after the other', () => {
	it('bring those together who were apart', async () => {
		const { asked, first, second, read } = twoStages(3);
		void read('c', second);
		void read('a', first, second);
		await settle();
		expect(asked).toEqual([]);
		void read('b', first, second);
		await settle();
		expect(asked).toEqual(['first: a b', 'second: c a b']);
	});

	it('go when the one who is waited for comes to a later one', async () => {
		const { asked, first, second, read } = twoStages(2);
		void read('a', first, second);
		await settle();
		void read('b', second);
		await settle();
		expect(asked).toEqual(['first: a', 'second: b a']);
	});

	it('go when the one who is waited for is no more at work', async () => {
		const { asked, first, second, read, stages } = twoStages(3);
		void read('a', first, second);
		void read('b', second);
		await settle();
		expect(asked).toEqual([]);
		stages.ends();
		await settle();
		expect(asked).toEqual(['first: a', 'second: b a']);
	});

	it('go when they are full, whoever may come', async () => {
		const { asked, second, read } = twoStages(9, 2);
		void read('a', second);
		void read('b', second);
		await settle();
		expect(asked).toEqual(['second: a b']);
	});
});
