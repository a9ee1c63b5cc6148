import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runWorkflow, type WorkflowJson } from '../../embedded-n8n';
import { Nexudus } from '../../embedded-n8n/nexudus';
import { EXAMPLE_BODY } from '../../start/example';
import { HOT_DESK, tellStory, TOMS_HOT_DESK, type Story } from '../nexudus/story';
import { fences, textOf } from './documents';

const PAUSE_THEM = 'Create Pause Periods';
const [workflow, planned, changed] = fences('docs/operators.md').map(
	({ text }) => JSON.parse(text) as IDataObject,
) as [IDataObject & WorkflowJson, IDataObject, IDataObject];

/** A record without what differs from day to day. */
const timeless = (record: unknown) =>
	JSON.parse(
		JSON.stringify(record)
			.replace(/\d{4}-\d\d-\d\d/g, 'DAY')
			.replace(/T\d\d:00:00/g, 'T')
			.replace(/"(planId)":"[\da-f]{12}-[\da-f]+"/g, '"$1":"ID"')
			.replace(/"(pausePeriodId)":3\d{6}/g, '"$1":"ID"'),
	) as IDataObject;

/** The workflow as it is on the page, or with another value of the step that pauses. */
async function execute(story: Story, more: IDataObject = {}): Promise<IDataObject[]> {
	const nodes = workflow.nodes.map((node) =>
		node.name === PAUSE_THEM ? { ...node, parameters: { ...node.parameters, ...more } } : node,
	) as WorkflowJson['nodes'];
	const { runData, error } = await runWorkflow(
		{ ...workflow, nodes },
		{
			nodeTypes: { 'n8n-nodes-nexudus.nexudus': new Nexudus() },
			credentialStore: story.store,
			triggerItems: [{ json: {} }],
			mode: 'manual',
		},
	);
	expect(error).toBeUndefined();
	const items = runData[PAUSE_THEM]![0]!.data!.main[0] as INodeExecutionData[];
	return items.map(({ json }) => json);
}

describe('the way of an operator', () => {
	it('can be followed to its end', async () => {
		const story = await tellStory({ operator: {} });
		const { sandbox } = story;
		// `npm start` has paused one of the two before the reader arrives.
		const { contractId, pauseCycles } = EXAMPLE_BODY;
		await story.pause(contractId, { actAs: 'customer', pauseCycles });
		const sent = () =>
			sandbox.requests
				.map(({ kind }) => kind)
				.filter((kind) => ['createPeriod', 'deletePeriod'].includes(kind));
		const periods = (id: number) => sandbox.pausesOf(id).length;
		const had = [HOT_DESK, TOMS_HOT_DESK].map(periods);

		const plans = await execute(story);
		expect(plans.map((item) => item.contractId)).toEqual([HOT_DESK, TOMS_HOT_DESK]);
		expect(timeless(plans[1])).toMatchObject(timeless(planned));
		expect(sent()).toEqual([]);

		const done = await execute(story, { dryRun: false });
		expect(done.map(({ outcome }) => outcome)).toEqual(['changed', 'changed']);
		expect(timeless(done[1])).toMatchObject(timeless(changed));
		expect(sent()).toEqual(['createPeriod', 'createPeriod']);
		expect([HOT_DESK, TOMS_HOT_DESK].map(periods)).toEqual(had.map((count) => count + 1));

		const again = await execute(story, { dryRun: false });
		expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
		expect(sent()).toEqual(['createPeriod', 'createPeriod']);

		expect(textOf('docs/operators.md')).toContain('`{{ $json.pausePeriodId }}`');
		for (const { pausePeriodId } of again) {
			const parameters = { resource: 'pausePeriod', operation: 'delete', pausePeriodId };
			await story.run(parameters as never);
		}
		expect([HOT_DESK, TOMS_HOT_DESK].map(periods)).toEqual(had);
	});
});
