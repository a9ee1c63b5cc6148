import { UserError, type IHttpRequestOptions } from 'n8n-workflow';
import { parseUrl } from '../../n8n/originUrl';
import type { Login } from './login';
import { isBearerToken, openSession } from './sessionSeal';
import { SignInError, SIGN_IN_PREFIX } from './signInError';

/** n8n's HTTP Request node still passes the older form, with `uri`. */
type AnyRequestOptions = IHttpRequestOptions & { uri?: unknown };

const ABSOLUTE = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

/** Joins as axios does, which sends the request: an absolute address leaves out the base. */
function targetOrigin(address: string, baseURL: string | undefined): string {
	const target =
		baseURL === undefined || baseURL === '' || ABSOLUTE.test(address)
			? address
			: `${baseURL.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`;
	return parseUrl(target)?.origin ?? 'an address that cannot be read';
}

function checkTarget({ origin, words }: Login, { uri, url, baseURL }: AnyRequestOptions): void {
	const addresses = [uri, url].filter((address) => address !== undefined).map(String);
	for (const address of addresses.length > 0 ? addresses : ['']) {
		const target = targetOrigin(address, baseURL);
		if (target !== origin) {
			throw new UserError(
				`The session was not sent: this credential is for ${origin} alone, and the request goes to ${target}. Use ${words.useInstead}.`,
			);
		}
	}
}

/**
 * A session that is missing or belongs to another login is reported as an expired one, because
 * n8n then runs the sign-in hook and builds the request anew; nothing has been sent by then.
 */
function unusableSession(): UserError {
	return Object.assign(
		new UserError(
			`${SIGN_IN_PREFIX}there is no session of this login. Test the credential, so that n8n signs in.`,
		),
		{ response: { status: 401 } },
	);
}

function bearerToken(login: Login): string {
	const { signInWith, accessToken } = login;
	if (signInWith === 'password') {
		const session = openSession(login);
		if (session === undefined) throw unusableSession();
		return session;
	}
	if (!isBearerToken(accessToken)) {
		throw new SignInError(
			"'Access Token' is empty or holds spaces. Enter the token alone, without the word Bearer.",
			true,
		);
	}
	return accessToken;
}

/**
 * Adds the session of a login to a request, and `Accept: application/json`, without which Nexudus
 * may answer with a web page (developers.nexudus.com, about-the-public-api [D]). The session is
 * for the login's own server: it goes to no other origin, not after a redirect either.
 *
 * @returns a copy of the options
 * @throws UserError when the request goes elsewhere; an error with `response.status` 401 when the
 *   stored session is not one of this login, upon which n8n signs in; SignInError when the access
 *   token cannot be used
 */
export function authorizeRequest(login: Login, options: IHttpRequestOptions): IHttpRequestOptions {
	checkTarget(login, options);
	const token = bearerToken(login);

	const given = Object.entries(options.headers ?? {}).filter(
		([name]) => name.toLowerCase() !== 'authorization',
	);
	const hasAccept = given.some(([name]) => name.toLowerCase() === 'accept');
	return {
		...options,
		headers: {
			...(hasAccept ? {} : { Accept: 'application/json' }),
			...Object.fromEntries(given),
			Authorization: `Bearer ${token}`,
		},
		sendCredentialsOnCrossOriginRedirect: false,
	};
}
