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
import { customerLogin } from './session/customerLogin';
import { clientIdField, loginFields, sessionTokenField } from './session/loginFields';
import { renewSession } from './session/renewSession';

const withPassword = { show: { signInWith: ['password'] } };

/** A customer's session at a Nexudus portal, renewed by n8n when it has expired. */
export class NexudusCustomerSessionApi implements ICredentialType {
	name = 'nexudusCustomerSessionApi';

	displayName = 'Nexudus Customer Session API';

	icon: Icon = {
		light: 'file:../nodes/Nexudus/nexudus.svg',
		dark: 'file:../nodes/Nexudus/nexudus.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-nexudus/n8n-nodes-nexudus/blob/main/docs/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Portal URL',
			name: 'portalUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://myspace.spaces.nexudus.com',
			description:
				"Address of the space's own Nexudus portal, without a path. A custom domain does not work: it serves pages only.",
		},
		{
			displayName: 'Sign In With',
			name: 'signInWith',
			type: 'options',
			default: 'password',
			options: [
				{
					name: 'Email and Password',
					value: 'password',
					description: 'N8n signs in as the customer, and again when the session has expired',
				},
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'Use a token that you already have, until it expires',
				},
			],
			description: 'How the customer proves who they are',
		},
		...loginFields({ who: 'customer', place: 'the portal', displayOptions: withPassword }),
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				"Bearer token of the customer's session, without the word Bearer. It is not renewed.",
			displayOptions: { show: { signInWith: ['accessToken'] } },
		},
		clientIdField({ who: 'customer', displayOptions: withPassword }),
		sessionTokenField,
	];

	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		authorizeRequest(customerLogin(credentials), requestOptions);

	/** Reads who is signed in, without the profile's echo of the token (list-profiles [D]). */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.portalUrl.trim().replace(/\\/$/, "") }}',
			url: '/api/public/coworkers/profiles',
			qs: { _shape: 'User.Id,User.FullName,DefaultBusiness.Name' },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					// A web page names no user, nor does any other answer that proves no session.
					key: 'User',
					value: undefined,
					message:
						"The portal did not say who is signed in: it answered with a web page or something else. Check 'Portal URL': it must be the portal's own address, not a custom domain.",
				},
			},
		],
	};

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await renewSession(this.helpers, customerLogin(credentials));
	}
}
