import { Doubts } from '../../guarded-change/doubts';

/** A run that stops after so many more failures, with two of its items. */
function run(failuresLeft: number) {
	let cleared = 0;
	const doubts = new Doubts(
		() => failuresLeft,
		() => {
			cleared += 1;
		},
	);
	return { one: doubts.ofItem(), other: doubts.ofItem(), cleared: () => cleared };
}

describe('A write whose reply may turn out to be a failure', () => {
	it('holds the writes of the others where the run stops after the next failure', () => {
		const { one, other } = run(1);
		one.raise();
		expect(other.held()).toBe(true);
	});

	it('does not hold its own next try', () => {
		const { one } = run(1);
		one.raise();
		expect(one.held()).toBe(false);
	});

	it.each([2, Infinity])('holds nobody where %f more may fail', (left) => {
		const { one, other } = run(left);
		one.raise();
		expect(other.held()).toBe(false);
	});

	it('counts once, however often it is raised, and lets the others go when it is cleared', () => {
		const { one, other, cleared } = run(1);
		one.raise();
		one.raise();
		one.clear();
		one.clear();
		expect(other.held()).toBe(false);
		expect(cleared()).toBe(1);
	});
});
