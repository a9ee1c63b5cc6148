import { join } from 'node:path';
import { runWorkflow, type WorkflowJson } from '../../embedded-n8n';
import { Nexudus } from '../../embedded-n8n/nexudus';
import { readWorkflow } from '../../start/example';
import { CHECKOUT } from '../../start/package';
import type { WorkflowNode } from '../../start/rest';
import { HOT_DESK, tellStory } from './story';

const FORM = readWorkflow(join(CHECKOUT, 'examples', 'member-pause-form.json'));

/** What a member answers on each page. */
const ANSWERS: Record<string, object> = {
	Choose: {
		Contract: `Desk (contract 1) of Maria (contract ${HOT_DESK})`,
		'Billing cycles': 1,
	},
	Terms: { 'I have read and accept the terms': 'Yes' },
	Confirm: { 'Pause the contract': 'Yes' },
};

/** The form with answers in place of its pages, and the last page as data. */
function answered(more: Record<string, object> = {}): WorkflowJson {
	const answers = { ...ANSWERS, ...more };
	const set = (node: WorkflowNode, parameters: object) => ({
		...node,
		type: 'n8n-nodes-base.set',
		parameters,
	});
	const nodes = FORM.nodes.map((node) => {
		if (node.type === 'n8n-nodes-base.formTrigger') {
			return { ...node, type: 'n8n-nodes-base.manualTrigger' };
		}
		if (answers[node.name] !== undefined) {
			return set(node, { mode: 'raw', jsonOutput: JSON.stringify(answers[node.name]) });
		}
		if (node.type !== 'n8n-nodes-base.form') return node;
		const { completionTitle: title, completionMessage: text } = node.parameters;
		const assignments = Object.entries({ title, text }).map(([name, value]) => ({ name, value }));
		return set(node, { mode: 'manual', assignments: { assignments } });
	});
	return { ...FORM, nodes } as never;
}

it('the form pauses once, says so when asked again, and not under other terms', async () => {
	const story = await tellStory();
	const lastPage = async (form: WorkflowJson) => {
		const { outputs, error } = await runWorkflow(form, {
			nodeTypes: { 'n8n-nodes-nexudus.nexudus': new Nexudus() },
			credentialStore: story.store,
		});
		expect(error).toBeUndefined();
		return outputs[0][0].json;
	};

	expect(await lastPage(answered({ 'Pause Meta': { termsSha256: 'of other terms' } }))).toEqual({
		title: 'The contract was not paused',
		text: expect.stringContaining('The terms are not those you have read'),
	});
	expect(story.sandbox.committed).toEqual([]);
	expect(await lastPage(answered())).toMatchObject({ title: 'The contract is paused' });
	expect(story.sandbox.committed).toHaveLength(1);
	expect(await lastPage(answered())).toEqual({
		title: 'The contract is paused already',
		text: expect.stringContaining('Nothing was changed'),
	});
	expect(story.sandbox.committed).toHaveLength(1);
});
