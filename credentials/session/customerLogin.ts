import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { commonFields, text, type Login, type LoginWords } from './login';
import { parsePortalUrl } from './portalUrl';

const WORDS: LoginWords = {
	who: 'customer',
	server: 'the portal',
	addressCheck:
		"'Portal URL': it must be the portal's own address, such as https://myspace.spaces.nexudus.com, not a custom domain",
	registrationCheck: "that 'Portal URL' is the portal of the customer's own location",
	addressField: 'Portal URL',
	place: 'the portal',
	useInstead: "the portal's own address in the request, or the credential of the other portal",
};

/**
 * Reads a customer's credential as n8n decrypted it.
 *
 * @throws UserError when 'Portal URL' cannot be used
 */
export function customerLogin(credential: ICredentialDataDecryptedObject): Login {
	return {
		origin: parsePortalUrl(credential.portalUrl),
		signInWith: credential.signInWith === 'accessToken' ? 'accessToken' : 'password',
		accessToken: text(credential.accessToken).trim(),
		...commonFields(credential),
		words: WORDS,
	};
}
