import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { API_VERSIONS } from './apiVersion';
import { STRIPE_URL, stripeAccount } from './stripeAccount';

const [NEWEST] = API_VERSIONS;

/** A key of a Stripe account, and the version of the API that its requests are written for. */
export class StripeSubscriptionApi implements ICredentialType {
	name = 'stripeSubscriptionApi';

	displayName = 'Stripe Subscription API';

	icon: Icon = {
		light: 'file:../nodes/StripeSubscription/stripeSubscription.svg',
		dark: 'file:../nodes/StripeSubscription/stripeSubscription.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-nexudus/n8n-nodes-nexudus/blob/main/packages/n8n-nodes-stripe-subscription/README.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. rk_live_…',
			description:
				'Secret key or, better, a restricted key that may write subscriptions and read invoices. A test key reaches test data only.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			default: NEWEST,
			options: API_VERSIONS.map((version) => ({
				name: version,
				value: version,
				description:
					version === '2026-07-29.dahlia'
						? 'Before the pause call: resume takes its older form'
						: 'With the pause call',
			})),
			description:
				"Sent as Stripe-Version with every request, so that nothing changes when the account's default does. An expression may give another dated version.",
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			required: true,
			default: STRIPE_URL,
			description: "Address of Stripe's API. Change it only for a stand-in on your own computer.",
		},
	];

	/** Also checks the address, so that the key never leaves without https. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const { secretKey, apiVersion } = stripeAccount(credentials);
		return {
			...requestOptions,
			headers: {
				...requestOptions.headers,
				Authorization: `Bearer ${secretKey}`,
				'Stripe-Version': apiVersion,
			},
		};
	};

	/** A restricted key needs no more than the node itself needs. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiUrl.trim().replace(/\\/$/, "") }}',
			url: '/v1/subscriptions',
			qs: { limit: 1 },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'object',
					value: undefined,
					message: "The answer did not come from Stripe's API. Check 'API URL'.",
				},
			},
		],
	};
}
