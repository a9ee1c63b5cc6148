import { createHash } from 'crypto';
import type { Login } from './login';

/** What an HTTP header can carry as one word. */
const HEADER_WORD = /^[\x21-\x7e]+$/;

/** Whether the value can stand after "Bearer" in a header. */
export function isBearerToken(value: unknown): value is string {
	return typeof value === 'string' && HEADER_WORD.test(value);
}

/**
 * Names the login: SHA-256 (hex) over origin, way of signing in, e-mail and client id. The same
 * login has the same fingerprint in every spelling of its e-mail and address.
 */
export function sessionFingerprint(login: Login): string {
	const { origin, signInWith, email, clientId } = login;
	return createHash('sha256')
		.update(JSON.stringify([origin, signInWith, email.toLowerCase(), clientId]))
		.digest('hex');
}

/**
 * Makes the value that n8n stores as `sessionToken`: the token together with the login it is for,
 * because n8n keeps a stored token when the credential is changed over its API or by an expression.
 */
export function sealSession(login: Login, token: string): string {
	return `${sessionFingerprint(login)}.${token}`;
}

/**
 * Takes the token out of the stored `sessionToken`.
 *
 * @returns undefined when there is none, when it is malformed, or when another login made it
 */
export function openSession(login: Login): string | undefined {
	const { stored } = login;
	const seal = `${sessionFingerprint(login)}.`;
	if (typeof stored !== 'string' || !stored.startsWith(seal)) return undefined;

	const token = stored.slice(seal.length);
	return isBearerToken(token) ? token : undefined;
}
