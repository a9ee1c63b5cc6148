import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { parsePortalUrl } from './portalUrl';

export const DEFAULT_CLIENT_ID = 'n8n-nodes-nexudus';

/** The fields of the credential, cleaned. */
export interface CustomerLogin {
	portal: string;
	signInWith: 'password' | 'accessToken';
	email: string;
	password: string;
	oneTimeCodeSecret: string;
	accessToken: string;
	clientId: string;
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * Reads the credential as n8n decrypted it.
 *
 * @throws UserError when 'Portal URL' cannot be used
 */
export function customerLogin(credential: ICredentialDataDecryptedObject): CustomerLogin {
	return {
		portal: parsePortalUrl(credential.portalUrl),
		signInWith: credential.signInWith === 'accessToken' ? 'accessToken' : 'password',
		email: text(credential.email).trim(),
		password: text(credential.password),
		oneTimeCodeSecret: text(credential.oneTimeCodeSecret).trim(),
		accessToken: text(credential.accessToken).trim(),
		clientId: text(credential.clientId).trim() || DEFAULT_CLIENT_ID,
	};
}
