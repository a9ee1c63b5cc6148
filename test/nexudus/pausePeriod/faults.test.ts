import type { IDataObject } from 'n8n-workflow';
import type { RouteKind } from '../../../sandbox/vendor/routes';
import type { Fault } from '../../../sandbox/wire/faults';
import type { NodeResult } from '../../../embedded-n8n';
import { CONTINUE, MADRID, only, tellOperatorStory, type OperatorStory } from './operatorStory';

/** Short enough that a stalled write is given up before it acts. */
const IMPATIENT = { writeTimeout: 250, timeout: 2_000, maxAttempts: 3 };

const SEPTEMBER_LONGER = { updateFields: { pauseUntil: '2027-10-01' } };

interface Case {
	write: RouteKind;
	/** Brings the contract where the change begins; returns the id that it is about. */
	begin(story: OperatorStory): Promise<unknown>;
	change(story: OperatorStory, id: unknown): Promise<NodeResult>;
	/** Days of the contract's pauses before and after. */
	before: string[];
	after: string[];
}

const august = async (story: OperatorStory) => only(await story.create(MADRID)).pausePeriodId;

const CASES: Record<string, Case> = {
	create: {
		write: 'createPeriod',
		begin: async () => MADRID,
		change: async (story) => await story.create(MADRID, { requestSettings: IMPATIENT }, CONTINUE),
		before: [],
		after: ['2027-08-01 2027-09-01'],
	},
	update: {
		write: 'updatePeriod',
		begin: august,
		change: async (story, id) =>
			await story.update(id, { ...SEPTEMBER_LONGER, requestSettings: IMPATIENT }, CONTINUE),
		before: ['2027-08-01 2027-09-01'],
		after: ['2027-08-01 2027-10-01'],
	},
	delete: {
		write: 'deletePeriod',
		begin: august,
		change: async (story, id) => await story.remove(id, { requestSettings: IMPATIENT }, CONTINUE),
		before: ['2027-08-01 2027-09-01'],
		after: [],
	},
};

/** A fault, and what may come of one that strikes a write once: of a create, of the others. */
const FAULTS: Array<[string, Fault, create: string[], others: string[]]> = [
	['refused connection', { kind: 'refuse' }, ['changed', 'unknown'], ['changed']],
	['reset, not committed', { kind: 'resetBeforeCommit' }, ['unknown'], ['changed']],
	['reset, committed', { kind: 'resetAfterCommit' }, ['changed'], ['changed']],
	['time-out, never', { kind: 'stall', commit: 'never' }, ['unknown'], ['changed']],
	['time-out, committed', { kind: 'stall', commit: 'before' }, ['changed'], ['changed']],
	[
		'time-out, acts late',
		{ kind: 'stall', commit: 'after', ms: 500 },
		['unknown', 'changed'],
		['changed'],
	],
	['dripping answer', { kind: 'drip', ms: 40 }, ['changed'], ['changed']],
	['half an answer', { kind: 'halfBody' }, ['changed'], ['changed']],
	['500, committed', { kind: 'status', status: 500, commit: true }, ['changed'], ['changed']],
	['500, not committed', { kind: 'status', status: 500 }, ['changed'], ['changed']],
	['502, committed', { kind: 'status', status: 502, commit: true }, ['changed'], ['changed']],
	['502, not committed', { kind: 'status', status: 502 }, ['unknown'], ['changed']],
	[
		'504, acts late',
		{ kind: 'status', status: 504, commitAfter: 300 },
		['unknown', 'changed'],
		['changed'],
	],
	[
		'429',
		{ kind: 'status', status: 429, headers: { 'retry-after': '1' } },
		['changed'],
		['changed'],
	],
	[
		'409 with Retry-After',
		{ kind: 'status', status: 409, headers: { 'retry-after': '1' } },
		['changed'],
		['changed'],
	],
	['409 alone', { kind: 'status', status: 409 }, ['refused'], ['refused']],
	[
		'400',
		{ kind: 'status', status: 400, body: '{"Message":"PauseFrom: no"}' },
		['refused'],
		['refused'],
	],
	['403', { kind: 'status', status: 403 }, ['refused'], ['refused']],
	['404', { kind: 'status', status: 404 }, ['refused'], ['refused']],
	['redirect', { kind: 'redirect', status: 302 }, ['refused'], ['refused']],
	['401', { kind: 'status', status: 401 }, ['changed'], ['changed']],
	['web page, committed', { kind: 'html', commit: true }, ['changed'], ['changed']],
	['web page, not committed', { kind: 'html' }, ['unknown'], ['changed']],
	['WasSuccessful false', { kind: 'wasSuccessfulFalse' }, ['refused'], ['refused']],
	['broken JSON, committed', { kind: 'badJson' }, ['changed'], ['changed']],
	['broken JSON, not committed', { kind: 'badJson', commit: false }, ['unknown'], ['changed']],
	['slow', { kind: 'slowButOk', ms: 150 }, ['changed'], ['changed']],
];

