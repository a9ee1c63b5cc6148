import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_CLIENT_ID } from './login';

/** Whose login a credential holds, for the words of its form. */
export interface LoginForm {
	/** Such as "customer". */
	who: string;
	/** Where they sign in, such as "the portal". */
	place: string;
	/** When the fields are shown; always unless given. */
	displayOptions?: INodeProperties['displayOptions'];
}

/** The fields of a sign-in with e-mail and password. */
export function loginFields({ who, place, displayOptions }: LoginForm): INodeProperties[] {
	const shown = displayOptions && { displayOptions };
	return [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. name@email.com',
			description: `E-mail with which the ${who} signs in to ${place}`,
			...shown,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: `Password with which the ${who} signs in to ${place}`,
			...shown,
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
			...shown,
		},
	];
}

/** The name of the sign-in at Nexudus. */
export function clientIdField({ who, displayOptions }: Omit<LoginForm, 'place'>): INodeProperties {
	return {
		displayName: 'Client ID',
		name: 'clientId',
		type: 'string',
		default: DEFAULT_CLIENT_ID,
		placeholder: 'e.g. n8n-front-desk',
		description: `Name under which Nexudus keeps this sign-in. Two integrations that sign in as the same ${who} should use different names.`,
		...(displayOptions && { displayOptions }),
	};
}

/** Where n8n keeps the session: sealed to its login, hidden from the form and the browser. */
export const sessionTokenField: INodeProperties = {
	displayName: 'Session Token',
	name: 'sessionToken',
	type: 'hidden',
	typeOptions: { expirable: true, password: true },
	default: '',
};
