import type { IDataObject } from 'n8n-workflow';
import { manyContracts } from '../../sandbox/seeds/story';
import {
	CANCELLED,
	CONTINUE,
	EACH_ID,
	ENDING,
	failure,
	HOT_DESK,
	itemsOf,
	tellStory,
	type Story,
} from './story';

const MIXED = [HOT_DESK, CANCELLED, 700101, ENDING, 700104, 700102];
const outcomeOf = ({ json }: { json: IDataObject }) =>
	json.outcome ?? (json.error as IDataObject).outcome;

describe('a failed item', () => {
	it('in "Continue" is one key error on the item it belongs to, in order', async () => {
		const story = await tellStory();
		const { items, error, status } = await story.pause(
			EACH_ID,
			{},
			{ ...CONTINUE, items: itemsOf(MIXED) },
		);
		expect(error).toBeUndefined();
		expect(status).toBe('success');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(MIXED.map((_, item) => ({ item })));
		expect(items.map(outcomeOf)).toEqual([
			'changed',
			'refused',
			'changed',
			'refused',
			'refused',
			'changed',
		]);
		expect(failure({ items } as never, 1)).toEqual({
			message: expect.stringContaining('cancelled'),
			description: expect.any(String),
			code: 'cancelled',
			outcome: 'refused',
			contractId: CANCELLED,
			before: expect.objectContaining({ state: 'none' }),
			after: expect.objectContaining({ state: 'none' }),
			attempts: 0,
			audit: expect.objectContaining({ attempts: [] }),
		});
	});

	it('in "Continue (using error output)" leaves by the error branch', async () => {
		const story = await tellStory();
		const { items, errorItems } = await story.pause(
			EACH_ID,
			{},
			{ onError: 'continueErrorOutput', items: itemsOf(MIXED) },
		);
		expect(items.map(({ json }) => json.contractId)).toEqual([HOT_DESK, 700101, 700102]);
		expect(errorItems.map(({ json }) => (json.error as IDataObject).contractId)).toEqual([
			CANCELLED,
			ENDING,
			700104,
		]);
		expect(errorItems.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([
			1, 3, 4,
		]);
		expect(errorItems[0]!.json.error).toMatchObject({ code: 'cancelled', outcome: 'refused' });
	});

	it('of a read has the same shape', async () => {
		const story = await tellStory();
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const result = await story.run(
				{ operation: 'get', contractId: EACH_ID },
				{ onError, items: itemsOf([HOT_DESK, 999999]) },
			);
			const [failed] = onError === 'continueErrorOutput' ? result.errorItems : [result.items[1]];
			expect(failed!.json.error).toMatchObject({
				code: 'http404',
				outcome: 'refused',
				contractId: 999999,
				before: null,
				after: null,
				attempts: 0,
			});
			expect((failed!.pairedItem as { item: number }).item).toBe(1);
		}
	});

	it('is the truth about what Nexudus holds', async () => {
		const story = await tellStory();
		const { items } = await story.pause(EACH_ID, {}, { ...CONTINUE, items: itemsOf(MIXED) });
		const changed = items.filter((item) => outcomeOf(item) === 'changed');
		expect(story.done().sort()).toEqual(
			changed.map(({ json }) => `pause ${json.id as string}`).sort(),
		);
	});
});

