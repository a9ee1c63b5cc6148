import type { IDataObject } from 'n8n-workflow';
import { CONTINUE, failure, HOT_DESK, MARIA, only, PAUSED_NOW, TOM, type Story } from '../story';
import { requests, tellOperatorStory } from './members';

const FOR_MARIA = { coworkerId: MARIA };
const DRY = { ...FOR_MARIA, dryRun: true };

async function planOf(story: Story, parameters = {}): Promise<string> {
	return String(only(await story.pause(HOT_DESK, { ...DRY, ...parameters })).planId);
}

describe('a dry run of an operator', () => {
	it('shows the plan, the request and who it is for, and writes nothing', async () => {
		const story = await tellOperatorStory();
		const output = only(await story.pause(HOT_DESK, DRY));
		expect(output).toMatchObject({
			outcome: 'planned',
			wouldDo: 'write',
			contractId: HOT_DESK,
			coworkerId: MARIA,
			request: { method: 'PUT', url: expect.stringContaining(story.sandbox.url) },
		});
		expect(story.writesSent()).toEqual([]);
	});
});

describe('the plan of an operator', () => {
	it('is the same in another run, by another operator, and in the real run', async () => {
		const story = await tellOperatorStory();
		const plan = await planOf(story);
		story.sandbox.addAdmins([
			{
				id: 95,
				email: 'pia@example.test',
				password: 'pias-own-word',
				fullName: 'Pia',
				roles: 'all',
			},
		]);
		const { adminUrl, portalUrl } = story.store.read('nexudusOperatorApi');
		story.store.save('nexudusOperatorApi', {
			adminUrl: adminUrl!,
			portalUrl: portalUrl!,
			email: 'pia@example.test',
			password: 'pias-own-word',
		});
		expect(await planOf(story)).toBe(plan);
		const given = { ...FOR_MARIA, options: { expectedPlanId: plan } };
		expect(only(await story.pause(HOT_DESK, given))).toMatchObject({
			outcome: 'changed',
			planId: plan,
			audit: { operator: 'pia@example.test' },
		});
	});

	it('holds no longer when somebody else has paused', async () => {
		const story = await tellOperatorStory();
		const plan = await planOf(story, { pauseCycles: 2 });
		story.sandbox.otherHand.pause(HOT_DESK, 1);
		const given = { ...FOR_MARIA, pauseCycles: 2, options: { expectedPlanId: plan } };
		const error = failure(await story.pause(HOT_DESK, given, CONTINUE));
		expect(error).toMatchObject({ outcome: 'refused', code: 'pausedDifferently' });
		expect(story.writesSent()).toEqual([]);
	});

	it('is one for this member alone', async () => {
		const story = await tellOperatorStory();
		const plan = await planOf(story);
		// The contract goes over to Tom.
		story.sandbox.addContracts('tom@example.test', [
			{ id: HOT_DESK, pricePlan: (await import('../../../sandbox/seeds/pricePlans')).hotDesk },
		]);
		const given = { coworkerId: TOM, options: { expectedPlanId: plan } };
		const error = failure(await story.pause(HOT_DESK, given, CONTINUE));
		expect(error).toMatchObject({ code: 'planChanged' });
		expect(error.description).toMatch(/Changed since then: account/);
		expect(story.writesSent()).toEqual([]);
	});

	it('is asked for where a model uses the node as a tool', async () => {
		const story = await tellOperatorStory();
		const result = await story.pause(HOT_DESK, FOR_MARIA, { asTool: true, items: [{ json: {} }] });
		expect(JSON.stringify(result.runData)).toMatch(/planRequired/);
		expect(story.writesSent()).toEqual([]);
	});
});

describe('a contract that is as wanted', () => {
	it('is left alone', async () => {
		const story = await tellOperatorStory();
		await story.pause(HOT_DESK, FOR_MARIA);
		expect(only(await story.pause(HOT_DESK, FOR_MARIA))).toMatchObject({
			outcome: 'unchanged',
			coworkerId: MARIA,
		});
		expect(story.done()).toHaveLength(1);
	});

	it('is refused where the workflow wants that', async () => {
		const story = await tellOperatorStory();
		const given = { ...FOR_MARIA, options: { ifAlreadyPaused: 'fail' } };
		const error = failure(await story.pause(PAUSED_NOW, given, CONTINUE));
		expect(error).toMatchObject({ code: 'alreadyPaused', outcome: 'refused' });
	});
});

it('a change that was sent and is not shown yet is not sent again by the member', async () => {
	const story = await tellOperatorStory({ readings: { scheduledPause: 'hidden' } });
	expect(only(await story.pause(HOT_DESK, FOR_MARIA))).toMatchObject({
		verification: 'notVisible',
	});
	const own = await story.pause(HOT_DESK, { actAs: 'customer' });
	expect(only(own)).toMatchObject({ outcome: 'unchanged', verification: 'notVisible' });
	expect(story.done()).toHaveLength(1);
});

it.each([
	['nothing', undefined],
	['an empty text', ''],
	['a word', 'maria'],
	['a fraction', 1.5],
	['zero', 0],
	['negative', -15001],
	['huge', 1e300],
	['beyond what numbers can tell apart', '9007199254740993'],
	['longer than any', '9'.repeat(40)],
	['true', true],
	['hexadecimal', '0x3a99'],
	['with an exponent', '15e3'],
	['a path', '15001/../1'],
	['a query', '15001&validForInMinutes=1'],
	['a list', [15001]],
	['an object', { id: 15001 }],
	['null', null],
])('a coworker that is %s is an error before anything is sent', async (_, coworker) => {
	const story = await tellOperatorStory();
	for (const operation of ['pause', 'resume', 'get', 'getPauseMeta', 'previewBookings']) {
		const result = await story.run(
			{
				operation,
				contractId: HOT_DESK,
				termsAccepted: true,
				coworkerId: '={{ $json.coworker }}',
			},
			{ ...CONTINUE, items: [{ json: { coworker: coworker as IDataObject } }] },
		);
		const error = failure(result);
		expect(error).toMatchObject({ code: 'badInput', outcome: 'refused' });
		expect(error.message).toMatch(/^'Coworker' must be the member's coworker ID/);
	}
	expect(story.sandbox.requests).toEqual([]);
});

it('one bad coworker among good ones stops none of them in Continue', async () => {
	const story = await tellOperatorStory();
	const items = [MARIA, 'nobody', MARIA].map((coworker) => ({ json: { coworker } }));
	const { items: output } = await story.run(
		{ operation: 'get', contractId: HOT_DESK, coworkerId: '={{ $json.coworker }}' },
		{ ...CONTINUE, items },
	);
	expect(output.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
	expect(requests(story, 'exchange')).toHaveLength(1);
});
