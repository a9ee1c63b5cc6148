import type { IDataObject } from 'n8n-workflow';
import type { Readings } from '../../sandbox/vendor/readings';
import {
	CONTINUE,
	CREDENTIAL,
	EACH_ID,
	failure,
	HOT_DESK,
	itemsOf,
	only,
	PAUSED_NOW,
	tellStory,
	type Story,
} from './story';

const DAY = 86_400_000;
const DRY = { dryRun: true };
const ALL = [700100, 700101, 700102, 700103, 700104, 700105, 700106, 700107, 700108];

async function planOf(story: Story, contractId = HOT_DESK, parameters = {}): Promise<string> {
	return String(only(await story.pause(contractId, { ...DRY, ...parameters })).planId);
}

describe('the plan id', () => {
	it('is the one that the real run reports', async () => {
		const story = await tellStory();
		const planned = await planOf(story);
		expect(only(await story.pause(HOT_DESK)).planId).toBe(planned);
	});

	it('is the same for the same question, and another for another', async () => {
		const story = await tellStory();
		const id = await planOf(story);
		const same = [{}, { termsAccepted: false }, { options: { reason: 'x', requestedBy: 'y' } }];
		for (const parameters of [...same, { requestSettings: { timeout: 1234 } }]) {
			expect(await planOf(story, HOT_DESK, parameters)).toBe(id);
		}
		expect(await planOf(story, HOT_DESK, { pauseCycles: 2 })).not.toBe(id);
		expect(await planOf(story, 700101)).not.toBe(id);
	});

	it('tells resume now from resume at the end', async () => {
		const story = await tellStory();
		const plan = async (resumeWhen: string) =>
			only(await story.resume(PAUSED_NOW, { ...DRY, resumeWhen })).planId;
		expect(await plan('immediately')).not.toBe(await plan('endOfPausePeriod'));
	});

	const READINGS: Array<Partial<Readings>> = [
		{},
		{ listCarriesEligibility: false },
		{ listShape: 'Records' },
		{ listShape: 'array' },
		{ contractEnvelope: 'Resource' },
	];

	it.each(['pause', 'resume'])(
		'of a %s is the same from a single item, from many, and in every form of the answers',
		async (operation) => {
			const story = await tellStory();
			const wanted = { operation, ...DRY };
			const single = new Map<number, unknown>();
			for (const id of ALL) {
				single.set(id, only(await story.run({ ...wanted, contractId: id })).planId);
			}
			expect(new Set(single.values()).size).toBe(ALL.length);
			for (const readings of READINGS) {
				story.sandbox.setReadings(readings);
				const { items } = await story.run(
					{ ...wanted, contractId: EACH_ID },
					{ items: itemsOf(ALL) },
				);
				expect(items.map(({ json }) => json.planId)).toEqual([...single.values()]);
			}
		},
	);

	it('is the same with an access token of the same session as before', async () => {
		const story = await tellStory();
		await story.run({ operation: 'get', contractId: HOT_DESK });
		const stored = String(story.store.read(CREDENTIAL).sessionToken).slice(65);
		const plans: unknown[] = [];
		for (const accessToken of [stored, stored]) {
			story.store.save(CREDENTIAL, {
				portalUrl: story.sandbox.url,
				signInWith: 'accessToken',
				accessToken,
			});
			plans.push(await planOf(story));
		}
		expect(plans[0]).toBe(plans[1]);
	});

	it('is the same when a day has passed', async () => {
		const story = await tellStory();
		const id = await planOf(story);
		story.sandbox.clock.advance(DAY);
		expect(await planOf(story)).toBe(id);
		expect(only(await story.pause(HOT_DESK, { options: { expectedPlanId: id } })).outcome).toBe(
			'changed',
		);
	});
});

describe('Expected Plan ID', () => {
	const withPlan = async (story: Story, expectedPlanId: string, parameters = {}) =>
		await story.pause(HOT_DESK, { options: { expectedPlanId }, ...parameters }, CONTINUE);

	it('of the plan made now lets the write go', async () => {
		const story = await tellStory();
		const output = only(await withPlan(story, ` ${await planOf(story)} `));
		expect(output.outcome).toBe('changed');
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('is refused after a renewal, which it names', async () => {
		const story = await tellStory();
		const id = await planOf(story);
		story.sandbox.clock.advance(25 * DAY);
		expect(failure(await withPlan(story, id))).toMatchObject({
			code: 'planChanged',
			outcome: 'refused',
			description: expect.stringContaining('Changed since then: renewal date.'),
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('is refused when the terms are new, which it names', async () => {
		const story = await tellStory();
		const meta = only(await story.run({ operation: 'getPauseMeta', contractId: HOT_DESK }));
		const id = await planOf(story);
		story.sandbox.faults.order({
			route: 'meta',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...(meta.raw as IDataObject), TermsAndConditions: 'New terms' }),
		});
		expect(failure(await withPlan(story, id))).toMatchObject({
			code: 'planChanged',
			description: expect.stringContaining('Changed since then: terms.'),
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('is refused for other cycles, which it names', async () => {
		const story = await tellStory();
		const id = await planOf(story);
		expect(failure(await withPlan(story, id, { pauseCycles: 2 })).description).toContain(
			'Changed since then: pause cycles.',
		);
		expect(story.writesSent()).toEqual([]);
	});

	it.each(['nonsense', '0123456789ab', '0123456789ab-00'])(
		'%s is refused as one of another plan',
		async (id) => {
			const story = await tellStory();
			expect(failure(await withPlan(story, id))).toMatchObject({
				code: 'planChanged',
				description: expect.stringContaining('belongs to another plan'),
			});
			expect(story.writesSent()).toEqual([]);
		},
	);

	it('does not stand in the way where there is nothing to write', async () => {
		const story = await tellStory();
		const id = await planOf(story);
		await withPlan(story, id);
		expect(only(await withPlan(story, id))).toMatchObject({ outcome: 'unchanged' });
		expect(story.done()).toEqual(['pause 700100']);
	});
});
