import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { NexudusCustomerSessionApi } from '../../credentials/NexudusCustomerSessionApi.credentials';
import { createCredentialStore, runNode, type CredentialStore } from '../../embedded-n8n';

export const CREDENTIAL = 'nexudusCustomerSessionApi';

/** How a node of n8n sends a request with a credential. */
export type HelperPath = 'httpRequestWithAuthentication' | 'requestWithAuthentication';

/** A node that runs a function within the engine, once for all its items. */
function prober(
	run: (functions: IExecuteFunctions) => Promise<IDataObject[]>,
	credentialType = CREDENTIAL,
): INodeType {
	return {
		description: {
			displayName: 'Prober',
			name: 'prober',
			group: ['transform'],
			version: 1,
			description: 'Calls the helpers of the engine',
			defaults: { name: 'Prober' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: credentialType, required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return [(await run(this)).map((json, item) => ({ json, pairedItem: { item } }))];
		},
	};
}

export function storeOf(
	data: IDataObject,
	type: ICredentialType = new NexudusCustomerSessionApi(),
): CredentialStore {
	return createCredentialStore({ types: [type], records: { [type.name]: data as never } });
}

/** The engine's own request helper, as a credential's hook is given it. */
export async function helpersOfEngine(): Promise<IHttpRequestHelper['helpers']> {
	let helpers: IHttpRequestHelper['helpers'] | undefined;
	const node = prober(async (functions) => {
		helpers = functions.helpers;
		return [];
	});
	await runNode({ node, parameters: {}, credentialStore: storeOf({}) });
	if (helpers === undefined) throw new Error('The engine did not run the node');
	return helpers;
}

export interface Outcome {
	body?: unknown;
	error?: Error & { httpCode?: string | null };
}

/** Sends requests at the same time with the credential, through the real helper of the engine. */
export async function send(
	credentialStore: CredentialStore,
	path: HelperPath,
	requests: Array<IHttpRequestOptions & { uri?: string }>,
	credentialType = CREDENTIAL,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const node = prober(async (functions) => {
		const sending = requests.map(async (request, index) => {
			try {
				const { helpers } = functions;
				const options = { ...request };
				const body: unknown =
					path === 'httpRequestWithAuthentication'
						? await helpers.httpRequestWithAuthentication.call(functions, credentialType, options)
						: await helpers.requestWithAuthentication.call(
								functions,
								credentialType,
								{ json: true, ...options } as never,
								undefined,
								index,
							);
				outcomes[index] = { body };
			} catch (error) {
				outcomes[index] = { error: error as Error };
			}
		});
		await Promise.all(sending);
		return [];
	}, credentialType);
	const { error } = await runNode({ node, parameters: {}, credentialStore });
	if (error !== undefined) throw new Error(error.message);
	return outcomes;
}
