import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runWorkflow, type WorkflowJson } from '../../embedded-n8n';
import { tellStory, type Story } from './story';

/** Where nothing listens. */
const NOBODY = 'http://127.0.0.1:9';
const FOLDER = resolve(__dirname, '../../packages/n8n-nodes-paychtec/examples');

describe.each(readdirSync(FOLDER))('examples/%s', (file) => {
	const workflow = JSON.parse(readFileSync(resolve(FOLDER, file), 'utf8')) as WorkflowJson;

	const caller =
		({ node, store }: Story) =>
		async (subscriptionId: string) => {
			const { error, responses } = await runWorkflow(workflow, {
				nodeTypes: { 'n8n-nodes-paychtec.paychtec': node },
				credentialStore: store,
				triggerItems: [{ json: { body: { subscriptionId } } }],
				mode: 'webhook',
			});
			expect(error).toBeUndefined();
			return responses[0];
		};

	it('resumes once by its plan, then finds nothing to resume, and says why it cannot', async () => {
		const story = await tellStory();
		const { done } = story;
		const call = caller(story);
		expect(await call('sub_paused')).toMatchObject({
			statusCode: 200,
			body: { outcome: 'changed', verified: true, status: 'active' },
		});
		expect(await call('sub_paused')).toMatchObject({ body: { outcome: 'unchanged' } });
		expect(await call('sub_none')).toMatchObject({
			statusCode: 422,
			body: { outcome: 'refused', subscriptionId: 'sub_none' },
		});
		expect(done()).toEqual(['resume sub_paused']);
	});

	it('answers 503 while Paychtec is down', async () => {
		const story = await tellStory({ credential: { baseUrl: NOBODY } });
		expect(await caller(story)('sub_paused')).toMatchObject({
			statusCode: 503,
			body: { outcome: 'failed', message: expect.stringContaining('Paychtec') },
		});
	});
});
