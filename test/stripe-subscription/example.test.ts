import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWorkflow, type CredentialStore, type WorkflowJson } from '../../embedded-n8n';
import { StripeSubscription } from '../../packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription/StripeSubscription.node';
import { tellStory } from './story';

/** Where nothing listens. */
const NOBODY = 'http://127.0.0.1:9';
const FOLDER = join(__dirname, '../../packages/n8n-nodes-stripe-subscription/examples');

it.each(readdirSync(FOLDER))(
	'examples/%s resumes at the previewed amount, and no dearer',
	async (file) => {
		const workflow = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowJson;
		const { store, done } = await tellStory();
		const call = async (body: object, run = workflow) => await answerOf(run, store, body);

		expect(await call({ subscription: 'sub_paused', maxAmount: 100 })).toMatchObject({
			statusCode: 422,
			body: { outcome: 'planned', amountDue: 2_000, hint: expect.stringContaining('costs more') },
		});
		for (const maxAmount of [undefined, null, '5000', 'abc', {}]) {
			expect(await call({ subscription: 'sub_paused', maxAmount })).toMatchObject({
				statusCode: 422,
				body: { outcome: 'planned', hint: expect.stringContaining('maxAmount as a number') },
			});
		}
		const shown = { subscriptionId: 'sub_paused', amountDue: 2_000, prorationDate: 1_800_000_000 };
		for (const [preview, why] of [
			[{ ...shown, amountDue: null }, 'shows no amount'],
			[{ ...shown, prorationDate: null }, 'no proration date'],
		] as const) {
			expect(
				await call({ subscription: 'sub_paused', maxAmount: 5_000 }, previewing(workflow, preview)),
			).toMatchObject({
				statusCode: 422,
				body: { outcome: 'planned', hint: expect.stringContaining(why) },
			});
		}
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

it.each(readdirSync(FOLDER))('examples/%s answers 503 while Stripe is down', async (file) => {
	const workflow = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowJson;
	const { store } = await tellStory({ apiUrl: NOBODY });
	const body = { subscription: 'sub_paused', maxAmount: 5_000 };
	expect(await answerOf(workflow, store, body)).toMatchObject({
		statusCode: 503,
		body: { outcome: 'failed', message: expect.stringContaining('Stripe') },
	});
});

/** What the caller of the webhook gets. */
async function answerOf(workflow: WorkflowJson, credentialStore: CredentialStore, body: object) {
	const { responses, error } = await runWorkflow(workflow, {
		nodeTypes: { 'n8n-nodes-stripe-subscription.stripeSubscription': new StripeSubscription() },
		credentialStore,
		triggerItems: [{ json: { body: body as never } }],
		mode: 'webhook',
	});
	expect(error).toBeUndefined();
	return responses[0];
}

/** The workflow with this in place of what Stripe previews. */
function previewing(workflow: WorkflowJson, preview: object): WorkflowJson {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Preview Resume'
			? {
					...node,
					type: 'n8n-nodes-base.set',
					parameters: { mode: 'raw', jsonOutput: JSON.stringify(preview) },
				}
			: node,
	);
	return { ...workflow, nodes };
}
