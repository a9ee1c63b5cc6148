import { inspect } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	createCredentialStore,
	runNode,
	testCredential,
	type CredentialStore,
	type NodeResult,
	type RunNodeOptions,
} from '../../embedded-n8n';
// The ending keeps the codex file beside it from being taken for the node.
// eslint-disable-next-line import-x/no-unresolved -- the resolver does not map .js to .ts
import { Paychtec } from '../../packages/n8n-nodes-paychtec/nodes/Paychtec/Paychtec.node.js';
import { PaychtecApi } from '../../packages/n8n-nodes-paychtec/credentials/PaychtecApi.credentials';
import {
	createPaychtecSandbox,
	type PaychtecSandbox,
	type PaychtecSandboxOptions,
} from '../../packages/n8n-nodes-paychtec/sandbox/createPaychtecSandbox';
import { SANDBOX_KEY } from '../../packages/n8n-nodes-paychtec/sandbox/story';
import { PROFILE } from '../../packages/n8n-nodes-paychtec/sandbox/subscription';

export { CONTINUE, EACH_ID, failure, itemsOf, only } from '../runs';

const CREDENTIAL = 'paychtecApi';
const QUICK = { minSpacing: 0, retryInterval: 20 };

type RunExtras = Partial<Omit<RunNodeOptions, 'node' | 'parameters'>>;

/** One stand-in, one credential, and the node in n8n's engine between them. */
export interface Story {
	sandbox: PaychtecSandbox;
	node: Paychtec;
	store: CredentialStore;
	run(parameters: INodeParameters, extras?: RunExtras): Promise<NodeResult>;
	pause(id: unknown, parameters?: INodeParameters, extras?: RunExtras): Promise<NodeResult>;
	resume(id: unknown, parameters?: INodeParameters, extras?: RunExtras): Promise<NodeResult>;
	testCredential(): ReturnType<typeof testCredential>;
	/** Writes that took effect, e.g. `pause sub_abc123`. */
	done(): string[];
	/** Keys of the writes that arrived. */
	keys(): Array<string | null>;
}

const open: PaychtecSandbox[] = [];

afterEach(async () => {
	for (const sandbox of open.splice(0)) await sandbox.close();
});

export async function tellStory({
	credential = {},
	...options
}: PaychtecSandboxOptions & { credential?: IDataObject } = {}): Promise<Story> {
	const sandbox = await createPaychtecSandbox(options);
	open.push(sandbox);
	const node = new Paychtec();
	const type = new PaychtecApi();
	const account = {
		environment: 'custom',
		baseUrl: sandbox.url,
		apiKey: SANDBOX_KEY,
		profileId: PROFILE,
		...credential,
	};
	const store = createCredentialStore({
		types: [type],
		records: { [CREDENTIAL]: account as never },
	});
	const run: Story['run'] = async (parameters, extras = {}) => {
		const requestSettings = { ...QUICK, ...(parameters.requestSettings as object | undefined) };
		const result = await runNode({
			node,
			typeName: 'n8n-nodes-paychtec.paychtec',
			parameters: { resource: 'subscription', ...parameters, requestSettings },
			credentialStore: store,
			...extras,
		});
		const { runData, error, hints } = result;
		const everything = inspect({ runData, error, hints }, { depth: 40, maxStringLength: null });
		expect(everything).not.toContain(String(account.apiKey));
		expect(everything).not.toContain('secret-of-the-payment-form');
		return result;
	};
	const change =
		(operation: string) =>
		async (id: unknown, parameters: INodeParameters = {}, extras?: RunExtras) =>
			await run({ operation, subscriptionId: id as string, ...parameters }, extras);
	return {
		sandbox,
		node,
		store,
		run,
		pause: change('pause'),
		resume: change('resume'),
		testCredential: async () => await testCredential(store, type.test, CREDENTIAL),
		done: () =>
			sandbox.committed.map(({ operation, subscription }) => `${operation} ${subscription}`),
		keys: () =>
			sandbox.requests
				.filter(({ kind }) => kind === 'pause' || kind === 'resume')
				.map(({ key }) => key),
	};
}
