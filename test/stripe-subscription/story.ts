import { inspect } from 'node:util';
import type { INodeParameters } from 'n8n-workflow';
import {
	createCredentialStore,
	runNode,
	type CredentialStore,
	type NodeResult,
	type RunNodeOptions,
} from '../../embedded-n8n';
import { StripeSubscriptionApi } from '../../packages/n8n-nodes-stripe-subscription/credentials/StripeSubscriptionApi.credentials';
import { StripeSubscription } from '../../packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription/StripeSubscription.node';
import {
	createStripeSandbox,
	type StripeRequest,
	type StripeSandbox,
} from '../../packages/n8n-nodes-stripe-subscription/sandbox/createStripeSandbox';

export const CREDENTIAL = 'stripeSubscriptionApi';
export const ENDIVE = '2026-10-28.endive';
export const DAHLIA = '2026-07-29.dahlia';

/** No pace and short waits: for tests whose subject is neither. */
const QUICK = {
	minSpacing: 0,
	requestsPerMinute: 0,
	writesPerMinute: 0,
	retryInterval: 20,
};

export type RunExtras = Partial<Omit<RunNodeOptions, 'node' | 'parameters'>>;

/** What tests look at in an output or an error. */
export interface Shown {
	hint: string;
	planId: string;
	prorationDate: number;
	lines: unknown[];
	after: { pausedFromUtc: string; raw: Record<string, unknown> };
	code: string;
	message: string;
	description: string;
	[field: string]: unknown;
}

/** One stand-in, one credential, and the node in n8n's engine between them. */
export interface Story {
	sandbox: StripeSandbox;
	store: CredentialStore;
	/** Runs the node on one subscription; every run is searched for the key. */
	run(
		operation: string,
		subscription: unknown,
		parameters?: INodeParameters,
		extras?: RunExtras,
	): Promise<NodeResult>;
	/** The output of a run that succeeds. */
	output(
		operation: string,
		subscription: unknown,
		parameters?: INodeParameters,
		extras?: RunExtras,
	): Promise<Shown>;
	/** The error item of a run that fails. */
	failure(
		operation: string,
		subscription: unknown,
		parameters?: INodeParameters,
		extras?: RunExtras,
	): Promise<Shown>;
	writes(): StripeRequest[];
	/** Writes that took effect, e.g. `pause sub_active`. */
	done(): string[];
}

const open: StripeSandbox[] = [];

afterEach(async () => {
	for (const sandbox of open.splice(0)) await sandbox.close();
});

/** A fresh stand-in on a port of its own, closed after the test. */
export async function tellStory(
	credential: Record<string, string> = {},
	now?: Date,
): Promise<Story> {
	const sandbox = await createStripeSandbox({ now });
	open.push(sandbox);
	const record = { secretKey: sandbox.secretKey, apiUrl: sandbox.url, apiVersion: ENDIVE };
	const store = createCredentialStore({
		types: [new StripeSubscriptionApi()],
		records: { [CREDENTIAL]: { ...record, ...credential } },
	});
	const node = new StripeSubscription();

	const run: Story['run'] = async (operation, subscription, parameters = {}, extras = {}) => {
		const settings = { ...QUICK, ...(parameters.requestSettings as object | undefined) };
		const result = await runNode({
			node,
			typeName: 'n8n-nodes-stripe-subscription.stripeSubscription',
			parameters: {
				resource: 'subscription',
				operation,
				subscription: subscription as string,
				...parameters,
				requestSettings: settings,
			},
			credentialStore: store,
			...extras,
		});
		expect(inspect([result.outputs, result.error], { depth: 20 })).not.toContain(sandbox.secretKey);
		return result;
	};
	return {
		sandbox,
		store,
		run,
		output: async (...given) => {
			const { items, error } = await run(...given);
			expect(error).toBeUndefined();
			return items[0].json as unknown as Shown;
		},
		failure: async (operation, subscription, parameters, extras) => {
			const { errorItems, items } = await run(operation, subscription, parameters, {
				onError: 'continueErrorOutput',
				...extras,
			});
			expect(items).toEqual([]);
			return errorItems[0].json.error as unknown as Shown;
		},
		writes: () =>
			sandbox.requests.filter(({ method, kind }) => method === 'POST' && kind !== 'preview'),
		done: () =>
			sandbox.committed.map(({ operation, subscription }) => `${operation} ${subscription}`),
	};
}
