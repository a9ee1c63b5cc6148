import type { IDataObject } from 'n8n-workflow';
import { manyContracts } from '../../sandbox/seeds/story';
import {
	CONTINUE,
	EACH_ID,
	failure,
	HOT_DESK,
	itemsOf,
	only,
	PAUSED_NOW,
	tellStory,
} from './story';

const FIFTY = manyContracts(50);
const FIFTY_IDS = FIFTY.map(({ id }) => id);

describe('the same change asked for twice is made once', () => {
	it('by a second run', async () => {
		const story = await tellStory();
		await story.pause(HOT_DESK, { pauseCycles: 2 });
		expect(only(await story.pause(HOT_DESK, { pauseCycles: 2 }))).toMatchObject({
			outcome: 'unchanged',
			verified: true,
			sameAsAsked: true,
		});
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('by a webhook that is delivered twice at the same time', async () => {
		const story = await tellStory();
		const runs = await Promise.all([1, 2].map(async () => await story.pause(HOT_DESK)));
		expect(runs.map((run) => only(run).outcome).sort()).toEqual(['changed', 'unchanged']);
		expect(story.done()).toEqual(['pause 700100']);
	});

	it("by n8n's Retry On Fail, which runs every item again", async () => {
		const story = await tellStory();
		const ids = [HOT_DESK, 700101, 700102];
		story.sandbox.faults.order({ route: 'pause', contractId: 700101, kind: 'status', status: 403 });
		const { items } = await story.pause(
			EACH_ID,
			{},
			{ items: itemsOf(ids), retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		);
		expect(items.map(({ json }) => json.contractId)).toEqual(ids);
		expect(story.done().sort()).toEqual(ids.map((id) => `pause ${id}`));
		expect(items.some(({ json }) => json.outcome === 'unchanged')).toBe(true);
	});

	it("by n8n's Retry On Fail after an outcome that was unknown", async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'pause', kind: 'resetAfterCommit' });
		// Every read that could tell fails, in the first try only.
		story.sandbox.faults.order({ route: 'meta', skip: 1, kind: 'status', status: 500, times: 9 });
		const result = await story.pause(
			HOT_DESK,
			{},
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(only(result)).toMatchObject({ outcome: 'unchanged', verified: true });
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('by the same contract twice in one run, in the order of the items', async () => {
		const story = await tellStory();
		const { items } = await story.pause(
			EACH_ID,
			{ pauseCycles: '={{ $json.cycles }}' },
			{
				...CONTINUE,
				items: [
					[HOT_DESK, 2],
					[HOT_DESK, 2],
					[HOT_DESK, 3],
				].map(([id, cycles]) => ({ json: { id, cycles } as IDataObject })),
			},
		);
		expect(items.map(({ json }) => json.outcome ?? (json.error as IDataObject).code)).toEqual([
			'changed',
			'unchanged',
			'pausedDifferently',
		]);
		expect(story.sandbox.committed.map(({ cycles }) => cycles)).toEqual([2]);
	});

	it('also where another hand has made it', async () => {
		const story = await tellStory();
		story.sandbox.otherHand.pause(HOT_DESK, 1);
		expect(only(await story.pause(HOT_DESK))).toMatchObject({ outcome: 'unchanged' });
		expect(story.writesSent()).toEqual([]);
	});
});

describe('where Nexudus hides a scheduled pause, and a second one extends it,', () => {
	const HIDDEN = { readings: { scheduledPause: 'hidden', secondPause: 'extends' } } as const;

	it('the same pause is not sent again by this n8n', async () => {
		const story = await tellStory(HIDDEN);
		await story.pause(HOT_DESK);
		expect(only(await story.pause(HOT_DESK))).toMatchObject({
			outcome: 'unchanged',
			verified: false,
			verification: 'notVisible',
			hint: expect.stringContaining('not sent again'),
		});
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('another pause is refused', async () => {
		const story = await tellStory(HIDDEN);
		await story.pause(HOT_DESK, { pauseCycles: 1 });
		const error = failure(await story.pause(HOT_DESK, { pauseCycles: 2 }, CONTINUE));
		expect(error).toMatchObject({ outcome: 'refused', code: 'differentSentBefore' });
		expect(story.sandbox.committed.map(({ cycles }) => cycles)).toEqual([1]);
	});

	it('a pause whose end nobody knows stays unknown, and is not sent again', async () => {
		const story = await tellStory(HIDDEN);
		story.sandbox.faults.order({ route: 'pause', kind: 'resetAfterCommit' });
		for (const attempts of [1, 0, 0]) {
			const error = failure(await story.pause(HOT_DESK, {}, CONTINUE));
			expect(error).toMatchObject({ outcome: 'unknown', attempts });
		}
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('a dry run says the same as the real run would', async () => {
		const story = await tellStory(HIDDEN);
		await story.pause(HOT_DESK);
		const dry = { dryRun: true };
		expect(only(await story.pause(HOT_DESK, dry))).toMatchObject({ wouldDo: 'nothing' });
		expect(only(await story.pause(HOT_DESK, { ...dry, pauseCycles: 2 }))).toMatchObject({
			wouldDo: 'refuse',
			refusals: [{ code: 'differentSentBefore' }],
		});
	});

	it('a confirmed resume clears the record, so that a new pause is sent', async () => {
		const story = await tellStory(HIDDEN);
		await story.pause(HOT_DESK);
		await story.resume(HOT_DESK, { resumeWhen: 'immediately' });
		expect(only(await story.pause(HOT_DESK)).outcome).toBe('changed');
		expect(story.done()).toEqual(['pause 700100', 'resumeNow 700100', 'pause 700100']);
	});

	it('the record is that of one customer', async () => {
		const story = await tellStory(HIDDEN);
		await story.pause(HOT_DESK);
		expect(only(await story.pause(700101)).outcome).toBe('changed');
	});
});

describe('two executions at the same time', () => {
	it.each(['pause', 'resume'])('over the same 50 contracts: one %s each', async (operation) => {
		const story = await tellStory();
		const desks = operation === 'pause' ? FIFTY : FIFTY.map((desk) => ({ ...desk, ...PAUSED }));
		story.sandbox.addContracts('maria@example.test', desks);
		const parameters = { requestSettings: { concurrency: 8 } };
		const runs = await Promise.all(
			[1, 2].map(async () =>
				operation === 'pause'
					? await story.pause(EACH_ID, parameters, { items: itemsOf(FIFTY_IDS) })
					: await story.resume(
							EACH_ID,
							{ ...parameters, resumeWhen: 'immediately' },
							{ items: itemsOf(FIFTY_IDS) },
						),
			),
		);
		expect(story.sandbox.committed.filter(({ changedSomething }) => changedSomething)).toHaveLength(
			50,
		);
		expect(story.done()).toHaveLength(50);
		for (const id of [0, 1, 25, 49]) {
			const outcomes = runs.map(({ items }) => items[id]!.json.outcome);
			expect(outcomes.sort()).toEqual(['changed', 'unchanged']);
		}
		for (const { items, error } of runs) {
			expect(error).toBeUndefined();
			expect(items).toHaveLength(50);
		}
	});

	const PAUSED = { pauses: [{ fromCycle: -1, cycles: 3 }] };

	const HALVES = [FIFTY_IDS.slice(0, 8), FIFTY_IDS.slice(8, 16)];

	it('over the same limit share it: Nexudus throttles nobody', async () => {
		const limit = { requestsPerMinute: 30, writesPerMinute: 6 };
		const story = await tellStory({ throttle: limit });
		story.sandbox.addContracts('maria@example.test', FIFTY);
		await story.run({ operation: 'get', contractId: HOT_DESK, requestSettings: limit });
		const stop = new AbortController();
		const running = HALVES.map(
			async (ids) =>
				await story.pause(
					EACH_ID,
					{ requestSettings: limit },
					{ ...CONTINUE, items: itemsOf(ids), signal: stop.signal },
				),
		);
		// The sign-in counts as a write, so five are left of the first minute.
		await story.until(() => story.sandbox.committed.length >= 5);
		await new Promise((done) => setTimeout(done, 300));
		stop.abort();
		await Promise.all(running);
		expect(story.sandbox.requests.length).toBeLessThanOrEqual(30);
		expect(story.sandbox.requests.filter(({ throttled }) => throttled)).toEqual([]);
		expect(story.done()).toHaveLength(5);
	});

	it.each([409, 429] as const)(
		'that are throttled by %d all the same lose no item',
		async (status) => {
			const story = await tellStory();
			story.sandbox.addContracts('maria@example.test', FIFTY);
			const headers = { 'retry-after': '1' };
			for (const route of ['pause', 'list'] as const) {
				story.sandbox.faults.order({ route, skip: 1, times: 3, kind: 'status', status, headers });
			}
			const runs = await Promise.all(
				HALVES.map(async (ids) => await story.pause(EACH_ID, {}, { items: itemsOf(ids) })),
			);
			for (const { items } of runs) {
				expect(items.map(({ json }) => json.outcome)).toEqual(Array(8).fill('changed'));
			}
			expect(story.done()).toHaveLength(16);
			expect(story.sandbox.faults.pending()).toEqual([]);
		},
	);
});

it('a resume at the end is sent once, whatever the reading of the vendor', async () => {
	const story = await tellStory();
	await Promise.all([1, 2, 3].map(async () => await story.resume(PAUSED_NOW, {}, CONTINUE)));
	expect(story.done()).toEqual(['resumeAtEnd 700104']);
});
