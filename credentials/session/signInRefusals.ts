import type { LoginWords } from './login';
import { SignInError } from './signInError';
import { isBearerToken } from './sessionSeal';

/** A whole answer to `POST /api/token`, whatever its status. */
export interface SignInReply {
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	/** Parsed JSON, or the text as it came. */
	body: unknown;
}

/** What the sign-in sent, as far as it matters for reading the answer. */
export interface SignInAttempt {
	withOneTimeCode: boolean;
	/** Never to appear in a message. */
	secrets: string[];
	words: LoginWords;
}

interface Refusal {
	status: number;
	/** `error`, `error_description` and plain text of the answer, as one lower-case text. */
	words: string;
	/** The vendor's own sentence in quotes, or nothing. */
	quoted: string;
	isWebPage: boolean;
	retryAfter: string | undefined;
	withOneTimeCode: boolean;
	says: LoginWords;
}

function isThrottled({ status, retryAfter }: Refusal): boolean {
	return status === 429 || (status === 409 && retryAfter !== undefined);
}

function waitingTime({ retryAfter = '' }: Refusal): string {
	if (/^\d{1,9}$/.test(retryAfter)) return ` ${retryAfter} seconds`;
	const until = Date.parse(retryAfter);
	return Number.isNaN(until) ? '' : ` until ${new Date(until).toISOString()}`;
}

/**
 * First row that fits is the answer. Codes and meanings: learn.nexudus.com, auth/get-token [D];
 * throttling by 409 with Retry-After: developers.nexudus.com, api-limitations [D]. Wrong passwords
 * were seen with status 401 as well as the documented 400 [O], so no row looks at these two.
 */
const REFUSALS: ReadonlyArray<{
	when: (refusal: Refusal) => boolean;
	sentence: (refusal: Refusal) => string;
}> = [
	{
		when: isThrottled,
		sentence: (refusal) =>
			`${refusal.says.server} asks to wait${waitingTime(refusal)} before the next sign-in. Run the workflow again after that.`,
	},
	{
		when: ({ status }) => status >= 300 && status < 400,
		sentence: ({ says }) =>
			`${says.server} answered with a redirect instead of a session. Check ${says.addressCheck}.`,
	},
	{
		when: ({ status }) => status >= 500,
		sentence: ({ status, says }) =>
			`${says.server} answered with status ${status} and did not sign in. Try again later.`,
	},
	{
		when: ({ isWebPage }) => isWebPage,
		sentence: ({ says }) =>
			`${says.server} answered with a web page instead of a session. Check ${says.addressCheck}.`,
	},
	{
		when: ({ words, withOneTimeCode }) =>
			words.includes('two_factor_auth_check') && !withOneTimeCode,
		sentence: () =>
			"this account uses two-factor sign-in. Enter the secret of its authenticator in 'One-Time Code Secret', so that the code can be computed at each sign-in.",
	},
	{
		when: ({ words }) => words.includes('two_factor_auth_check'),
		sentence: ({ says }) =>
			`${says.server} did not accept the one-time code. Check 'One-Time Code Secret', and that the clock of the machine that runs n8n is right.`,
	},
	{
		when: ({ words }) => words.includes('must_reset_password'),
		sentence: ({ says }) =>
			`the password of this account must be reset first. Reset it in ${says.place}, then enter the new one in 'Password'.`,
	},
	{
		when: ({ words }) => words.includes('unsupported_grant_type'),
		sentence: ({ says }) =>
			`${says.server} could not read the sign-in form. Check that no proxy between n8n and ${says.server} changes requests.`,
	},
	{
		when: ({ words }) => words.includes('invalid_grant') && /\bsuspended\b/.test(words),
		sentence: () =>
			'this account is suspended at this location. Ask the operator of the space to lift the suspension.',
	},
	{
		when: ({ words }) => words.includes('invalid_grant') && /\bregistered\b/.test(words),
		sentence: ({ says }) =>
			`this account is not registered at this location. Check ${says.registrationCheck}.`,
	},
	{
		when: ({ words }) =>
			words.includes('invalid_grant') && /\b(?:incorrect|invalid|wrong)\b/.test(words),
		sentence: ({ withOneTimeCode, says }) =>
			`the e-mail or the password is not right. Check 'Email' and 'Password' by signing in to ${says.place} in a browser` +
			(withOneTimeCode ? "; if they are right, check 'One-Time Code Secret'." : '.'),
	},
	{
		when: ({ words }) => words.includes('invalid_grant'),
		sentence: ({ quoted, says }) =>
			`${says.server} refused this login${quoted}. Check 'Email', 'Password' and '${says.addressField}'.`,
	},
	{
		when: ({ status }) => status >= 400,
		sentence: ({ status, quoted, says }) =>
			`${says.server} answered with status ${status}${quoted} and did not sign in. Check ${says.addressCheck}.`,
	},
	{
		when: () => true,
		sentence: ({ says }) =>
			`${says.server}'s answer holds no access token. Check ${says.addressCheck}.`,
	},
];

