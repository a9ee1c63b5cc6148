import type { INodeParameters } from 'n8n-workflow';
import { AUGUST, CONTINUE, failure, MADRID, tellOperatorStory } from './operatorStory';

/** An empty fixed value is refused by n8n itself. */
const NOTHING = "={{ '' }}";

const CREATE = { operation: 'create', contractId: MADRID, ...AUGUST };
const UPDATE = { operation: 'update', pausePeriodId: 3_000_001 };

const CASES: Array<[string, string, INodeParameters]> = [
	['no contract', 'Contract', { ...CREATE, contractId: NOTHING }],
	['a contract of no number', 'Contract', { ...CREATE, contractId: 'seven' }],
	['no first day', 'Pause From', { ...CREATE, pauseFrom: NOTHING }],
	['a first day that does not exist', 'Pause From', { ...CREATE, pauseFrom: '2027-02-30' }],
	['a month', 'Pause From', { ...CREATE, pauseFrom: '2027-08' }],
	['a time of day', 'Pause From', { ...CREATE, pauseFrom: '2027-08-01T10:00:00' }],
	['a point in time', 'Pause From', { ...CREATE, pauseFrom: '2027-08-01T00:00:00Z' }],
	['an offset', 'Pause Until', { ...CREATE, pauseUntil: '2027-09-01T00:00:00+02:00' }],
	['a Date', 'Pause Until', { ...CREATE, pauseUntil: '={{ new Date() }}' }],
	[
		'a DateTime in the day',
		'Pause Until',
		{ ...CREATE, pauseUntil: '={{ $now.plus({ years: 9, seconds: 1 }).set({ hour: 12 }) }}' },
	],
	['a day of nobody now alive', 'Pause From', { ...CREATE, pauseFrom: '0027-08-01' }],
	['no end', 'Pause Until', { ...CREATE, pauseUntil: '={{ $json.until }}' }],
	['an end that stands for none', 'Pause Until', { ...CREATE, pauseUntil: '9999-12-31' }],
	['an end before the start', 'Pause Until', { ...CREATE, pauseUntil: '2027-07-01' }],
	['an end on the start', 'Pause Until', { ...CREATE, pauseUntil: '2027-08-01' }],
	['an unknown choice', 'On Off-Cycle Date', { ...CREATE, onOffCycleDate: 'nearest' }],
	['an unknown option', 'If Already Paused', { ...CREATE, options: { ifAlreadyPaused: 'accept' } }],
	['no time zone', 'Time Zone', { ...CREATE, options: { timeZone: 'Madrid' } }],
	['a time zone that is a number', 'Time Zone', { ...CREATE, options: { timeZone: 2 } }],
	['long notes', 'Notes', { ...CREATE, options: { notes: 'x'.repeat(2_001) } }],
	['a long reason', 'Reason', { ...CREATE, options: { reason: 'x'.repeat(501) } }],
	['nothing to update', 'Update Fields', { ...UPDATE, updateFields: {} }],
	['an empty day', 'Pause From', { ...UPDATE, updateFields: { pauseFrom: '' } }],
	[
		'a day whose expression gives nothing',
		'Pause From',
		{ ...UPDATE, updateFields: { pauseFrom: '={{ $json.from }}', pauseUntil: '2027-10-01' } },
	],
	[
		'notes whose expression gives nothing',
		'Notes',
		{ ...UPDATE, updateFields: { notes: '={{ $json.notes }}', pauseUntil: '2027-10-01' } },
	],
	[
		'a plan whose expression gives nothing',
		'Expected Plan ID',
		{ ...CREATE, options: { expectedPlanId: '={{ $json.planId }}' } },
	],
	[
		'a plan whose expression gives blanks',
		'Expected Plan ID',
		{ ...CREATE, options: { expectedPlanId: "={{ ' ' }}" } },
	],
	[
		'no period',
		'Pause Period ID',
		{ ...UPDATE, pausePeriodId: NOTHING, updateFields: { notes: 'x' } },
	],
	['a negative period', 'Pause Period ID', { operation: 'delete', pausePeriodId: -5 }],
	['a fraction', 'Pause Period ID', { operation: 'get', pausePeriodId: 1.5 }],
	[
		'an unknown choice',
		'If Already Deleted',
		{ operation: 'delete', pausePeriodId: 5, options: { ifAlreadyDeleted: 'x' } },
	],
	['a limit of none', 'Limit', { operation: 'getAll', limit: 0 }],
	['an unknown state', 'Pause State', { operation: 'getAll', filters: { pauseState: 'none' } }],
	['an unknown contract', 'Contract', { operation: 'getAll', filters: { contractId: 'x' } }],
	['an unknown member', 'Coworker ID', { operation: 'getAll', filters: { coworkerId: 'x' } }],
	['an unknown day', 'Ends After', { operation: 'getAll', filters: { endsAfter: 'soon' } }],
	[
		'an unknown activity',
		'Active',
		{ resource: 'contract', operation: 'getAll', filters: { active: 'maybe' } },
	],
	[
		'an unknown member',
		'Coworker ID',
		{ resource: 'contract', operation: 'getAll', filters: { coworkerId: 'x' } },
	],
	...(
		[
			['pausePeriod', 'contractId', 'Contract ID'],
			['pausePeriod', 'coworkerId', 'Coworker ID'],
			['pausePeriod', 'endsAfter', 'Ends After'],
			['pausePeriod', 'pauseState', 'Pause State'],
			['contract', 'active', 'Active'],
			['contract', 'coworkerId', 'Coworker ID'],
			['contract', 'pricePlan', 'Price Plan'],
			['contract', 'pauseState', 'Pause State'],
		] as const
	).flatMap(([resource, name, field]) =>
		['={{ $json.slip }}', '={{ null }}'].map((value): (typeof CASES)[number] => [
			`a filter of ${resource}s whose expression gives nothing (${value})`,
			field,
			{ resource, operation: 'getAll', filters: { [name]: value } },
		]),
	),
];

