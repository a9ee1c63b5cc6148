import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { authorizeRequest } from './session/authorizeRequest';
import { operatorLogin } from './session/operatorLogin';
import { renewSession } from './session/renewSession';

/** An operator's session at the admin API of Nexudus, renewed by n8n when it has expired. */
export class NexudusOperatorApi implements ICredentialType {
	name = 'nexudusOperatorApi';

	displayName = 'Nexudus Operator API';

	icon: Icon = {
		light: 'file:../nodes/Nexudus/nexudus.svg',
		dark: 'file:../nodes/Nexudus/nexudus.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-nexudus/n8n-nodes-nexudus/blob/main/docs/credentials.md#operator';

	properties: INodeProperties[] = [
		{
			displayName: 'Admin URL',
			name: 'adminUrl',
			type: 'string',
			required: true,
			default: 'https://spaces.nexudus.com',
			placeholder: 'e.g. https://spaces.nexudus.com',
			description:
				"Address of Nexudus' admin API, without a path. It is the same for every space, unless Nexudus has told you another one. The operator's session goes to no other address.",
		},
		{
			displayName: 'Portal URL',
			name: 'portalUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://myspace.spaces.nexudus.com',
			description:
				"Address of the Nexudus portal of the members' own location, without a path. Sessions of members are for it alone. A custom domain does not work: it serves pages only.",
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. name@email.com',
			description: 'E-mail with which the operator signs in to the Nexudus dashboard',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Password with which the operator signs in to the Nexudus dashboard',
		},
		{
			displayName: 'One-Time Code Secret',
			name: 'oneTimeCodeSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. JBSW Y3DP EHPK 3PXP',
			description:
				'The secret shown when the authenticator app was set up (base32), not the six-digit code. The code is computed from it at each sign-in.',
			hint: 'Only for accounts with two-factor sign-in',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: 'n8n-nodes-nexudus',
			placeholder: 'e.g. n8n-front-desk',
			description:
				'Name under which Nexudus keeps this sign-in. Two integrations that sign in as the same operator should use different names.',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		authorizeRequest(operatorLogin(credentials), requestOptions);

	/**
	 * Reads one customer, which takes the role Coworker-List (get-coworkers-commands [D]). A refusal
	 * is taken as an answer, for the rule's words say more than n8n's own for status 401.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.adminUrl.trim().replace(/\\/$/, "") }}',
			url: '/api/spaces/coworkers',
			qs: { page: 1, size: 1 },
			ignoreHttpStatusErrors: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'Records',
					value: undefined,
					message:
						"Nexudus signed this account in, but did not answer with a list of customers. Check that it is an administrator with the role Coworker-List, not a customer, and that 'Admin URL' is the address of the admin API, not of a portal.",
				},
			},
		],
	};

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await renewSession(this.helpers, operatorLogin(credentials));
	}
}
