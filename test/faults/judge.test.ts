import type { IDataObject } from 'n8n-workflow';
import type { ContractView } from '../../sandbox/vendor/contract';
import type { CommittedWrite } from '../../sandbox/vendor/world';
import type { RequestEntry } from '../../sandbox/wire/requestLog';
import type { Delivery } from './delivery';
import { READINGS, type FaultCase } from './faultCase';
import { faults } from './faults';
import { judge } from './judge';

const ID = 910_001;
const TARGET = { id: ID, contractId: ID };
const none = { id: ID, state: 'none', from: null, until: null, pausedCycles: 0 } as ContractView;
const scheduled: ContractView = {
	...none,
	state: 'scheduled',
	from: '2027-01-01T00:00:00Z',
	until: '2027-03-01T00:00:00Z',
	pausedCycles: 2,
};
const write = {
	contractId: ID,
	request: 3,
	before: none,
	after: scheduled,
	changedSomething: true,
} as CommittedWrite;
const entry = { n: 3, path: `/v2/${ID}/pause`, status: 200, fault: null } as RequestEntry;

const faultCase: FaultCase = {
	fault: faults[0],
	operation: 'pause',
	reading: READINGS[0],
	way: 'customer',
	memory: 'new',
	mode: 'continueRegularOutput',
	contracts: 1,
};

const seen = { state: 'scheduled', pausedFromUtc: scheduled.from, pausedUntilUtc: scheduled.until };
const confirmed = {
	contractId: ID,
	outcome: 'changed',
	changed: true,
	verified: true,
	verification: 'confirmed',
	before: { state: 'none' },
	after: seen,
	attempts: 1,
	audit: { attempts: [{ class: 'ok' }] },
};

function delivery(json: IDataObject, more: Partial<Delivery> = {}): Delivery {
	return {
		name: 'first',
		asked: [TARGET],
		idField: 'contractId',
		mode: 'continueRegularOutput',
		output: { items: [{ json, pairedItem: { item: 0 } }], errorItems: [] },
		writes: [entry],
		committed: [write],
		truths: new Map([[ID, [none, scheduled]]]),
		earlier: [],
		...more,
	};
}

const judged = (one: Delivery, committed = [...one.committed], final = [scheduled]) =>
	judge(faultCase, [one], committed, final);
const failed = (outcome: string) => ({ error: { ...confirmed, outcome, code: 'http500' } });

it('passes a true report', () => {
	expect(judged(delivery(confirmed))).toEqual({
		doubleEffects: [],
		wrongReports: [],
		lostItems: [],
		lostFields: [],
		overwritten: [],
		repeatedWithoutEffect: [],
	});
});

it('finds two effects, and one that is too long', () => {
	expect(judged(delivery(confirmed), [write, write]).doubleEffects).toHaveLength(1);
	const long = { ...scheduled, pausedCycles: 4 };
	expect(judged(delivery(confirmed), [write], [long]).doubleEffects).toHaveLength(1);
});

describe('a second effect where another hand works against the first', () => {
	const undone = { ...faultCase, fault: faults.find((fault) => fault.undone)! };
	const contradicted = { error: { ...confirmed, outcome: 'failed', code: 'contradicted' } };
	const twice = (first: IDataObject, calls: Array<Partial<Delivery>>) => {
		const deliveries = calls.map((more, call) => delivery(call === 0 ? first : confirmed, more));
		const committed = deliveries.flatMap((one) => one.committed);
		return judge(undone, deliveries, committed, [scheduled]).doubleEffects;
	};

	it('is right in a call that follows a report of the contradiction', () => {
		expect(twice(contradicted, [{}, {}])).toEqual([]);
	});

	it.each<[string, IDataObject, Array<Partial<Delivery>>]>([
		['follows another report', confirmed, [{}, {}]],
		['follows another failure', failed('failed'), [{}, {}]],
		['is of the call that reports it', contradicted, [{ committed: [write, write] }]],
		['is the third', contradicted, [{}, {}, {}]],
	])('is a double effect where it %s', (_name, first, calls) => {
		expect(twice(first, calls)).toHaveLength(1);
	});
});

describe('a resume at end that is repeated', () => {
	const idle = { ...write, request: 7, changedSomething: false };
	const verdict = (memory: FaultCase['memory'], second: CommittedWrite) =>
		judge({ ...faultCase, operation: 'resumeAtEnd', memory }, [], [write, second], [none]);

	it('is counted apart where memory was lost and nothing changed', () => {
		const { doubleEffects, repeatedWithoutEffect } = verdict('lost', idle);
		expect([doubleEffects.length, repeatedWithoutEffect.length]).toEqual([0, 1]);
	});

	it.each<[string, FaultCase['memory'], CommittedWrite]>([
		['memory was kept', 'new', idle],
		['it changes something', 'lost', write],
	])('is a double effect where %s', (_name, memory, second) => {
		expect(verdict(memory, second).doubleEffects).toHaveLength(1);
	});

	it('is a double effect for another operation', () => {
		const lost: FaultCase = { ...faultCase, operation: 'resumeNow', memory: 'lost' };
		expect(judge(lost, [], [write, idle], [none]).doubleEffects).toHaveLength(1);
	});
});