it.each(CASES)('%s is a clear error about %s, and no request', async (_, field, parameters) => {
	const story = await tellOperatorStory();
	const { operation, ...rest } = parameters;
	const error = failure(await story.run(operation as string, rest, CONTINUE));
	expect(error).toMatchObject({ code: 'badInput', outcome: 'refused' });
	expect(error.message).toContain(`'${field}'`);
	expect(String(error.description)).toMatch(/\w{4}/);
	expect(story.sandbox.requests).toHaveLength(0);
});

it('of one item fails that item alone where the node goes on', async () => {
	const story = await tellOperatorStory();
	const items = [{ json: { day: 'x' } }, { json: { day: '2027-08-01' } }];
	const result = await story.create(
		MADRID,
		{ pauseFrom: '={{ $json.day }}' },
		{ ...CONTINUE, items },
	);
	expect(failure(result)).toMatchObject({ code: 'badInput' });
	expect(result.items[1].json).toMatchObject({ outcome: 'changed' });
});

it('an empty text is no filter, and no plan is asked of a dry run', async () => {
	const story = await tellOperatorStory();
	const all = await story.contracts({ filters: { pricePlan: NOTHING, coworkerId: NOTHING } });
	expect(all.items.length).toBeGreaterThan(10);
	const options = { expectedPlanId: '={{ $json.planId }}' };
	expect((await story.create(MADRID, { dryRun: true, options })).items[0].json).toMatchObject({
		outcome: 'planned',
		wouldDo: 'write',
	});
	// Added to the form and left as it was.
	await story.create(MADRID, { options: { expectedPlanId: '' } });
	expect(story.done()).toEqual([`createPeriod ${MADRID}`]);
});

it('as a customer there are no pause periods', async () => {
	const story = await tellOperatorStory();
	const result = await story.create(MADRID, { actAs: 'customer' });
	expect(result.error?.message).toContain("'Act As' must be Operator");
	expect(story.sandbox.requests).toHaveLength(0);
});