function outcomeOf(result: NodeResult): string {
	const { json } = result.items[0];
	return String(((json.error ?? json) as IDataObject).outcome);
}

describe.each(Object.entries(CASES))('a fault on the write: %s', (name, one) => {
	it.each(FAULTS)('%s', async (_, fault, ofCreate, ofOthers) => {
		const story = await tellOperatorStory();
		const id = await one.begin(story);
		const earlier = story.committed().length;
		story.sandbox.faults.order({ route: one.write, ...fault });
		const outcome = outcomeOf(await one.change(story, id));
		expect(story.sandbox.faults.pending()).toEqual([]);
		expect(name === 'create' ? ofCreate : ofOthers).toContain(outcome);

		// What the node says is what is true at the vendor.
		const days = story.pauses(MADRID);
		if (outcome === 'changed') expect(days).toEqual(one.after);
		if (outcome === 'refused') expect(days).toEqual(one.before);
		// A request that acts late has its time, and nothing is done twice.
		await new Promise((done) => setTimeout(done, 600));
		expect([one.before, one.after]).toContainEqual(story.pauses(MADRID));
		const effects = story
			.committed()
			.slice(earlier)
			.filter((write) => write.changedSomething);
		expect(effects.length).toBeLessThanOrEqual(1);

		// The same once more: what is missing is done, what is there is left.
		const again = outcomeOf(await one.change(story, id));
		if (outcome === 'unknown' && story.pauses(MADRID).length === 0) {
			expect(again).toBe('unknown');
		} else {
			expect(again).toBe(outcome === 'refused' ? 'changed' : 'unchanged');
			expect(story.pauses(MADRID)).toEqual(one.after);
		}
		expect(
			story
				.committed()
				.slice(earlier)
				.filter((write) => write.changedSomething).length,
		).toBeLessThanOrEqual(1);
	});
});

describe('a fault on a read', () => {
	const READS: RouteKind[] = ['adminContract', 'business', 'periodList', 'period'];
	const ON_READS: Array<[string, Fault]> = [
		['500', { kind: 'status', status: 500 }],
		['reset', { kind: 'resetBeforeCommit' }],
		['429', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
		['401', { kind: 'status', status: 401 }],
		['half an answer', { kind: 'halfBody' }],
		['a web page', { kind: 'html' }],
	];

	it.each(READS.flatMap((route) => ON_READS.map(([what, fault]) => [what, route, fault] as const)))(
		'%s of %s delays, and changes nothing else',
		async (_, route, fault) => {
			const story = await tellOperatorStory();
			const writes = ['createPeriod', 'updatePeriod'];
			if (route !== 'period') story.sandbox.faults.order({ route, ...fault });
			const id = only(await story.create(MADRID)).pausePeriodId;
			if (route === 'period') story.sandbox.faults.order({ route, ...fault });
			expect(only(await story.update(id, SEPTEMBER_LONGER)).outcome).toBe('changed');
			expect(story.writesSent()).toEqual(writes);
			expect(story.sandbox.faults.pending()).toEqual([]);
		},
	);

	it('after the write leaves a change that was not read, and says so', async () => {
		const story = await tellOperatorStory();
		story.sandbox.faults.order({
			route: 'periodList',
			skip: 1,
			times: Infinity,
			kind: 'status',
			status: 503,
		});
		const output = only(await story.create(MADRID));
		expect(output).toMatchObject({
			outcome: 'changed',
			verified: false,
			verification: 'notRead',
			after: null,
		});
		story.sandbox.faults.clear();
		expect(only(await story.create(MADRID)).outcome).toBe('unchanged');
		expect(story.writesSent()).toEqual(['createPeriod']);
	});

	it('a role that is missing is named, with nothing sent', async () => {
		const story = await tellOperatorStory({ email: 'dora@example.test' });
		const result = await story.create(MADRID, {}, CONTINUE);
		const error = result.items[0].json.error as IDataObject;
		expect(error).toMatchObject({ code: 'http401', outcome: 'failed' });
		expect(error.description).toContain('ContractPausedPeriod-List');
		expect(story.writesSent()).toEqual([]);
	});
});
