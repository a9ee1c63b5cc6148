import { join } from 'node:path';
import { createPaychtecSandbox } from '../packages/n8n-nodes-paychtec/sandbox/createPaychtecSandbox';
import { SANDBOX_KEY } from '../packages/n8n-nodes-paychtec/sandbox/story';
import { PROFILE } from '../packages/n8n-nodes-paychtec/sandbox/subscription';
import { createStripeSandbox } from '../packages/n8n-nodes-stripe-subscription/sandbox/createStripeSandbox';
import { readWorkflow, withCredentials, type ExampleCall } from './example';
import { CHECKOUT } from './package';
import type { N8nRest, StoredCredential, StoredWorkflow } from './rest';

/** A running stand-in of a sibling's vendor, as far as a local n8n needs to know it. */
export interface SiblingStandIn {
	url: string;
	/** Data of a credential that reaches it. */
	credential: Record<string, unknown>;
	/** What the vendor holds: the status of the subscription that the example is about. */
	status(): string;
	/** Writes that took effect so far. */
	effects(): number;
	close(): Promise<void>;
}

/** Another system: its stand-in, and its example. */
export interface Sibling {
	/** Of the package, relative to the checkout. */
	directory: string;
	vendor: string;
	credentialType: string;
	/** File name in the package's `examples`. */
	example: string;
	call: ExampleCall;
	/** Status of the subscription after the example has done its work. */
	afterwards: string;
	/** Port of the stand-in, if that is free. */
	port: number;
	open(port: number): Promise<SiblingStandIn>;
}

const SUBSCRIPTION = 'sub_paused';

export const SIBLINGS: readonly Sibling[] = [
	{
		directory: 'packages/n8n-nodes-stripe-subscription',
		vendor: 'Stripe',
		credentialType: 'stripeSubscriptionApi',
		example: 'resume-at-previewed-amount.json',
		call: { path: 'resume-subscription', body: { subscription: SUBSCRIPTION, maxAmount: 5_000 } },
		afterwards: 'active',
		port: 4020,
		async open(port) {
			const sandbox = await createStripeSandbox({ port });
			return {
				url: sandbox.url,
				credential: {
					secretKey: sandbox.secretKey,
					apiUrl: sandbox.url,
					apiVersion: '2026-10-28.endive',
				},
				status: () => sandbox.subscription(SUBSCRIPTION).status,
				effects: () => sandbox.committed.length,
				close: async () => await sandbox.close(),
			};
		},
	},
	{
		directory: 'packages/n8n-nodes-paychtec',
		vendor: 'Paychtec',
		credentialType: 'paychtecApi',
		example: 'resume-by-plan.json',
		call: { path: 'resume-by-plan', body: { subscriptionId: SUBSCRIPTION } },
		afterwards: 'active',
		port: 4030,
		async open(port) {
			const sandbox = await createPaychtecSandbox({ port });
			return {
				url: sandbox.url,
				credential: {
					environment: 'custom',
					baseUrl: sandbox.url,
					apiKey: SANDBOX_KEY,
					profileId: PROFILE,
				},
				status: () => sandbox.subscription(SUBSCRIPTION).status,
				effects: () => sandbox.committed.length,
				close: async () => await sandbox.close(),
			};
		},
	},
];

export interface SiblingSetUp {
	workflow: StoredWorkflow;
	credential: StoredCredential;
}

/** Puts the example of a sibling with its credential into a running n8n and activates it. */
export async function setUpSibling(
	rest: N8nRest,
	{ directory, vendor, credentialType, example }: Sibling,
	standIn: SiblingStandIn,
	caller: StoredCredential,
): Promise<SiblingSetUp> {
	const credential = await rest.saveCredential(
		credentialType,
		`${vendor} stand-in`,
		standIn.credential,
	);
	const file = readWorkflow(join(CHECKOUT, directory, 'examples', example));
	const saved = await rest.saveWorkflow(withCredentials(file, [credential, caller]));
	return { workflow: await rest.activateWorkflow(saved), credential };
}
