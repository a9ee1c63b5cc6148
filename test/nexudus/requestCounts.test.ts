import { manyContracts } from '../../sandbox/seeds/story';
import { EACH_ID, HOT_DESK, itemsOf, PAUSED_NOW, tellStory, type StoryOptions } from './story';

describe('the requests of a single item', () => {
	it('that is paused: four, and a sign-in', async () => {
		const story = await tellStory();
		await story.pause(HOT_DESK);
		expect(story.asked()).toEqual([
			'GET contract 700100',
			'GET meta 700100',
			'PUT pause 700100',
			'GET meta 700100',
		]);
		expect(story.sandbox.signIns).toHaveLength(1);
	});

	it('that is paused already: two', async () => {
		const story = await tellStory();
		await story.pause(PAUSED_NOW, { pauseCycles: 3 });
		expect(story.asked()).toEqual(['GET contract 700104', 'GET meta 700104']);
	});

	it('that is planned: two', async () => {
		const story = await tellStory();
		await story.pause(HOT_DESK, { dryRun: true });
		expect(story.asked()).toHaveLength(2);
	});
});

async function bulk(count: number, options?: StoryOptions) {
	const story = await tellStory(options);
	const contracts = manyContracts(count);
	story.sandbox.addContracts('maria@example.test', contracts);
	const { items } = await story.pause(
		EACH_ID,
		{ requestSettings: { concurrency: 16 } },
		{ items: itemsOf(contracts.map(({ id }) => id)) },
	);
	expect(items.map(({ json }) => [json.outcome, json.verified])).toEqual(
		Array(count).fill(['changed', true]),
	);
	expect(story.done()).toHaveLength(count);
	expect(story.sandbox.signIns).toHaveLength(1);
	return story.asked();
}

describe('the requests of 200 items', () => {
	it('are 200 writes and few reads where the list carries eligibility', async () => {
		const asked = await bulk(200);
		expect(asked.filter((line) => line.startsWith('PUT'))).toHaveLength(200);
		expect(asked.length).toBeLessThanOrEqual(240);
		expect(asked.filter((line) => line.startsWith('GET meta')).length).toBeLessThanOrEqual(2);
	});

	it('are one read more per item where it does not', async () => {
		const asked = await bulk(200, { readings: { listCarriesEligibility: false } });
		expect(asked.length).toBeGreaterThanOrEqual(400);
		expect(asked.length).toBeLessThanOrEqual(440);
	});
});

describe('shared reads', () => {
	it('read limits and terms once per price plan', async () => {
		const story = await tellStory();
		const ids = [700100, 700101, 700102, ...manyContracts(10).map(({ id }) => id)];
		story.sandbox.addContracts('maria@example.test', manyContracts(10));
		await story.pause(EACH_ID, { dryRun: true }, { items: itemsOf(ids) });
		expect(story.asked().filter((line) => line.startsWith('GET meta'))).toHaveLength(3);
		// One list serves all; on a slow machine those that come late share a second one.
		const lists = story.asked().filter((line) => line === 'GET list');
		expect(lists.length).toBeLessThanOrEqual(2);
	});

	it('read an id that is missing from the list alone before anything is said', async () => {
		const story = await tellStory({ readings: { listShape: 'Contracts' } });
		const rows = story.sandbox.contracts('maria@example.test').length;
		expect(rows).toBe(9);
		// The list forgets all contracts but one.
		const one = await story.run({ operation: 'get', contractId: 700101, simplify: false });
		story.sandbox.faults.order({
			route: 'list',
			times: 9,
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ Contracts: [one.items[0]!.json] }),
		});
		const { items } = await story.pause(
			EACH_ID,
			{ dryRun: true },
			{ items: itemsOf([HOT_DESK, 700101]) },
		);
		expect(items.map(({ json }) => json.wouldDo)).toEqual(['write', 'write']);
		expect(story.asked()).toContain('GET contract 700100');
	});

	it('do without a list where the portal has none', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'list', kind: 'status', status: 404, times: Infinity });
		const { items } = await story.pause(EACH_ID, {}, { items: itemsOf([HOT_DESK, 700101]) });
		expect(items.map(({ json }) => json.outcome)).toEqual(['changed', 'changed']);
	});
});
