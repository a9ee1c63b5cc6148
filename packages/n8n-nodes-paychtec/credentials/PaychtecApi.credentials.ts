import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { paychtecAccount, paychtecHeaders } from './paychtecAccount';

/** API key and profile of a Paychtec account. */
export class PaychtecApi implements ICredentialType {
	name = 'paychtecApi';

	displayName = 'Paychtec API';

	icon: Icon = {
		light: 'file:../nodes/Paychtec/paychtec.svg',
		dark: 'file:../nodes/Paychtec/paychtec.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-nexudus/n8n-nodes-nexudus/tree/main/packages/n8n-nodes-paychtec#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			default: 'sandbox',
			options: [
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'Host api.sandbox.paychtec.com, keys snd_…',
				},
				{
					name: 'Production',
					value: 'production',
					description: 'Host api.v2.paychtec.com, keys prd_…',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another address, such as a stand-in for tests',
				},
			],
			description:
				'Where requests go. A key of the other environment is refused before anything is sent.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. http://127.0.0.1:4020',
			description: 'Address of the API without a path: https, or a loopback address',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. snd_…',
			description: 'Your secret API key',
		},
		{
			displayName: 'Profile ID',
			name: 'profileId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. prof_12345',
			description: 'Profile that the subscriptions belong to, sent as X-Profile-Id',
		},
	];

	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		// Throws for a key of the other environment, so that it never leaves.
		paychtecAccount(credentials);
		const { apiKey, profileId } = paychtecHeaders(credentials);
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, 'api-key': apiKey, 'X-Profile-Id': profileId },
		};
	};

	/** Lists one customer: a read, though it is a POST (docs.v2.paychtec.com, customers/list [D]). */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL:
				'={{ { sandbox: "https://api.sandbox.paychtec.com", production: "https://api.v2.paychtec.com" }[$credentials.environment] ?? $credentials.baseUrl.trim().replace(/\\/$/, "") }}',
			url: '/customers/list',
			body: { limit: 1 },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data',
					value: undefined,
					message:
						"The answer is not a list of customers. Check 'Environment' and 'Base URL': something else answered there.",
				},
			},
		],
	};
}
