import {
	NodeApiError,
	NodeConnectionTypes,
	NodeOperationError,
	OperationalError,
	sleep,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestHelper,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type JsonObject,
} from 'n8n-workflow';

/** A session credential in miniature: signs in at `/token`, sends a bearer. */
export class ProbeApi implements ICredentialType {
	name = 'probeApi';

	displayName = 'Probe API';

	properties: ICredentialType['properties'] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{ displayName: 'Password', name: 'password', type: 'string', default: '' },
		{ displayName: 'Client', name: 'client', type: 'string', default: 'probe' },
		{
			displayName: 'Session',
			name: 'session',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		{ url, password }: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		try {
			const body = { password: password as string };
			const reply = (await this.helpers.httpRequest({
				method: 'POST',
				url: `${url as string}/token`,
				body,
			})) as { token: string };
			return { session: reply.token };
		} catch {
			throw new OperationalError('The password was refused');
		}
	}

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				authorization: '=Bearer {{$credentials.session}}',
				client_id: '={{$credentials.client}}',
			},
		},
	};

	test: ICredentialTestRequest = { request: { baseURL: '={{$credentials.url}}', url: '/me' } };
}

/** Gets `/thing/<id>` for each item; `fail` and `wait` steer it. */
export class Probe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe',
		name: 'probe',
		description: 'Gets a thing',
		group: ['transform'],
		version: [1, 1.1],
		defaults: { name: 'Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'probeApi', required: true }],
		properties: [
			{ displayName: 'Thing', name: 'thing', type: 'string', default: '' },
			{ displayName: 'Fail', name: 'fail', type: 'boolean', default: false },
			{ displayName: 'Wait', name: 'wait', type: 'number', default: 0 },
		],
	};

	methods = {
		listSearch: {
			async searchThings(this: ILoadOptionsFunctions, filter = '') {
				const { url } = await this.getCredentials<{ url: string }>('probeApi');
				const things = (await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', {
					url: `${url}/things`,
				})) as string[];
				const results = things.filter((name) => name.includes(filter));
				return { results: results.map((name) => ({ name, value: name })) };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const out: INodeExecutionData[] = [];
		this.addExecutionHints({ message: 'probed' });
		const { url } = await this.getCredentials<{ url: string }>('probeApi');
		for (const index of this.getInputData().keys()) {
			const thing = this.getNodeParameter('thing', index) as string;
			try {
				const wait = this.getNodeParameter('wait', index) as number;
				if (wait > 0) await sleep(wait);
				if (this.getExecutionCancelSignal()?.aborted) throw new OperationalError('Stopped');
				if (this.getNodeParameter('fail', index)) {
					throw new NodeOperationError(this.getNode(), `No ${thing}`, { itemIndex: index });
				}
				const body = (await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', {
					url: `${url}/thing/${thing}`,
				})) as IDataObject;
				const { type } = this.getNode();
				const execution = { mode: this.getMode(), id: this.getExecutionId(), type };
				out.push({ json: { body, execution }, pairedItem: { item: index } });
			} catch (error) {
				if (!this.continueOnFail()) {
					if (error instanceof NodeApiError || error instanceof NodeOperationError) throw error;
					throw new NodeApiError(this.getNode(), error as JsonObject, { itemIndex: index });
				}
				out.push({ json: { error: (error as Error).message }, pairedItem: { item: index } });
			}
		}
		return [out];
	}
}
