/** What messages about a login say. */
export interface LoginWords {
	/** Whose login it is, such as "customer". */
	who: string;
	/** Who answers, such as "the portal". */
	server: string;
	/** What to check when the address may be the wrong one. */
	addressCheck: string;
	/** What to check when the account is not known where it signs in. */
	registrationCheck: string;
	/** Display name of the field with the address. */
	addressField: string;
	/** Where a person signs in with a browser, such as "the portal". */
	place: string;
	/** What to use when a request goes elsewhere. */
	useInstead: string;
}

/** A login at Nexudus: the fields of a credential, cleaned. */
export interface Login {
	/** The one origin that signs in, and the only one that the session goes to. */
	origin: string;
	signInWith: 'password' | 'accessToken';
	email: string;
	password: string;
	oneTimeCodeSecret: string;
	accessToken: string;
	clientId: string;
	/** What n8n has stored of an earlier sign-in, unread. */
	stored: unknown;
	words: LoginWords;
}

export const DEFAULT_CLIENT_ID = 'n8n-nodes-nexudus';

/** The fields that every way to sign in has. */
export function commonFields(
	credential: Record<string, unknown>,
): Pick<Login, 'email' | 'password' | 'oneTimeCodeSecret' | 'clientId' | 'stored'> {
	return {
		email: text(credential.email).trim(),
		password: text(credential.password),
		oneTimeCodeSecret: text(credential.oneTimeCodeSecret).trim(),
		clientId: text(credential.clientId).trim() || DEFAULT_CLIENT_ID,
		stored: credential.sessionToken,
	};
}

/** A field of a credential as text; an expression may have made it a number. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
