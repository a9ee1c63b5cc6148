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
import { clientIdField, loginFields, sessionTokenField } from './session/loginFields';
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
		...loginFields({ who: 'operator', place: 'the Nexudus dashboard' }),
		clientIdField({ who: 'operator' }),
		sessionTokenField,
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