function field(body: unknown, name: string): unknown {
	return typeof body === 'object' && body !== null
		? (body as Record<string, unknown>)[name]
		: undefined;
}

/** The vendor's sentence on one line, left out when it is a page or repeats a secret. */
function quote(text: unknown, secrets: string[]): string {
	if (typeof text !== 'string') return '';
	const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
	const repeatsSecret = secrets.some((secret) => secret !== '' && line.includes(secret));
	if (line === '' || line.includes('<') || repeatsSecret) return '';
	return ` ("${line.slice(0, 200)}")`;
}

function readRefusal({ status, headers, body }: SignInReply, attempt: SignInAttempt): Refusal {
	const plainText = typeof body === 'string' ? body.trim() : undefined;
	const description = field(body, 'error_description') ?? plainText;
	const retryAfter = headers['retry-after'];
	return {
		status,
		words: [field(body, 'error'), description].join(' ').toLowerCase(),
		quoted: quote(description, attempt.secrets),
		isWebPage:
			plainText !== undefined &&
			(plainText.startsWith('<') || /\bhtml\b/i.test(String(headers['content-type'] ?? ''))),
		retryAfter: typeof retryAfter === 'string' ? retryAfter.trim() : undefined,
		withOneTimeCode: attempt.withOneTimeCode,
		says: attempt.words,
	};
}

/**
 * Reads the answer to `POST /api/token`.
 *
 * @returns the access token, or why there is none
 */
export function readSignInReply(reply: SignInReply, attempt: SignInAttempt): string | SignInError {
	const token = field(reply.body, 'access_token');
	if (reply.status >= 200 && reply.status < 300 && isBearerToken(token)) return token;

	const refusal = readRefusal(reply, attempt);
	const row = REFUSALS.find(({ when }) => when(refusal));
	const sentence = row === undefined ? '' : row.sentence(refusal);
	return new SignInError(sentence, reply.status < 500);
}

/** Node's and axios' codes of a request that got no whole answer. */
const NO_ANSWER: ReadonlyArray<readonly [RegExp, string]> = [
	[/^(?:ETIMEDOUT|ECONNABORTED|ERR_CANCELED)$/, 'it did not answer within 10 seconds'],
	[/^(?:ENOTFOUND|EAI_AGAIN)$/, 'its host name was not found'],
	[/^ECONNREFUSED$/, 'the connection was refused'],
	[/^(?:EHOSTUNREACH|ENETUNREACH)$/, 'there is no route to its host'],
	[/CERT|SSL|TLS|SIGNATURE|ERR_ASSERTION|EPROTO/, 'no secure connection could be made'],
	[/./, 'the connection ended before the answer was complete'],
];

/** Puts a request without a whole answer into words. The code itself would make n8n replace them. */
export function noAnswer(failure: unknown, { server, addressField }: LoginWords): SignInError {
	const code = field(failure, 'code');
	const reason = NO_ANSWER.find(([codes]) => typeof code === 'string' && codes.test(code))?.[1];
	return reason === undefined
		? new SignInError(
				"n8n did not send the request. Check 'Allowed HTTP Request Domains' of this credential and the network rules of this n8n.",
				false,
			)
		: new SignInError(
				`${server} is not reachable: ${reason}. Check '${addressField}' and the network of the machine that runs n8n.`,
				false,
			);
}
