import type { HttpRequest } from '../../../guarded-change/change';
import { readingChoices, type Readings } from '../../../sandbox/vendor/readings';
import { noLimits } from '../../../sandbox/vendor/throttle';
import { Random } from '../../guarded-change/simulation/random';
import {
	OperatorProcess,
	pauseFor,
	tally,
	VirtualVendor,
	type Ended,
	type Trouble,
} from './virtualOperator';

const HISTORIES = 150;
const MINUTE = 60_000;
const AUGUST = '2027-08-01 2027-09-01';

const TROUBLES: Trouble[] = [
	'neverSent',
	'lostOnTheWay',
	'answerLost',
	'500 before',
	'500 after',
	'502 before',
	'502 after',
];

/** What the documents leave open, one way or the other. A vendor that takes overlapping pauses shows each mistake. */
const OPEN = [
	'sortDirection',
	'adminRows',
	'adminFilters',
	'adminPageSize',
	'localDates',
	'periodBatch',
] as const satisfies ReadonlyArray<keyof Readings>;

/** Runs, faults and crashes from one seed, and what became of it all. */
async function history(seed: number) {
	const random = new Random(seed);
	const below = (limit: number) => Math.floor(random.next() * limit);
	const one = <T>(choices: readonly T[]): T => choices[below(choices.length)];
	const readings = Object.fromEntries(
		OPEN.map((name) => [name, one<unknown>(readingChoices[name])]),
	);
	const often = random.next() * 0.5;
	const trouble = ({ method }: HttpRequest): Trouble | undefined => {
		if (random.next() > (method === 'GET' ? often / 3 : often)) return undefined;
		// Given up after a minute, it acts before what is remembered of it is forgotten.
		return below(6) === 0 ? { actsAfter: MINUTE + below(3 * MINUTE) } : one(TROUBLES);
	};
	const vendor = new VirtualVendor({
		contracts: 1 + below(12),
		limits: noLimits,
		readings: { ...readings, overlappingPeriods: 'accepted' },
		trouble,
	});
	const ended: Ended[] = [];
	let process = new OperatorProcess(vendor, new Random(seed + 1));
	for (let runs = 1 + below(4); runs > 0; runs--) {
		const crashAt = below(3) === 0 ? vendor.time.now + below(2 * MINUTE) : Infinity;
		ended.push(...(await process.run(pauseFor(vendor.ids), () => vendor.time.now >= crashAt)));
		await vendor.pass(below(6 * MINUTE));
		if (!process.alive) {
			// What it had sent has arrived when the next one begins: nobody is left who remembers it.
			await vendor.pass(5 * MINUTE);
			process = new OperatorProcess(vendor, new Random(seed + 2));
		}
	}
	vendor.trouble = undefined;
	await vendor.pass(10 * MINUTE);
	const last = await process.run(pauseFor(vendor.ids));
	return { vendor, ended, last };
}

it('no history makes two pauses of one, or says what is not so', async () => {
	const seen: Record<string, number> = {};
	for (let seed = 1; seed <= HISTORIES; seed++) {
		const { vendor, ended, last } = await history(seed);
		for (const id of vendor.ids) expect([seed, vendor.pauses(id)]).toEqual([seed, [AUGUST]]);
		for (const { change, outcome } of ended) {
			if (outcome.verification !== 'confirmed') continue;
			expect(outcome.after?.period?.contractId).toBe(Number(change.id));
		}
		// Without faults everything comes to its end.
		const { changed = 0, unchanged = 0 } = tally(last);
		expect([seed, changed + unchanged]).toEqual([seed, vendor.ids.length]);
		const created = vendor.world.committed.length;
		expect([seed, created]).toEqual([seed, vendor.ids.length]);
		for (const [what, count] of Object.entries(tally(ended))) {
			seen[what] = (seen[what] ?? 0) + count;
		}
	}
	// The histories have come to where it matters.
	expect(seen).toMatchObject({
		changed: expect.any(Number),
		unchanged: expect.any(Number),
		unknown: expect.any(Number),
		failed: expect.any(Number),
	});
}, 180_000);
