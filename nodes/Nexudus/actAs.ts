import type {
	ICredentialsDisplayOptions,
	INodeCredentialDescription,
	INodeProperties,
} from 'n8n-workflow';
import { CREDENTIAL, OPERATOR_CREDENTIAL } from './credential';

/** Whose rights a node acts with. Workflows without the parameter are of customers. */
export type ActAs = 'customer' | 'operator';

/**
 * Shows a credential for one way to act. It is a condition and no plain value, because n8n's editor
 * hides a field of which every value has a credential of its own and chooses by credential instead.
 */
function showFor(actAs: ActAs): ICredentialsDisplayOptions {
	// n8n's type of it has plain values alone, in 1.123 and in 2.40; both read conditions.
	return { show: { actAs: [{ _cnd: { eq: actAs } }] } } as unknown as ICredentialsDisplayOptions;
}

/** The first field of the form: it chooses the credential. */
export const actAsField: INodeProperties = {
	displayName: 'Act As',
	name: 'actAs',
	type: 'options',
	noDataExpression: true,
	default: 'customer',
	options: [
		{
			name: 'Customer',
			value: 'customer',
			description: 'One member, with the session of their own portal account',
		},
		{
			name: 'Operator',
			value: 'operator',
			description: 'The operator of the space, for any member, with an administrator account',
		},
	],
	description: 'Whose account is used, and so which credential',
};

/** One credential for each way to act; the form shows one of them. */
export const credentials: INodeCredentialDescription[] = [
	{ name: CREDENTIAL, required: true, displayOptions: showFor('customer') },
	{ name: OPERATOR_CREDENTIAL, required: true, displayOptions: showFor('operator') },
];

/** What the parameter `actAs` means. It is one for all items, for it chooses the credential. */
export function actAsOf(parameter: unknown): ActAs {
	return parameter === 'operator' ? 'operator' : 'customer';
}
