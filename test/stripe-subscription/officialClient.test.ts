import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { INodeParameters } from 'n8n-workflow';
import StripeDahlia from 'stripe-dahlia';
import StripeEndive from 'stripe-endive';
import { nestedFields } from '../../packages/n8n-nodes-stripe-subscription/sandbox/formFields';
import { DAHLIA, ENDIVE, tellStory, type Story } from './story';

/**
 * Stripe's own clients send the same calls to the same stand-in: what they send must be what the
 * node sends, and they must understand what the stand-in answers.
 */
const bodies = JSON.parse(readFileSync(join(__dirname, 'openapi/bodies.json'), 'utf8')) as Record<
	string,
	Record<string, object>
>;
const ajv = new Ajv({ coerceTypes: true, formats: { 'unix-time': true } });

const AT = 1_900_000_000;

const options = (url: string) => {
	const { hostname, port } = new URL(url);
	return { host: hostname, port: Number(port), protocol: 'http' as const };
};

interface Call {
	name: string;
	operation: string;
	subscription: string;
	parameters: INodeParameters;
	/** The body in the published description. */
	body: string;
	endive?: (client: StripeEndive, id: string) => Promise<{ object: string }>;
	dahlia?: (client: StripeDahlia, id: string) => Promise<{ object: string }>;
}

const calls: Call[] = [
	{
		name: 'pause',
		operation: 'pause',
		subscription: 'sub_active',
		parameters: {},
		body: 'pause',
		endive: (stripe, id) =>
			stripe.subscriptions.pause(id, {
				type: 'subscription',
				invoicing_behavior: 'pending_invoice_item',
			}),
	},
	{
		name: 'pause, billed and invoiced',
		operation: 'pause',
		subscription: 'sub_active',
		parameters: {
			invoicing_behavior: 'invoice',
			bill_for: {
				outstanding_usage_through: 'none',
				unused_time_from: 'item_current_period_start',
			},
		},
		body: 'pause',
		endive: (stripe, id) =>
			stripe.subscriptions.pause(id, {
				type: 'subscription',
				invoicing_behavior: 'invoice',
				bill_for: {
					outstanding_usage_through: { type: 'none' },
					unused_time_from: { type: 'item_current_period_start' },
				},
			}),
	},
	{
		name: 'resume',
		operation: 'resume',
		subscription: 'sub_paused',
		parameters: {},
		body: 'resume',
		endive: (stripe, id) =>
			stripe.subscriptions.resume(id, {
				billing_cycle_anchor: { type: 'now' },
				payment_behavior: 'resume_on_payment_attempt',
			}),
		dahlia: (stripe, id) => stripe.subscriptions.resume(id, { billing_cycle_anchor: 'now' }),
	},
	{
		name: 'resume with everything',
		operation: 'resume',
		subscription: 'sub_paused',
		parameters: {
			billing_cycle_anchor: 'unchanged',
			proration_behavior: 'always_invoice',
			proration_date: AT,
			expand: 'customer, latest_invoice',
		},
		body: 'resume',
		endive: (stripe, id) =>
			stripe.subscriptions.resume(id, {
				billing_cycle_anchor: { type: 'unchanged' },
				proration_behavior: 'always_invoice',
				proration_date: AT,
				payment_behavior: 'resume_on_payment_attempt',
				expand: ['customer', 'latest_invoice'],
			}),
		dahlia: (stripe, id) =>
			stripe.subscriptions.resume(id, {
				billing_cycle_anchor: 'unchanged',
				proration_behavior: 'always_invoice',
				proration_date: AT,
				expand: ['customer', 'latest_invoice'],
			}),
	},
	{
		name: 'resume on payment success',
		operation: 'resume',
		subscription: 'sub_paused',
		parameters: { payment_behavior: 'resume_on_payment_success' },
		body: 'resume',
		endive: (stripe, id) =>
			stripe.subscriptions.resume(id, {
				billing_cycle_anchor: { type: 'now' },
				payment_behavior: 'resume_on_payment_success',
			}),
	},
	{
		name: 'resume where only collection is paused',
		operation: 'resume',
		subscription: 'sub_collectionpaused',
		parameters: {},
		body: 'update',
		endive: (stripe, id) => stripe.subscriptions.update(id, { pause_collection: '' }),
		dahlia: (stripe, id) => stripe.subscriptions.update(id, { pause_collection: '' }),
	},
	{
		name: 'pause of collection',
		operation: 'pauseCollection',
		subscription: 'sub_active',
		parameters: { behavior: 'void', resumes_at: new Date(AT * 1000).toISOString() },
		body: 'update',
		endive: (stripe, id) =>
			stripe.subscriptions.update(id, {
				pause_collection: { behavior: 'void', resumes_at: AT },
			}),
		dahlia: (stripe, id) =>
			stripe.subscriptions.update(id, {
				pause_collection: { behavior: 'void', resumes_at: AT },
			}),
	},
	{
		name: 'resume of collection',
		operation: 'resumeCollection',
		subscription: 'sub_collectionpaused',
		parameters: {},
		body: 'update',
		endive: (stripe, id) => stripe.subscriptions.update(id, { pause_collection: '' }),
		dahlia: (stripe, id) => stripe.subscriptions.update(id, { pause_collection: '' }),
	},
	{
		name: 'preview of a resume',
		operation: 'previewResume',
		subscription: 'sub_paused',
		parameters: { billing_cycle_anchor: 'unchanged', proration_behavior: 'always_invoice' },
		body: 'preview',
		endive: (stripe, subscription) =>
			stripe.invoices.createPreview({
				subscription,
				subscription_details: {
					resume_at: 'now',
					billing_cycle_anchor: { type: 'unchanged' },
					proration_behavior: 'always_invoice',
				},
			}),
		dahlia: (stripe, subscription) =>
			stripe.invoices.createPreview({
				subscription,
				subscription_details: {
					resume_at: 'now',
					billing_cycle_anchor: 'unchanged',
					proration_behavior: 'always_invoice',
				},
			}),
	},
];

