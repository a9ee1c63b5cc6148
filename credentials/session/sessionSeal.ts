import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { customerLogin } from './customerLogin';

/** What an HTTP header can carry as one word. */
const HEADER_WORD = /^[\x21-\x7e]+$/;

/** Whether the value can stand after "Bearer" in a header. */
export function isBearerToken(value: unknown): value is string {
	return typeof value === 'string' && HEADER_WORD.test(value);
}

/**
 * Names the login: SHA-256 (hex) over portal, way of signing in, e-mail and client id. The same
 * login has the same fingerprint in every spelling of its e-mail and portal.
 *
 * @throws UserError when 'Portal URL' cannot be used
 */
export function sessionFingerprint(credential: ICredentialDataDecryptedObject): string {
	const { portal, signInWith, email, clientId } = customerLogin(credential);
	return createHash('sha256')
		.update(JSON.stringify([portal, signInWith, email.toLowerCase(), clientId]))
		.digest('hex');
}

/**
 * Makes the value that n8n stores as `sessionToken`: the token together with the login it is for,
 * because n8n keeps a stored token when the credential is changed over its API or by an expression.
 */
export function sealSession(credential: ICredentialDataDecryptedObject, token: string): string {
	return `${sessionFingerprint(credential)}.${token}`;
}

/**
 * Takes the token out of the stored `sessionToken`.
 *
 * @returns undefined when there is none, when it is malformed, or when another login made it
 * @throws UserError when 'Portal URL' cannot be used
 */
export function openSession(credential: ICredentialDataDecryptedObject): string | undefined {
	const { sessionToken } = credential;
	const seal = `${sessionFingerprint(credential)}.`;
	if (typeof sessionToken !== 'string' || !sessionToken.startsWith(seal)) return undefined;

	const token = sessionToken.slice(seal.length);
	return isBearerToken(token) ? token : undefined;
}
