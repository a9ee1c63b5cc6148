import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HOT_DESK, NO_PAUSING, only, PAUSED_NOW, tellStory, type Story } from './story';

async function callTool(story: Story, parameters: INodeParameters, input: IDataObject = {}) {
	return await story.run(parameters, { asTool: true, items: [{ json: input as never }] });
}

const PAUSE: INodeParameters = {
	operation: 'pause',
	contractId: HOT_DESK,
	termsAccepted: true,
};

describe('the node as a tool of an agent', () => {
	it('refuses to write without a plan, and answers with the plan instead', async () => {
		const story = await tellStory();
		const output = only(await callTool(story, PAUSE));
		expect(output).toMatchObject({
			outcome: 'planned',
			changed: false,
			wouldDo: 'refuse',
			refusals: [
				{ code: 'planRequired', description: expect.stringContaining(String(output.planId)) },
			],
			expectedDates: { inferred: true },
			request: { method: 'PUT', body: { PauseCycles: 1 } },
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('writes with the plan that it was shown', async () => {
		const story = await tellStory();
		const { planId } = only(await callTool(story, PAUSE));
		const output = only(
			await callTool(story, { ...PAUSE, options: { expectedPlanId: planId as string } }),
		);
		expect(output.outcome).toBe('changed');
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('writes nothing with a plan that does not hold', async () => {
		const story = await tellStory();
		await callTool(story, { ...PAUSE, options: { expectedPlanId: 'made-up' } });
		expect(story.writesSent()).toEqual([]);
	});

	it('guards Resume in the same way', async () => {
		const story = await tellStory();
		const resume = { operation: 'resume', contractId: PAUSED_NOW, resumeWhen: 'immediately' };
		expect(only(await callTool(story, resume))).toMatchObject({ outcome: 'planned' });
		expect(story.writesSent()).toEqual([]);
	});

	it('says unchanged and refused as always', async () => {
		const story = await tellStory();
		const paused = { ...PAUSE, contractId: PAUSED_NOW, pauseCycles: 3 };
		expect(only(await callTool(story, paused)).outcome).toBe('unchanged');
		const refused = await callTool(story, { ...PAUSE, contractId: NO_PAUSING });
		expect(JSON.stringify(refused.runData)).toContain('cannot be paused now');
		expect(story.writesSent()).toEqual([]);
	});

	it('reads without a plan', async () => {
		const story = await tellStory();
		const get = { operation: 'get', contractId: HOT_DESK };
		expect(only(await callTool(story, get)).contractId).toBe(HOT_DESK);
	});
});

describe('Allow Tool to Write Without Plan', () => {
	it('as a fixed value lets the tool write', async () => {
		const story = await tellStory();
		const allowed = { ...PAUSE, options: { toolMayWriteWithoutPlan: true } };
		expect(only(await callTool(story, allowed)).outcome).toBe('changed');
	});

	it.each([
		'={{ true }}',
		'={{ $json.allow }}',
		"={{ $fromAI('allow', '', 'boolean') }}",
		'true',
		1,
	])('as %s, which a model could fill, does not', async (toolMayWriteWithoutPlan) => {
		const story = await tellStory();
		await callTool(story, { ...PAUSE, options: { toolMayWriteWithoutPlan } }, { allow: true });
		expect(story.writesSent()).toEqual([]);
	});

	it('as an expression for all options does not either', async () => {
		const story = await tellStory();
		const options = '={{ ({ toolMayWriteWithoutPlan: true }) }}';
		await callTool(story, { ...PAUSE, options });
		expect(story.writesSent()).toEqual([]);
	});

	it('means nothing outside a tool', async () => {
		const story = await tellStory();
		expect(only(await story.pause(HOT_DESK)).outcome).toBe('changed');
	});
});