describe('several operations over many items', () => {
	it('keep the order of the items although answers come in another one', async () => {
		const story = await tellStory();
		const contracts = manyContracts(12);
		story.sandbox.addContracts('maria@example.test', contracts);
		const ids = contracts.map(({ id }) => id);
		for (const [index, contractId] of ids.entries()) {
			story.sandbox.faults.order({
				route: 'pause',
				contractId,
				kind: 'slowButOk',
				ms: (12 - index) * 10,
			});
		}
		const { items } = await story.pause(EACH_ID, {}, { items: itemsOf(ids) });
		expect(items.map(({ json }) => json.contractId)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('take parameters of their own for every item', async () => {
		const story = await tellStory();
		const { items } = await story.pause(
			EACH_ID,
			{ pauseCycles: '={{ $json.cycles }}' },
			{ items: [700100, 700101, 700102].map((id, i) => ({ json: { id, cycles: i + 1 } })) },
		);
		expect(items.map(({ json }) => (json.request as { body: unknown }).body)).toEqual(
			[1, 2, 3].map((PauseCycles) => ({ PauseCycles })),
		);
		expect([700100, 700101, 700102].map((id) => story.sandbox.contract(id).pausedCycles)).toEqual([
			1, 2, 3,
		]);
	});
});

/** Maria has forty desks, of which some are taken from her by a fault. */
async function fortyDesks(): Promise<{ story: Story; ids: number[] }> {
	const story = await tellStory();
	const contracts = manyContracts(40);
	story.sandbox.addContracts('maria@example.test', contracts);
	return { story, ids: contracts.map(({ id }) => id) };
}

const listed = (description: string, label: string): string[] =>
	new RegExp(`^${label}: (.*)$`, 'm').exec(description)?.[1]?.split(', ') ?? [];

describe('"Stop Workflow"', () => {
	it('sends nothing new after the first failure, lets writes in flight finish, and lists all', async () => {
		const { story, ids } = await fortyDesks();
		const [bad] = [ids[5]!];
		story.sandbox.faults.order({ route: 'pause', contractId: bad, kind: 'status', status: 403 });
		const { error, items } = await story.pause(
			EACH_ID,
			{ requestSettings: { concurrency: 4 } },
			{ items: itemsOf(ids) },
		);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/^Nexudus does not allow this .*\[item 5\]$/);
		expect(error?.context?.itemIndex).toBe(5);

		const description = String(error?.description);
		const changed = listed(description, 'Changed');
		const refused = listed(description, 'Refused');
		const notTried = listed(description, 'Not tried');
		expect(refused).toEqual([String(bad)]);
		expect([...changed, ...refused, ...notTried].sort()).toEqual(ids.map(String).sort());
		expect(story.done().sort()).toEqual(changed.map((id) => `pause ${id}`).sort());
		expect(notTried.length).toBeGreaterThan(20);
		const answered = story.writesSent().filter(({ status }) => status !== null);
		expect(answered).toHaveLength(story.writesSent().length);
	});

	it('names unchanged and unknown ones too', async () => {
		const { story, ids } = await fortyDesks();
		story.sandbox.otherHand.pause(ids[0]!, 1);
		story.sandbox.faults.order({
			route: 'pause',
			contractId: ids[1],
			kind: 'resetBeforeCommit',
			times: 9,
		});
		const { error } = await story.pause(EACH_ID, {}, { items: itemsOf(ids.slice(0, 3)) });
		expect(error?.message).toContain(
			`not known whether the pause of contract ${ids[1]} took effect`,
		);
		const description = String(error?.description);
		expect(listed(description, 'Unchanged')).toEqual([String(ids[0])]);
		expect(listed(description, 'Unknown')).toEqual([String(ids[1])]);
	});

	it('of a read names item and contract, and reads on no further', async () => {
		const { story, ids } = await fortyDesks();
		const { error } = await story.run(
			{ operation: 'get', contractId: EACH_ID, requestSettings: { concurrency: 1 } },
			{ items: itemsOf([ids[0], 999999, ...ids.slice(1)]) },
		);
		expect(error?.message).toContain('[item 1]');
		expect(error?.context?.itemIndex).toBe(1);
		expect(story.asked().filter((line) => line.startsWith('GET contract'))).toHaveLength(2);
	});

	it('of a single item adds no list', async () => {
		const story = await tellStory();
		const { error } = await story.pause(CANCELLED);
		expect(error?.message).toBe('The contract is cancelled and cannot be paused [item 0]');
		expect(error?.description).not.toContain('Refused:');
	});
});

describe('Stop After Failures', () => {
	it('ends a run in "Continue" after so many failures, and says which were not tried', async () => {
		const { story, ids } = await fortyDesks();
		story.sandbox.faults.order({ route: 'pause', kind: 'status', status: 403, times: Infinity });
		const { items } = await story.pause(
			EACH_ID,
			{ requestSettings: { stopAfterFailures: 3, concurrency: 1 } },
			{ ...CONTINUE, items: itemsOf(ids) },
		);
		expect(items).toHaveLength(40);
		const outcomes = items.map(outcomeOf);
		const refused = outcomes.filter((outcome) => outcome === 'refused').length;
		expect(refused).toBe(3);
		expect(story.writesSent()).toHaveLength(refused);
		expect(outcomes.filter((outcome) => outcome === 'notTried')).toHaveLength(40 - refused);
		const last = failure({ items } as never, 39);
		expect(last).toMatchObject({ code: 'notTried', outcome: 'notTried', contractId: ids[39] });
	});

	it('0, the default, never stops', async () => {
		const { story, ids } = await fortyDesks();
		story.sandbox.faults.order({ route: 'pause', kind: 'status', status: 403, times: 39 });
		const { items } = await story.pause(EACH_ID, {}, { ...CONTINUE, items: itemsOf(ids) });
		expect(items.filter((item) => outcomeOf(item) === 'refused')).toHaveLength(39);
		expect(story.done()).toHaveLength(1);
	});
});

describe('an execution that is stopped', () => {
	it('in mid-run writes nothing more', async () => {
		const { story, ids } = await fortyDesks();
		story.sandbox.faults.order({ route: 'pause', kind: 'slowButOk', ms: 40, times: Infinity });
		const stop = new AbortController();
		const running = story.pause(
			EACH_ID,
			{ requestSettings: { concurrency: 2 } },
			{ items: itemsOf(ids), signal: stop.signal },
		);
		await story.until(() => story.sandbox.committed.length >= 4);
		stop.abort();
		const sent = story.writesSent().length;
		expect((await running).status).toBe('canceled');
		await new Promise((done) => setTimeout(done, 150));
		expect(story.writesSent().length).toBeLessThanOrEqual(sent + 1);
		expect(story.writesSent().length).toBeLessThan(10);
	});

	it('while it waits for a throttle ends at once', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({
			route: 'pause',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '5' },
		});
		const stop = new AbortController();
		const running = story.pause(HOT_DESK, {}, { ...CONTINUE, signal: stop.signal });
		await story.until(() => story.writesSent().length >= 1);
		await new Promise((done) => setTimeout(done, 50));
		const started = performance.now();
		stop.abort();
		await running;
		expect(performance.now() - started).toBeLessThan(3000);
		expect(story.done()).toEqual([]);
	});
});
