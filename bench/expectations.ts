import type { LimitedResult } from './documentedLimits';
import type { SizeRow } from './size';
import type { UnlimitedResult } from './unlimited';

/** Bounds that a run must keep; the quick form's are generous, because it runs on busy machines. */
export interface Bounds {
	/** Time of our node, beside the plain HTTP Request node. */
	unlimitedRatio: number;
	/** Time of our node, beside the shortest possible. */
	limitedRatio: number;
	/** Requests that the vendor's limits refuse. */
	refused: number;
	/** ms */
	ownCpuPerItem: number;
}

export const FULL: Bounds = { unlimitedRatio: 1, limitedRatio: 1.1, refused: 0, ownCpuPerItem: 1 };
export const QUICK: Bounds = {
	unlimitedRatio: 6,
	limitedRatio: 12,
	refused: 40,
	ownCpuPerItem: 10,
};

export interface Results {
	unlimited: UnlimitedResult;
	limited: LimitedResult;
	sizes: SizeRow[];
}

/** What was to be shown, and whether it was. Pure. */
export interface Expectation {
	text: string;
	met: boolean;
}

export function expectations(results: Results, bounds: Bounds): Expectation[] {
	const { unlimited, limited, sizes } = results;
	const ours = unlimited.rows.filter(({ node }) => node === 'nexudusPause');
	const telling = ours.find(({ listCarriesEligibility }) => listCarriesEligibility);
	const oursLimited = limited.rows.filter(({ node }) => node === 'nexudusPause');
	const allOfOurs = [
		...ours.flatMap(({ runs }) => runs.map((run) => ({ run, items: unlimited.contracts }))),
		...oursLimited.map((run) => ({ run, items: limited.contracts })),
		...sizes.map(({ pause, items }) => ({ run: pause, items })),
	];
	const largest = sizes.at(-1);
	return [
		{
			text: 'our node changed and verified every contract once, with one sign-in',
			met: allOfOurs.every(
				({ run, items }) =>
					run.changed === items &&
					run.verified === items &&
					run.succeeded === items &&
					run.doubled === 0 &&
					run.signIns === 1,
			),
		},
		{
			text: `no limit: at most ${bounds.unlimitedRatio} times as long as the plain HTTP Request node (list tells eligibility)`,
			met: (telling?.ratio ?? NaN) <= bounds.unlimitedRatio,
		},
		{
			text: `no limit: at most ${requestsAllowed(unlimited.contracts, 1)} requests where the list tells eligibility, ${requestsAllowed(unlimited.contracts, 2)} where not`,
			met: ours.every(({ runs, listCarriesEligibility }) =>
				runs.every(
					({ requests }) =>
						requests <= requestsAllowed(unlimited.contracts, listCarriesEligibility ? 1 : 2),
				),
			),
		},
		{
			text: `documented limits: at most ${bounds.refused} requests refused, at most ${bounds.limitedRatio} times the shortest possible time`,
			met: oursLimited.every(
				({ throttled, ratio }) => throttled <= bounds.refused && ratio <= bounds.limitedRatio,
			),
		},
		{
			text: `own CPU time below ${bounds.ownCpuPerItem} ms an item, from 100 items on`,
			met: sizes
				.filter(({ items }) => items >= 100)
				.every(({ ownCpuPerItem }) => ownCpuPerItem < bounds.ownCpuPerItem),
		},
		{
			text: "most items of the run: heap beyond n8n's own items below twice that of the HTTP Request node",
			met: (largest?.ownHeap ?? NaN) < 2 * (largest?.httpHeap ?? NaN),
		},
	];
}

/** A tenth more than the contracts' own requests: sign-in and shared reads. */
function requestsAllowed(contracts: number, each: number): number {
	return Math.ceil(contracts * (each + 0.1));
}
