import type { IDataObject } from 'n8n-workflow';
import { CONTINUE, EACH_ID, failure, itemsOf, only, tellStory } from './story';

const LATER = '2030-03-01T00:00:00+01:00';
const LATER_UTC = '2030-02-28T23:00:00.000Z';

describe('pause', () => {
	it('puts out the record that all systems share', async () => {
		const story = await tellStory();
		const { before, after, audit, planId, ...rest } = only(await story.pause('sub_abc123'));
		expect(rest).toEqual({
			system: 'paychtec',
			id: 'sub_abc123',
			subscriptionId: 'sub_abc123',
			operation: 'pause',
			outcome: 'changed',
			changed: true,
			verified: true,
			verification: 'confirmed',
			sameAsAsked: true,
			request: {
				method: 'POST',
				url: `${story.sandbox.url}/subscriptions/sub_abc123/pause`,
				body: { pause_option: 'immediately' },
			},
			attempts: 1,
		});
		expect(before).toMatchObject({ state: 'none', status: 'active' });
		expect(after).toMatchObject({ state: 'active', status: 'paused' });
		expect(planId).toMatch(/^[0-9a-f]{12}-[0-9a-f]+$/);
		expect(audit).toMatchObject({ attempts: [{ class: 'ok', status: 200 }] });
		expect(story.done()).toEqual(['pause sub_abc123']);
	});

	it('changes nothing where the subscription is paused', async () => {
		const story = await tellStory();
		expect(only(await story.pause('sub_paused'))).toMatchObject({
			outcome: 'unchanged',
			verified: true,
			sameAsAsked: true,
			attempts: 0,
		});
		const strict = await story.pause(
			'sub_paused',
			{ options: { ifAlreadyPaused: 'fail' } },
			CONTINUE,
		);
		expect(failure(strict)).toMatchObject({ outcome: 'refused', code: 'alreadyPaused' });
		expect(story.keys()).toEqual([]);
	});

	it('refuses what has ended, without sending', async () => {
		const story = await tellStory();
		const result = await story.pause('sub_cancelled', {}, CONTINUE);
		expect(failure(result)).toMatchObject({ outcome: 'refused', code: 'ended', attempts: 0 });
		expect(story.keys()).toEqual([]);
	});

	it('passes on what the vendor says of a status that only it can judge', async () => {
		const story = await tellStory();
		const result = await story.pause('sub_unpaid', {}, CONTINUE);
		expect(failure(result)).toMatchObject({
			outcome: 'refused',
			code: 'IR_16',
			message: 'Paychtec refused the request: Subscription cannot be paused in status unpaid',
		});
	});

	it.each([
		['end_of_term', {}, { pause_option: 'end_of_term' }],
		['specific_date', { pause_at: LATER }, { pause_option: 'specific_date', pause_at: LATER_UTC }],
	])('for later (%s) is accepted, and not said to be seen', async (pause_option, more, body) => {
		const story = await tellStory();
		const result = await story.pause('sub_abc123', { pause_option, ...more });
		expect(only(result)).toMatchObject({
			outcome: 'changed',
			verified: false,
			verification: 'notVisible',
			sameAsAsked: null,
			request: { body },
		});
		expect(only(await story.pause('sub_abc123', { pause_option, ...more }))).toMatchObject({
			outcome: 'unchanged',
			verification: 'notVisible',
		});
		expect(story.done()).toEqual(['pause sub_abc123']);
	});

	it('shows the vendor’s text where it refuses the date, and writes it otherwise when told to', async () => {
		const story = await tellStory({ readings: { dates: 'withoutZone' } });
		const given = { pause_option: 'specific_date', pause_at: LATER };
		expect(failure(await story.pause('sub_abc123', given, CONTINUE))).toMatchObject({
			outcome: 'refused',
			message: expect.stringContaining('pause_at: unexpected trailing characters'),
			description: expect.stringContaining("'Write Date As'"),
		});
		const other = await story.pause('sub_abc123', { ...given, writeDateAs: 'withoutZone' });
		expect(only(other)).toMatchObject({ request: { body: { pause_at: '2030-02-28T23:00:00' } } });
	});

	it('refuses a date that has passed', async () => {
		const story = await tellStory();
		const given = { pause_option: 'specific_date', pause_at: '2020-01-01T00:00:00Z' };
		const result = await story.pause('sub_abc123', given, CONTINUE);
		expect(failure(result)).toMatchObject({ code: 'datePassed', attempts: 0 });
	});
});

describe('resume', () => {
	it('sends what the form says and sees the subscription active', async () => {
		const story = await tellStory();
		const output = only(
			await story.resume('sub_paused', {
				charges_handling: 'add_to_unbilled_charges',
				unpaid_invoices_handling: 'schedule_payment_collection',
			}),
		);
		expect(output).toMatchObject({
			outcome: 'changed',
			verified: true,
			sameAsAsked: true,
			after: { state: 'none', status: 'active' },
			request: {
				body: {
					resume_option: 'immediately',
					charges_handling: 'add_to_unbilled_charges',
					unpaid_invoices_handling: 'schedule_payment_collection',
				},
			},
		});
	});

	it('for later stays paused and is not said to be seen', async () => {
		const story = await tellStory();
		const given = { resume_option: 'specific_date', resume_date: LATER };
		expect(only(await story.resume('sub_paused', given))).toMatchObject({
			outcome: 'changed',
			verification: 'notVisible',
			request: { body: { resume_option: 'specific_date', resume_date: LATER_UTC } },
		});
		expect(story.sandbox.subscription('sub_paused').scheduled).toMatchObject({
			operation: 'resume',
		});
	});

	it('changes nothing where the subscription is not paused', async () => {
		const story = await tellStory();
		expect(only(await story.resume('sub_abc123'))).toMatchObject({ outcome: 'unchanged' });
		const strict = await story.resume('sub_abc123', { options: { ifNotPaused: 'fail' } }, CONTINUE);
		expect(failure(strict)).toMatchObject({ outcome: 'refused', code: 'notPaused' });
		expect(story.keys()).toEqual([]);
	});
});

