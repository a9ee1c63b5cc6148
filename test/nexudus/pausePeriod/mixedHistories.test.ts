import type { HttpRequest } from '../../../guarded-change/change';
import { readingChoices, type Readings } from '../../../sandbox/vendor/readings';
import { noLimits } from '../../../sandbox/vendor/throttle';
import { Random } from '../../guarded-change/simulation/random';
import { OperatorProcess, tally, VirtualVendor, type Asked, type Trouble } from './virtualOperator';

const HISTORIES = 120;
const MINUTE = 60_000;

const TROUBLES: Trouble[] = [
	'neverSent',
	'lostOnTheWay',
	'answerLost',
	'500 before',
	'500 after',
	'502 before',
	'502 after',
];

const OPEN = ['adminRows', 'adminFilters', 'periodBatch'] as const satisfies ReadonlyArray<
	keyof Readings
>;

const month = (number: number) => new Date(Date.UTC(2027, number, 1)).toISOString().slice(0, 10);

/** Pauses of one contract that overlap: the vendor takes them, so each is a mistake of ours. */
function overlaps(vendor: VirtualVendor): string[] {
	return vendor.ids.flatMap((id) => {
		const days = vendor.world.contracts.get(id)!.pauses;
		return days.flatMap((a, i) =>
			days
				.slice(i + 1)
				.filter((b) => a.from < b.until && b.from < a.until)
				.map((b) => `${id}: ${a.from} ${a.until}, ${b.from} ${b.until}`),
		);
	});
}

/** Runs of one process with new, changed and deleted pauses of few contracts, all at the same time. */
async function history(seed: number) {
	const random = new Random(seed);
	const below = (limit: number) => Math.floor(random.next() * limit);
	const one = <T>(choices: readonly T[]): T => choices[below(choices.length)];
	const readings = Object.fromEntries(
		OPEN.map((name) => [name, one<unknown>(readingChoices[name])]),
	);
	const often = random.next() * 0.6;
	const found = new Set<string>();
	const vendor = new VirtualVendor({
		contracts: 1 + below(3),
		limits: noLimits,
		readings: { ...readings, overlappingPeriods: 'accepted' },
	});
	const look = () => overlaps(vendor).forEach((overlap) => found.add(overlap));
	vendor.trouble = ({ method }: HttpRequest): Trouble | undefined => {
		look();
		if (random.next() > (method === 'GET' ? often / 4 : often)) return undefined;
		return below(3) === 0 ? { actsAfter: MINUTE + below(3 * MINUTE) } : one(TROUBLES);
	};
	const days = () => {
		const from = 7 + below(8);
		return { from: month(from), until: month(from + 1 + below(3)) };
	};
	const ask = (): Asked => {
		const periods = vendor.ids.flatMap((id) => vendor.world.contracts.get(id)!.pauses);
		const dates = { ...days(), onOffCycleDate: 'refuse' as const, dryRun: false };
		const { id: pausePeriodId } = periods.length > 0 ? one(periods) : { id: undefined };
		const what = pausePeriodId === undefined ? 'create' : one(['create', 'update', 'delete']);
		if (what === 'create' || pausePeriodId === undefined) {
			const contractId = one(vendor.ids);
			return { operation: 'create', contractId, ifAlreadyPaused: 'unchanged', ...dates };
		}
		return what === 'update'
			? { operation: 'update', pausePeriodId, ...dates }
			: { operation: 'delete', pausePeriodId, ifAlreadyDeleted: 'unchanged', dryRun: false };
	};

	const process = new OperatorProcess(vendor, new Random(seed + 1));
	const seen: Record<string, number> = {};
	for (let runs = 2 + below(5); runs > 0; runs--) {
		const ended = await process.run(Array.from({ length: 1 + below(8) }, ask));
		for (const [what, count] of Object.entries(tally(ended)))
			seen[what] = (seen[what] ?? 0) + count;
		for (const { reason } of ended.map(({ outcome }) => outcome)) {
			if (reason?.code !== 'rules') continue;
			for (const { code } of reason.refusals) seen[code] = (seen[code] ?? 0) + 1;
		}
		look();
		await vendor.pass(below(3 * MINUTE));
		look();
	}
	await vendor.pass(10 * MINUTE);
	look();
	return { found: [...found], seen };
}

it('no history of one process makes two pauses of a contract overlap', async () => {
	const seen: Record<string, number> = {};
	for (let seed = 1; seed <= HISTORIES; seed++) {
		const { found, seen: own } = await history(seed);
		expect([seed, found]).toEqual([seed, []]);
		for (const [what, count] of Object.entries(own)) seen[what] = (seen[what] ?? 0) + count;
	}
	// The histories have come to where it matters.
	for (const what of ['changed', 'unknown', 'pausedDifferently', 'otherChangeOpen']) {
		expect([what, seen[what]]).toEqual([what, expect.any(Number)]);
	}
}, 180_000);
