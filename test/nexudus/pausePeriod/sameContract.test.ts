import type { INodeExecutionData } from 'n8n-workflow';
import type { NodeResult } from '../../../embedded-n8n';
import type { ContractSeed } from '../../../sandbox/seeds/seed';
import { hotDesk } from '../../../sandbox/seeds/pricePlans';
import { MARIA } from '../story';
import {
	CONTINUE,
	MADRID,
	NEW_YORK,
	only,
	tellOperatorStory,
	type OperatorStory,
} from './operatorStory';

/** A vendor that takes whatever it is given, so that a mistake shows in what it holds. */
const TAKES_ALL = { overlappingPeriods: 'accepted', secondPause: 'extends' } as const;
const story = async () => await tellOperatorStory({ readings: TAKES_ALL });

const month = (number: number) => {
	const date = new Date(Date.UTC(2027, number, 1));
	return date.toISOString().slice(0, 10);
};

/** Pauses of so many months each, from these months on; 0 is January 2027. Returns their ids. */
async function paused(of: OperatorStory, months: ReadonlyArray<[number, number]>, id = MADRID) {
	const ids: number[] = [];
	for (const [from, until] of months) {
		const days = { pauseFrom: month(from), pauseUntil: month(until) };
		ids.push(only(await of.create(id, days)).pausePeriodId as number);
	}
	return ids;
}

/** The outcome of each item, or the code of its error. */
const ends = ({ items }: NodeResult) =>
	items.map(({ json }) => (json.error as { code: string } | undefined)?.code ?? json.outcome);

const EACH_DAYS = {
	updateFields: { pauseFrom: '={{ $json.from }}', pauseUntil: '={{ $json.until }}' },
};
const daysOf = (id: number, from: number, until: number): INodeExecutionData => ({
	json: { id, from: month(from), until: month(until) },
});

const update = async (of: OperatorStory, items: INodeExecutionData[], settings = {}) =>
	await of.update(
		'={{ $json.id }}',
		{ ...EACH_DAYS, requestSettings: settings },
		{ ...CONTINUE, items },
	);

function overlaps(of: OperatorStory, contractId: number): string[] {
	const days = of.pauses(contractId).map((pause) => pause.split(' '));
	return days.flatMap(([from, until], i) =>
		days.slice(i + 1).flatMap(([a, b]) => (a < until && from < b ? [`${from} ${a}`] : [])),
	);
}

describe('two pause periods of one contract in one run', () => {
	it.each([
		['read alone', 0],
		['read with many others', 6],
	])('do not grow into each other: %s', async (_, others) => {
		const of = await story();
		const [first, second] = await paused(of, [
			[7, 8],
			[9, 10],
		]);
		const more = await paused(
			of,
			Array.from({ length: others }, (_, i) => [7 + 2 * i, 8 + 2 * i] as [number, number]),
			NEW_YORK,
		);
		const writes = of.writesSent().length;
		// Each for itself may have September.
		const result = await update(of, [
			daysOf(first, 7, 9),
			daysOf(second, 8, 10),
			...more.map((id, i) => daysOf(id, 7 + 2 * i, 9 + 2 * i)),
		]);
		const [one, other, ...rest] = ends(result);
		// Whichever was read first.
		expect([one, other].sort()).toEqual(['changed', 'pausedDifferently']);
		expect(rest).toEqual(more.map(() => 'changed'));
		expect(of.writesSent().slice(writes)).toHaveLength(1 + others);
		expect(of.pauses(MADRID)).toEqual(
			one === 'changed'
				? ['2027-08-01 2027-10-01', '2027-10-01 2027-11-01']
				: ['2027-08-01 2027-09-01', '2027-09-01 2027-11-01'],
		);
		expect(overlaps(of, NEW_YORK)).toEqual([]);
	});

	it('may take the days that the other one leaves', async () => {
		const of = await story();
		const [first, second] = await paused(of, [
			[7, 8],
			[9, 10],
		]);
		const result = await update(of, [daysOf(first, 11, 12), daysOf(second, 7, 8)]);
		expect(ends(result)).toEqual(['changed', 'changed']);
		expect(of.pauses(MADRID)).toEqual(['2027-08-01 2027-09-01', '2027-12-01 2028-01-01']);
	});
});