describe('get', () => {
	it('shows a subscription, simplified or as it came, without the client secret', async () => {
		const story = await tellStory();
		const get = async (simplify: boolean) =>
			only(await story.run({ operation: 'get', subscriptionId: 'sub_paused', simplify }));
		expect(await get(true)).toMatchObject({
			subscriptionId: 'sub_paused',
			state: 'active',
			status: 'paused',
			customerId: 'cust_123456789',
		});
		const raw = await get(false);
		expect(raw).toMatchObject({ id: 'sub_paused', merchant_reference_id: 'ref_sub_paused' });
		expect(raw).not.toHaveProperty('client_secret');
	});

	it('says that a subscription is not known', async () => {
		const story = await tellStory();
		const result = await story.run({ operation: 'get', subscriptionId: 'sub_none' }, CONTINUE);
		expect(failure(result)).toMatchObject({
			code: 'HE_02',
			message: 'Paychtec does not know this subscription',
			subscriptionId: 'sub_none',
		});
	});
});

describe('guards', () => {
	it('a dry run sends nothing, and its plan id opens the same plan only', async () => {
		const story = await tellStory();
		const planned = only(await story.pause('sub_abc123', { dryRun: true }));
		expect(planned).toMatchObject({ outcome: 'planned', wouldDo: 'write', refusals: [] });
		const options = { expectedPlanId: planned.planId as string };
		const other = await story.resume('sub_paused', { options }, CONTINUE);
		expect(failure(other)).toMatchObject({ code: 'planChanged' });
		expect(only(await story.pause('sub_abc123', { options }))).toMatchObject({
			outcome: 'changed',
		});
		expect(story.done()).toEqual(['pause sub_abc123']);
	});

	it('a date written otherwise is another request: another plan, another idempotency key', async () => {
		const story = await tellStory();
		const given = { pause_option: 'specific_date', pause_at: LATER, dryRun: true };
		const planOf = async (writeDateAs: string) =>
			only(await story.pause('sub_abc123', { ...given, writeDateAs })).planId;
		expect(await planOf('withoutZone')).not.toBe(await planOf('utc'));
	});

	it('a tool call without a plan answers with the plan', async () => {
		const story = await tellStory();
		const result = await story.pause('sub_abc123', {}, { asTool: true });
		expect(JSON.stringify(result.runData)).toContain('planRequired');
		expect(story.done()).toEqual([]);
	});

	it('many items share the run, each with its own outcome', async () => {
		const story = await tellStory();
		const ids = ['sub_many_1', 'sub_none', 'sub_many_2', 'sub_many_1', '../x'];
		const { items } = await story.pause(EACH_ID, {}, { ...CONTINUE, items: itemsOf(ids) });
		const outcomes = items.map(({ json }) => json.outcome ?? (json.error as IDataObject).outcome);
		expect(outcomes).toEqual(['changed', 'refused', 'changed', 'unchanged', 'refused']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect(story.done().sort()).toEqual(['pause sub_many_1', 'pause sub_many_2']);
	});
});

describe('input that cannot be used sends nothing', () => {
	const ids = [
		'',
		' ',
		7,
		null,
		true,
		['sub_a'],
		{ id: 'sub_a' },
		'sub_a/pause',
		'../x',
		'sub%2Fa',
		'süb',
		'a'.repeat(65),
		'sub_a?x=1',
		'sub a',
	];
	it.each(ids.map((id) => [id]))('id %p', async (id) => {
		const story = await tellStory();
		const result = await story.pause(EACH_ID, {}, { ...CONTINUE, items: itemsOf([id]) });
		expect(failure(result)).toMatchObject({ code: 'badInput', outcome: 'refused' });
		expect(story.sandbox.requests).toEqual([]);
	});

	const parameters = [
		{ operation: 'pause', pause_option: 'soon' },
		{ operation: 'pause', pause_option: 'specific_date', pause_at: '={{ "" }}' },
		{ operation: 'pause', pause_option: 'specific_date', pause_at: '2030-02-30' },
		{ operation: 'pause', pause_option: 'specific_date', pause_at: 'tomorrow' },
		{ operation: 'resume', resume_option: 'end_of_term' },
		{ operation: 'resume', resume_option: 'specific_date', resume_date: '01.03.2030' },
		{ operation: 'resume', charges_handling: 'free' },
		{ operation: 'resume', unpaid_invoices_handling: 'forget' },
		{ operation: 'resume', options: { ifNotPaused: 'perhaps' } },
		{ operation: 'pause', requestSettings: { timeout: -1 } },
	];
	it.each(parameters.map((one) => [one]))('%j', async (given) => {
		const story = await tellStory();
		const result = await story.run({ subscriptionId: 'sub_abc123', ...given }, CONTINUE);
		expect(failure(result)).toMatchObject({ code: 'badInput' });
		expect(story.sandbox.requests).toEqual([]);
	});
});
