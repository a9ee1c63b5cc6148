import type { RouteKind } from '../../sandbox/vendor/route';
import { PERIOD_OPERATIONS, type Operation } from './faultCase';
import type { Fault, Hand, Site } from './fault';
import {
	ON_READS,
	ON_SHARED_READS,
	ON_SHARED_READS_AFTER,
	read,
	status,
	write,
	type Rest,
} from './strikes';

const OF_DAYS: readonly Operation[] = ['createPeriod', 'updatePeriod'];
const OF_A_PERIOD: readonly Operation[] = ['updatePeriod', 'deletePeriod'];

/** Reads before a single change: what they are called, their route, who makes them and where. */
const READS: ReadonlyArray<readonly [string, RouteKind, Rest]> = [
	['contract', 'adminContract', { only: OF_DAYS }],
	['location', 'business', { only: OF_DAYS }],
	['list of periods', 'periodList', { only: OF_DAYS }],
	['period', 'period', { only: OF_A_PERIOD }],
	[
		'batch of periods',
		'periodBatch',
		{ only: OF_DAYS, needs: { adminRows: 'keyFields', periodBatch: 'known' } },
	],
];

/** Reads that many changes share. */
const SHARED: ReadonlyArray<readonly [string, RouteKind, Rest]> = [
	['batch of contracts', 'adminContractBatch', { only: OF_DAYS }],
	['locations', 'business', { only: OF_DAYS }],
	['list of all periods', 'periodList', { only: OF_DAYS }],
	['batch of all periods', 'periodBatch', { only: OF_A_PERIOD, needs: { periodBatch: 'known' } }],
];

/** Of these the same one is read again after the write. */
const READ_AGAIN: readonly RouteKind[] = ['periodList', 'periodBatch'];
/** For a delete the period is read once before the write: a second read of it comes after. */
const IS_LAST: Rest = { only: ['deletePeriod'], needs: { periodBatch: 'known' } };

type Act = (hand: Hand) => void;

/** Somebody else acts before the first read, between read and write, and there with the reply lost. */
function hands(name: string, act: Act, only: readonly Operation[], rest: Rest = {}): Fault[] {
	const common = { group: 'other hand', only, hand: true } as const;
	const acts = (site: Site) => site.otherHand((hand) => act(hand));
	return [
		{ name: `another hand ${name} first`, ...common, arrange: acts },
		{
			name: `another hand ${name} meanwhile`,
			...common,
			...rest,
			arrange: (site) => site.beforeWrite(() => acts(site)),
			bulk: true,
		},
		{
			name: `another hand ${name} meanwhile, and the reply is lost`,
			...common,
			...rest,
			arrange: (site) => {
				site.order({ kind: 'resetBeforeCommit', route: site.write });
				site.beforeWrite(() => acts(site));
			},
		},
	];
}

/** Rows that only changes of pause periods meet. */
export const periodFaults: readonly Fault[] = [
	...READS.flatMap(([what, route, rest]) =>
		ON_READS.map(([name, strike, more]) =>
			read(`read of ${what}: ${name}`, route, strike, { ...rest, ...more }),
		),
	),
	...SHARED.flatMap(([what, route, rest]) =>
		ON_SHARED_READS.map(([name, strike]) =>
			read(`${what}: ${name}`, route, strike, { ...rest, bulk: 'only' }),
		),
	),
	...SHARED.filter(([, route]) => READ_AGAIN.includes(route)).flatMap(([what, route, rest]) =>
		ON_SHARED_READS_AFTER.map(([name, strike]) =>
			read(`${what}: ${name}`, route, strike, {
				...rest,
				...(route === 'periodBatch' ? IS_LAST : { only: ['createPeriod'] }),
				bulk: 'only',
			}),
		),
	),
	write('400 that names a property', status(400, { body: '{"Message":"PauseFrom: no"}' }), {
		only: PERIOD_OPERATIONS,
	}),
	...hands('deletes it', (hand) => hand.edit(([, ...others]) => others), ['updatePeriod']),
	...hands(
		'pauses the time after it',
		(hand) =>
			hand.edit(([mine, ...others], { period }) => [
				mine,
				{ ...mine, id: undefined, from: mine.until, until: period!.until },
				...others,
			]),
		['updatePeriod'],
	),
	...hands(
		'changes the notes',
		(hand) => hand.edit(([mine, ...others]) => [{ ...mine, notes: 'Somebody else' }, ...others]),
		OF_A_PERIOD,
		{ overwrites: true },
	),
];
