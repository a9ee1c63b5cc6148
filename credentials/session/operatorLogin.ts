import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { parseOrigin } from '../../n8n/originUrl';
import { commonFields, type Login, type LoginWords } from './login';

/** developers.nexudus.com, rest-api/overview [D] */
const DEFAULT_ADMIN_URL = 'https://spaces.nexudus.com';

const WORDS: LoginWords = {
	who: 'operator',
	server: 'Nexudus',
	addressCheck: `'Admin URL': it must be the address of the admin API, ${DEFAULT_ADMIN_URL} unless Nexudus has told you another one`,
	registrationCheck: "that the account is an administrator of this network, and check 'Admin URL'",
	addressField: 'Admin URL',
	place: 'the Nexudus dashboard',
	useInstead: "the address in 'Admin URL' in the request: a portal takes the session of a customer",
};

/**
 * Reads an operator's credential as n8n decrypted it. The session is for 'Admin URL' alone: the
 * members' portal never gets it.
 *
 * @throws UserError when 'Admin URL' cannot be used
 */
export function operatorLogin(credential: ICredentialDataDecryptedObject): Login {
	return {
		origin: parseOrigin(
			credential.adminUrl,
			'Admin URL',
			`Enter the address of the admin API alone, e.g. ${DEFAULT_ADMIN_URL}`,
		),
		signInWith: 'password',
		accessToken: '',
		...commonFields(credential),
		words: WORDS,
	};
}
