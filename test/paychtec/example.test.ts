import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runWorkflow, type WorkflowJson } from '../../embedded-n8n';
import { tellStory } from './story';

const FOLDER = resolve(__dirname, '../../packages/n8n-nodes-paychtec/examples');

describe.each(readdirSync(FOLDER))('examples/%s', (file) => {
	const workflow = JSON.parse(readFileSync(resolve(FOLDER, file), 'utf8')) as WorkflowJson;

	it('runs to its end and changes what it says', async () => {
		const { sandbox, node, store } = await tellStory();
		const nodeTypes = { 'n8n-nodes-paychtec.paychtec': node };
		const { error, outputs } = await runWorkflow(workflow, { nodeTypes, credentialStore: store });
		expect(error).toBeUndefined();
		expect(outputs[0]![0]!.json).toMatchObject({ outcome: 'changed', verified: true });
		expect(sandbox.committed).toMatchObject([{ operation: 'resume', subscription: 'sub_paused' }]);
	});
});