describe('many pause periods of one contract in one run', () => {
	it.each([
		['of theirs alone', 0],
		['beside other contracts', 12],
	])(
		'end, one after the other: %s',
		async (_, others) => {
			const of = await story();
			const MANY = 30;
			const other = Array.from({ length: others }, (_, i): ContractSeed => ({
				id: 720_001 + i,
				pricePlan: hotDesk,
				currentCycleFrom: '2027-06-01',
			}));
			of.sandbox.addContracts('maria@example.test', other);
			const everyOther = Array.from(
				{ length: MANY },
				(_, i) => [7 + 2 * i, 8 + 2 * i] as [number, number],
			);
			const ids = await paused(of, everyOther);
			const theirs = [];
			for (const { id } of other) theirs.push(...(await paused(of, [[7, 8]], id)));
			const result = await update(of, [
				...ids.map((id, i) => daysOf(id, 7 + 2 * i, 9 + 2 * i)),
				...theirs.map((id) => daysOf(id, 7, 9)),
			]);
			expect(new Set(ends(result))).toEqual(new Set(['changed']));
			expect(result.items).toHaveLength(MANY + others);
			expect(overlaps(of, MADRID)).toEqual([]);
			expect(of.pauses(MADRID)).toHaveLength(MANY);
		},
		120_000,
	);
});

describe('changes of one contract that two executions make at the same time', () => {
	const AUGUST_LONGER = { updateFields: { pauseUntil: '2027-10-01' } };
	const SEPTEMBER = { pauseFrom: '2027-09-01', pauseUntil: '2027-10-01' };

	it.each(['updatePeriod', 'createPeriod'] as const)(
		'an update and a new one: one of them is written, whichever is slow (%s)',
		async (slow) => {
			const of = await story();
			const [august] = await paused(of, [[7, 8]]);
			of.sandbox.faults.order({ route: slow, kind: 'delay', ms: 300 });
			const [updated, created] = await Promise.all([
				of.update(august, AUGUST_LONGER, CONTINUE),
				of.create(MADRID, SEPTEMBER, CONTINUE),
			]);
			const both = [...ends(updated), ...ends(created)];
			expect(both.sort()).toEqual(['changed', 'pausedDifferently']);
			expect(of.writesSent()).toHaveLength(2);
			expect(overlaps(of, MADRID)).toEqual([]);
		},
	);

	it('a new one that comes while the one in its way is being deleted sees the days free', async () => {
		const of = await story();
		const [august] = await paused(of, [[7, 8]]);
		of.sandbox.faults.order({ route: 'deletePeriod', kind: 'delay', ms: 300 });
		const deleted = of.remove(august);
		await of.until(() => of.writesSent().includes('deletePeriod'));
		const created = of.create(MADRID, { pauseFrom: '2027-08-01', pauseUntil: '2027-10-01' });
		expect(ends(await deleted)).toEqual(['changed']);
		expect(ends(await created)).toEqual(['changed']);
		expect(of.pauses(MADRID)).toEqual(['2027-08-01 2027-10-01']);
	});

	it.each(['pause', 'createPeriod'] as const)(
		'a pause for the member and a new pause period: one of them is written, whichever is slow (%s)',
		async (slow) => {
			const of = await story();
			of.sandbox.faults.order({ route: slow, kind: 'delay', ms: 300 });
			const forMember = { resource: 'contract', contractId: MADRID, coworkerId: MARIA };
			const july = { pauseFrom: '2027-07-01', pauseUntil: '2027-09-01' };
			const [member, period] = await Promise.all([
				of.run('pause', { ...forMember, termsAccepted: true, pauseCycles: 1 }, CONTINUE),
				of.create(MADRID, july, CONTINUE),
			]);
			const both = [...ends(member), ...ends(period)];
			expect(both.sort()).toEqual(['changed', 'pausedDifferently']);
			expect(of.done()).toHaveLength(1);
			expect(of.pauses(MADRID)).toHaveLength(1);
		},
	);
});