it.each<[string, Delivery]>([
	['done, and nothing took effect', delivery(confirmed, { committed: [] })],
	[
		'confirmed, and it does not show',
		delivery({ ...confirmed, after: null }, { truths: new Map([[ID, [none]]]) }),
	],
	[
		'dates that never were',
		delivery({ ...confirmed, after: { ...seen, pausedUntilUtc: '2027-04-01T00:00:00Z' } }),
	],
	[
		'unchanged, and it took effect',
		delivery({ ...confirmed, outcome: 'unchanged', changed: false }),
	],
	['refused, and it took effect', delivery(failed('refused'))],
	['failed, and it took effect', delivery(failed('failed'))],
	['not tried, and a write left', delivery(failed('notTried'), { committed: [] })],
	[
		'unknown, and no write left',
		delivery({ error: { contractId: ID, outcome: 'unknown' } }, { writes: [], committed: [] }),
	],
	['fewer attempts than writes', delivery(confirmed, { writes: [entry, { ...entry, n: 4 }] })],
	['changed: false for a change', delivery({ ...confirmed, changed: false })],
	['an outcome that does not exist', delivery({ ...confirmed, outcome: 'maybe' })],
])('finds a wrong report: %s', (_name, one) => {
	expect(judged(one).wrongReports.length).toBeGreaterThan(0);
});

it.each<[string, Partial<Delivery>]>([
	['no item', { output: { items: [], errorItems: [] } }],
	[
		'an item twice',
		{
			output: {
				items: [0, 0].map((item) => ({ json: confirmed, pairedItem: { item } })),
				errorItems: [],
			},
		},
	],
	['an item without pairing', { output: { items: [{ json: confirmed }], errorItems: [] } }],
	[
		'a failure on the success branch',
		{
			mode: 'continueErrorOutput',
			output: { items: [{ json: failed('failed'), pairedItem: { item: 0 } }], errorItems: [] },
		},
	],
	[
		'several items, and an error that lists none',
		{
			mode: 'stopWorkflow',
			asked: [TARGET, { id: ID + 1, contractId: ID + 1 }],
			output: { items: [], errorItems: [], error: { message: 'No [item 0]' } },
		},
	],
])('finds a lost item: %s', (_name, more) => {
	expect(judged(delivery(confirmed, more)).lostItems.length).toBeGreaterThan(0);
});

it('reads a thrown error as a person does', () => {
	const thrown = (message: string) =>
		delivery(
			{},
			{ mode: 'stopWorkflow', output: { items: [], errorItems: [], error: { message } } },
		);
	expect(judged(thrown('Nothing was changed [item 0]')).wrongReports).toHaveLength(1);
	expect(judged(thrown('It is not known whether it took effect [item 0]')).wrongReports).toEqual(
		[],
	);
});

describe('a pause period', () => {
	const period = { from: '2027-02-01', until: '2027-04-01' };
	const target = { id: 31, contractId: ID, period };
	const had = { id: 31, from: '2027-02-01', until: '2027-03-01', notes: 'N' };
	const other = { id: 32, from: '2027-09-01', until: '2027-10-01', notes: null };
	const holding = (...pauses: object[]) => ({ ...none, pauses }) as unknown as ContractView;
	const moved = { ...had, until: period.until };
	const update = (after: ContractView) =>
		({
			...write,
			operation: 'updatePeriod',
			pausePeriodId: 31,
			before: holding(had, other),
			after,
		}) as CommittedWrite;
	const verdict = (
		operation: FaultCase['operation'],
		committed: CommittedWrite[],
		final: ContractView,
		fault = faults[0],
	) => judge({ ...faultCase, fault, way: 'operator', operation }, [], committed, [final]);

	it('that is updated keeps what was not named', () => {
		const wanted = holding(moved, other);
		expect(verdict('updatePeriod', [update(wanted)], wanted).lostFields).toEqual([]);
	});

	it.each<[string, object[]]>([
		['notes', [{ ...moved, notes: null }, other]],
		['first day', [{ ...moved, from: '2027-01-01' }, other]],
		['other pause', [moved]],
	])('that is updated and loses its %s is found', (_, pauses) => {
		const after = holding(...pauses);
		expect(verdict('updatePeriod', [update(after)], after).lostFields).toHaveLength(1);
	});

	it('whose notes another hand changes between read and write is counted apart', () => {
		const after = holding({ ...moved, notes: 'before' }, other);
		const overwriting = faults.find(({ overwrites }) => overwrites)!;
		const found = verdict('updatePeriod', [update(after)], after, overwriting);
		expect([found.lostFields.length, found.overwritten.length]).toEqual([0, 1]);
	});

	it('that overlaps another one is a double effect', () => {
		const twice = holding(had, { ...moved, id: 33 });
		expect(verdict('createPeriod', [], twice).doubleEffects).toHaveLength(1);
	});

	it('is not reported under the number of another one', () => {
		const json = { ...confirmed, pausePeriodId: 32, after: null, before: null };
		const made = { ...update(holding(moved)), operation: 'createPeriod' } as CommittedWrite;
		const post = { ...entry, kind: 'createPeriod', body: { CoworkerContractId: ID } };
		const one = delivery(json, {
			asked: [{ ...target, id: ID }],
			writes: [post as RequestEntry],
			committed: [made],
			truths: new Map([[ID, [holding(moved, other)]]]),
		});
		const judgedOne = (report: IDataObject) =>
			judge(
				{ ...faultCase, way: 'operator', operation: 'createPeriod' },
				[
					{
						...one,
						output: { items: [{ json: report, pairedItem: { item: 0 } }], errorItems: [] },
					},
				],
				[made],
				[holding(moved)],
			).wrongReports;
		expect(judgedOne({ ...json, pausePeriodId: 31 })).toEqual([]);
		expect(judgedOne(json)).toHaveLength(1);
	});
});