function sent({ sandbox }: Story) {
	const post = sandbox.requests.filter(({ method }) => method === 'POST').at(-1);
	const { method, path, version, fields, contentType, status, key } = post!;
	expect(status).toBe(200);
	expect(key).toMatch(/^.{8,255}$/);
	return { method, path, version, fields, contentType: contentType?.split(';')[0] };
}

const generations = [
	{
		name: 'endive',
		version: ENDIVE,
		call: async (call: Call, { sandbox }: Story) =>
			await call.endive!(
				new StripeEndive(sandbox.secretKey, options(sandbox.url)),
				call.subscription,
			),
	},
	{
		name: 'endive',
		version: '2026-09-30.endive',
		call: async (call: Call, { sandbox }: Story) =>
			await call.endive!(
				new StripeEndive(sandbox.secretKey, {
					...options(sandbox.url),
					apiVersion: '2026-09-30.endive' as never,
				}),
				call.subscription,
			),
	},
	{
		name: 'dahlia',
		version: DAHLIA,
		call: async (call: Call, { sandbox }: Story) =>
			await call.dahlia!(
				new StripeDahlia(sandbox.secretKey, options(sandbox.url)),
				call.subscription,
			),
	},
] as const;

describe.each(generations)("Stripe's client, version $version", ({ name, version, call }) => {
	it.each(calls.filter((one) => one[name] !== undefined))(
		'sends what the node sends: $name',
		async (one) => {
			const ours = await tellStory({ apiVersion: version });
			await ours.run(one.operation, one.subscription, one.parameters);
			const theirs = await tellStory();
			const answer = await call(one, theirs);

			expect(sent(ours)).toEqual(sent(theirs));
			expect(sent(ours).version).toBe(version);
			expect(ours.done()).toEqual(theirs.done());
			expect(answer.object).toBe(one.body === 'preview' ? 'invoice' : 'subscription');

			const valid = ajv.compile(bodies[name][one.body]);
			const body = nestedFields(sent(ours).fields);
			expect(valid(body) ? null : valid.errors).toBeNull();
		},
	);
});

describe("Stripe's client understands the stand-in", () => {
	const client = ({ sandbox }: Story, key = sandbox.secretKey) =>
		new StripeEndive(key, options(sandbox.url));

	it('reads a subscription with why it is paused', async () => {
		const subscription = await client(await tellStory()).subscriptions.retrieve('sub_cardfails', {
			expand: ['latest_invoice'],
		});
		expect(subscription.status).toBe('paused');
		expect(subscription.status_details?.paused.subscription?.type).toBe('final_payment_failure');
	});

	it.each([
		['an unknown subscription', 'sub_none', StripeEndive.errors.StripeInvalidRequestError, 404],
		['one that is not paused', 'sub_active', StripeEndive.errors.StripeInvalidRequestError, 400],
	])('throws for %s', async (_, id, type, status) => {
		const error = await client(await tellStory())
			.subscriptions.resume(id)
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(type);
		expect(error).toMatchObject({ statusCode: status, requestId: 'req_1' });
	});

	it('throws for a wrong key', async () => {
		const error = await client(await tellStory(), 'sk_test_wrong')
			.subscriptions.retrieve('sub_active')
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(StripeEndive.errors.StripeAuthenticationError);
	});

	it('throws for a key that comes with other fields', async () => {
		const stripe = client(await tellStory());
		const key = { idempotencyKey: 'same' };
		await stripe.subscriptions.pause('sub_active', { type: 'subscription' }, key);
		const again = await stripe.subscriptions.pause('sub_active', { type: 'subscription' }, key);
		expect(again.status).toBe('paused');
		const error = await stripe.subscriptions
			.pause('sub_active', { invoicing_behavior: 'invoice' }, key)
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(StripeEndive.errors.StripeIdempotencyError);
	});
});
