import { UserError } from 'n8n-workflow';

/** Spaces, control characters and invisible ones, which make two addresses look alike. */
const HIDDEN_CHARACTERS = /[\s\p{Cc}\p{Cf}]/u;

const LOOPBACK_HOST = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads a field of a credential that holds the address of a server. White space around it and one
 * slash at its end are tolerated. Plain http is accepted for loopback alone.
 *
 * @param field display name of the field
 * @param whatToEnter a sentence for whoever has to mend it, without its full stop
 * @returns the origin (scheme, host, port), without a slash at the end
 * @throws UserError that says what is wrong and what to enter; it never quotes the value, which
 * could hold a password
 */
export function parseOrigin(value: unknown, field: string, whatToEnter: string): string {
	const refusal = (what: string) => new UserError(`'${field}' ${what}. ${whatToEnter}`);
	if (typeof value !== 'string' || value.trim() === '') throw refusal('is empty');

	const address = value.trim();
	if (HIDDEN_CHARACTERS.test(address)) throw refusal('holds spaces or invisible characters');

	const parts = /^([a-z][a-z\d+.-]*):\/\/([^/\\?#]+)(.*)$/i.exec(address);
	if (parts === null || parseUrl(address) === undefined) {
		throw refusal('is not a full address that starts with https://');
	}

	const [, scheme = '', host = '', rest = ''] = parts;
	if (host.includes('@')) throw refusal('holds a user name or password');
	if (rest.includes('?')) throw refusal('holds a query');
	if (rest.includes('#')) throw refusal("holds a part after '#'");
	if (rest !== '' && rest !== '/') throw refusal('holds a path');

	const url = new URL(address);
	const isHttps = scheme.toLowerCase() === 'https';
	const isHttp = scheme.toLowerCase() === 'http';
	if (!isHttps && !(isHttp && LOOPBACK_HOST.test(url.hostname))) {
		throw refusal('does not use https');
	}
	return url.origin;
}

/** The URL that a text is, or undefined. Not `URL.canParse`: Node 20 now and then denies texts beyond ASCII. */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