describe('a write of the contract that was given up and may still act', () => {
	/** Short enough that a stalled write is given up before it acts. */
	const IMPATIENT = { requestSettings: { writeTimeout: 150, maxAttempts: 1 } };
	const late = { kind: 'stall', commit: 'after', ms: 1_500 } as const;
	const OCTOBER = { pauseFrom: '2027-10-01', pauseUntil: '2027-11-01' };

	it('lets no new one pass, by its name and until when', async () => {
		const of = await story();
		const [august] = await paused(of, [[7, 8]]);
		of.sandbox.faults.order({ route: 'updatePeriod', ...late });
		const longer = { updateFields: { pauseUntil: '2027-11-01' }, ...IMPATIENT };
		expect(ends(await of.update(august, longer, CONTINUE))).toEqual(['attemptsUsed']);
		const created = await of.create(MADRID, OCTOBER, CONTINUE);
		expect(ends(created)).toEqual(['otherChangeOpen']);
		const error = created.items[0].json.error as { message: string; description: string };
		expect(error.message).toMatch(/^An update of a pause period of this contract was sent at 20/);
		expect(error.description).toMatch(/^It may still take effect until 20.*Run the workflow again/);
		await of.until(() => of.pauses(MADRID)[0] === '2027-08-01 2027-11-01');
		expect(of.pauses(MADRID)).toHaveLength(1);
	});

	it('lets no update pass', async () => {
		const of = await story();
		const [august] = await paused(of, [[7, 8]]);
		of.sandbox.faults.order({ route: 'createPeriod', ...late });
		await of.create(MADRID, { ...OCTOBER, ...IMPATIENT }, CONTINUE);
		const longer = { updateFields: { pauseUntil: '2027-11-01' } };
		expect(ends(await of.update(august, longer, CONTINUE))).toEqual(['otherChangeOpen']);
		// What can overlap with nothing may go on.
		expect(ends(await of.remove(august))).toEqual(['changed']);
		await of.until(() => of.pauses(MADRID).length === 1);
		expect(of.pauses(MADRID)).toEqual(['2027-10-01 2027-11-01']);
	});

	it('lets no pause for the member pass, nor the other way round', async () => {
		const of = await story();
		const member = (contractId: number) => ({
			...{ resource: 'contract', contractId, coworkerId: MARIA },
			...{ termsAccepted: true, pauseCycles: 1 },
		});
		of.sandbox.faults.order({ route: 'createPeriod', ...late });
		await of.create(MADRID, { ...OCTOBER, ...IMPATIENT }, CONTINUE);
		expect(ends(await of.run('pause', member(MADRID), CONTINUE))).toEqual(['otherChangeOpen']);

		of.sandbox.faults.order({ route: 'pause', ...late });
		await of.run('pause', { ...member(NEW_YORK), ...IMPATIENT }, CONTINUE);
		expect(ends(await of.create(NEW_YORK, OCTOBER, CONTINUE))).toEqual(['otherChangeOpen']);
		await of.until(() => of.pauses(MADRID).length + of.pauses(NEW_YORK).length === 2);
		expect(of.pauses(MADRID)).toEqual(['2027-10-01 2027-11-01']);
		expect(of.pauses(NEW_YORK)).toEqual(['2027-07-01 2027-08-01']);
	});

	it('holds back no other one once its days are there, and any change of its own pause', async () => {
		const of = await story();
		const [august] = await paused(of, [[7, 8]]);
		of.sandbox.faults.order({ route: 'updatePeriod', ...late });
		const days = (pauseUntil: string) => ({ updateFields: { pauseUntil } });
		const patient = { requestSettings: { writeTimeout: 150, maxAttempts: 2 } };
		const sent = await of.update(august, { ...days('2027-10-01'), ...patient }, CONTINUE);
		expect(ends(sent)).toEqual(['changed']);
		expect(of.writesSent().slice(-2)).toEqual(['updatePeriod', 'updatePeriod']);
		expect(ends(await of.create(MADRID, OCTOBER, CONTINUE))).toEqual(['changed']);
		// The first request would put it back to October.
		const again = await of.update(august, days('2027-09-01'), CONTINUE);
		expect(ends(again)).toEqual(['otherChangeOpen']);
		await of.until(() => of.sandbox.committed.length === 4);
		expect(of.pauses(MADRID)).toEqual(['2027-08-01 2027-10-01', '2027-10-01 2027-11-01']);
	});

	it('makes a pause that is there less than certain', async () => {
		const of = await story();
		const [august] = await paused(of, [[7, 8]]);
		of.sandbox.faults.order({ route: 'deletePeriod', ...late });
		await of.remove(august, IMPATIENT, CONTINUE);
		const again = only(await of.create(MADRID));
		expect(again).toMatchObject({ outcome: 'unchanged', verified: false });
		expect(again.hint).toMatch(/^A deletion of a pause period of this contract was sent at/);
	});
});
