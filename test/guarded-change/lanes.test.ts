import { Lanes, type Lane } from '../../guarded-change/lanes';

/** Work that ends when it is told to, and writes down its begin and its end. */
function works() {
	const log: string[] = [];
	const ends = new Map<string, () => void>();
	const work = (name: string) => async () => {
		log.push(`${name} begins`);
		await new Promise<void>((resolve) => ends.set(name, resolve));
		log.push(`${name} ends`);
		return name;
	};
	return { log, work, end: (name: string) => ends.get(name)?.() };
}
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

/** Does something in a lane when its turn has come. */
async function inOrder<T>(lanes: Lanes, key: string, work: (lane: Lane) => Promise<T>): Promise<T> {
	const place = lanes.enter(key);
	try {
		await place.turn;
		return await work(place.lane);
	} finally {
		place.leave();
	}
}
const nothing = async () => await Promise.resolve();

describe('Lanes', () => {
	it('run one thing after the other, in the order of asking', async () => {
		const { log, work, end } = works();
		const lanes = new Lanes(() => 0);
		const both = Promise.all([inOrder(lanes, 'x', work('a')), inOrder(lanes, 'x', work('b'))]);
		await settle();
		expect(log).toEqual(['a begins']);
		end('a');
		await settle();
		expect(log).toEqual(['a begins', 'a ends', 'b begins']);
		end('b');
		expect(await both).toEqual(['a', 'b']);
	});

	it('let other things go on meanwhile', async () => {
		const { log, work } = works();
		const lanes = new Lanes(() => 0);
		void inOrder(lanes, 'x', work('a'));
		void inOrder(lanes, 'y', work('b'));
		await settle();
		expect(log).toEqual(['a begins', 'b begins']);
	});

	it('go on after work that throws, and tell it to whom it belongs', async () => {
		const lanes = new Lanes(() => 0);
		const bad = inOrder(lanes, 'x', async () => await Promise.reject(new Error('no')));
		const good = inOrder(lanes, 'x', async () => await Promise.resolve('fine'));
		await expect(bad).rejects.toThrow('no');
		await expect(good).resolves.toBe('fine');
	});

	it('remember the last write for as long as an older read may still be used', async () => {
		let now = 1_000_000;
		const lanes = new Lanes(() => now);
		const lastWrite = async (set?: number) =>
			await inOrder(lanes, 'x', async (lane) => {
				const last = lane.lastWriteAt;
				if (set !== undefined) lane.lastWriteAt = set;
				return await Promise.resolve(last);
			});
		await lastWrite(now);
		now += 29_999;
		await inOrder(lanes, 'y', nothing);
		expect(await lastWrite()).toBe(1_000_000);
		now += 2;
		await inOrder(lanes, 'y', nothing);
		expect(await lastWrite()).toBe(0);
	});
});
