import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWorkflow, type WorkflowJson } from '../../embedded-n8n';
import { StripeSubscription } from '../../packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription/StripeSubscription.node';
import { tellStory } from './story';

const FOLDER = join(__dirname, '../../packages/n8n-nodes-stripe-subscription/examples');

it.each(readdirSync(FOLDER))(
	'examples/%s resumes at the previewed amount, and no dearer',
	async (file) => {
		const workflow = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowJson;
		const { store, done } = await tellStory();
		const call = async (body: object) => {
			const { responses, error } = await runWorkflow(workflow, {
				nodeTypes: { 'n8n-nodes-stripe-subscription.stripeSubscription': new StripeSubscription() },
				credentialStore: store,
				triggerItems: [{ json: { body: body as never } }],
				mode: 'webhook',
			});
			expect(error).toBeUndefined();
			return responses[0];
		};

		expect(await call({ subscription: 'sub_paused', maxAmount: 100 })).toMatchObject({
			statusCode: 422,
			body: { outcome: 'planned', amountDue: 2_000 },
		});
		expect(done()).toEqual([]);
		expect(await call({ subscription: 'sub_paused', maxAmount: 5_000 })).toMatchObject({
			statusCode: 200,
			body: { outcome: 'changed', verified: true, status: 'active' },
		});
		expect(done()).toEqual(['resume sub_paused']);
		expect(await call({ subscription: 'sub_none', maxAmount: 5_000 })).toMatchObject({
			statusCode: 422,
			body: { outcome: 'refused' },
		});
	},
);
