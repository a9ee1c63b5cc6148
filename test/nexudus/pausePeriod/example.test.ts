import { join } from 'node:path';
import { runWorkflow, type WorkflowJson } from '../../../embedded-n8n';
import { Nexudus } from '../../../embedded-n8n/nexudus';
import { readWorkflow } from '../../../start/example';
import { CHECKOUT } from '../../../start/package';
import { AUGUST, CANCELLED, ENDING, MADRID, ON_THE_31ST, tellOperatorStory } from './operatorStory';

const FILE = join(CHECKOUT, 'examples', 'freeze-price-plan.json');

interface Answer {
	written: boolean;
	paused: Array<{ contractId: number; outcome: string; from: string; until: string }>;
	notPaused: Array<{ contractId: number; why: string }>;
	notKnown: Array<{ contractId: number; why: string }>;
}

it('the example plans first, writes when told to, and only once', async () => {
	const story = await tellOperatorStory();
	const respond = async (more: object) => {
		const body = { pricePlan: 'Hot Desk Monthly', ...AUGUST, ...more };
		const { responses, error } = await runWorkflow(readWorkflow(FILE) as never as WorkflowJson, {
			nodeTypes: { 'n8n-nodes-nexudus.nexudus': new Nexudus() },
			credentialStore: story.store,
			triggerItems: [{ json: { body } }],
			mode: 'webhook',
		});
		expect(error).toBeUndefined();
		return responses[0];
	};
	const call = async (more: object): Promise<Answer> => {
		const { statusCode, body } = await respond(more);
		expect(statusCode).toBe(200);
		return body as never as Answer;
	};
	const ids = ({ paused }: Answer, outcome: string) =>
		paused.filter((one) => one.outcome === outcome).map(({ contractId }) => contractId);

	for (const [name, value] of [
		['pricePlan', undefined],
		['pricePlan', '  '],
		['pricePlan', null],
		['pauseFrom', ''],
		['pauseUntil', 20270901],
	] as const) {
		expect(await respond({ write: true, [name]: value })).toMatchObject({
			statusCode: 422,
			body: { written: false, missing: [name] },
		});
	}
	expect(await respond({ write: true, pricePlan: 'Hot Desk Montly' })).toMatchObject({
		statusCode: 404,
		body: { written: false, message: expect.stringContaining('Hot Desk Montly') },
	});
	expect(story.writesSent()).toEqual([]);

	const plan = await call({});
	expect(plan.written).toBe(false);
	expect(ids(plan, 'planned')).toContain(MADRID);
	expect(plan.paused[0]).toMatchObject({ from: '2027-08-01', until: '2027-09-01' });
	const wont = plan.notPaused.map(({ contractId }) => contractId);
	expect(wont).toEqual(expect.arrayContaining([ENDING, ON_THE_31ST]));
	expect(wont).not.toContain(CANCELLED);
	expect(plan.notPaused.find(({ contractId }) => contractId === ENDING)?.why).toContain('ends on');
	expect(story.writesSent()).toEqual([]);

	const done = await call({ write: true, reason: 'Summer' });
	expect(ids(done, 'changed')).toEqual(ids(plan, 'planned'));
	expect(done.notPaused).toEqual(plan.notPaused);
	expect(done.notKnown).toEqual([]);
	expect(ids(await call({ write: true }), 'unchanged')).toEqual(ids(done, 'changed'));
	expect(story.writesSent()).toHaveLength(done.paused.length);
});
