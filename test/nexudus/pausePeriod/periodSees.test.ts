import { periodChange, type CreateChange } from '../../../nodes/Nexudus/pausePeriod/periodChange';
import { periodPlanFacts } from '../../../nodes/Nexudus/pausePeriod/periodRules';
import { periodSees } from '../../../nodes/Nexudus/pausePeriod/periodSight';
import {
	pausedContract,
	pausePeriod,
	type PeriodState,
} from '../../../nodes/Nexudus/pausePeriod/periodState';

const ZONE = 'Europe/Madrid';
const NOW = Date.UTC(2027, 5, 10);
const contract = pausedContract(
	{ Id: 700100, TariffInvoiceEvery: 1, RenewalDate: '2027-06-30T22:00:00Z', Active: true },
	ZONE,
);

/** A period from the first of one month of 2027 to the first of another, such as 8 and 9. */
const period = (id: number, from: number, until: number, zone: string | null = ZONE) => {
	const first = (month: number) => new Date(Date.UTC(2027, month - 1, 0, 22)).toISOString();
	const days = { PauseFrom: first(from), PauseUntil: first(until) };
	return pausePeriod({ Id: id, CoworkerContractId: 700100, ...days, Notes: null }, zone);
};

const given = { portal: 'https://spaces.example.test', account: 'olga@example.test' } as const;
const rest = { reason: null, requestedBy: null, timeZone: null, dryRun: false } as const;

describe('a new pause for August and September is', () => {
	const change = periodChange({
		...given,
		...rest,
		...{ operation: 'create', contractId: 700100, from: '2027-08-01', until: '2027-10-01' },
		...{ notes: null, onOffCycleDate: 'refuse', ifAlreadyPaused: 'unchanged' },
	}) as CreateChange;
	const before: PeriodState = { asOf: NOW, contract, period: null, periods: [period(1, 11, 12)] };
	const sees = (...appeared: Array<ReturnType<typeof period>>) =>
		periodSees(change, before, { ...before, periods: [...before.periods, ...appeared] });

	it.each([
		['there with its days', 'there', [period(2, 8, 10)]],
		['there beside one of somebody else', 'there', [period(2, 8, 9), period(3, 8, 10)]],
		['contradicted by other days of that time', 'differs', [period(2, 8, 9)]],
		[
			'contradicted by a new pause at another time: it may be ours, moved',
			'differs',
			[period(2, 10, 11)],
		],
		['not shown yet where nothing is new', 'absent', []],
	] as const)('%s', (_, sight, appeared) => {
		expect(sees(...appeared)).toBe(sight);
	});
});

it('a plan rests on the times of a period, also where its days are not known', () => {
	const change = periodChange({
		...given,
		...rest,
		...{ operation: 'delete', pausePeriodId: 1, ifAlreadyDeleted: 'unchanged' },
	});
	const factsOf = (until: number) =>
		periodPlanFacts(change, {
			...{ asOf: NOW, contract: null, periods: [] },
			period: period(1, 8, until, null),
		});
	expect(period(1, 8, 9, null).from).toBeNull();
	expect(factsOf(9)).toEqual(factsOf(9));
	expect(factsOf(9)).not.toEqual(factsOf(10));
});
