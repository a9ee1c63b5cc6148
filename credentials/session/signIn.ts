import {
	sleep,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import { retryAfter } from '../../guarded-change/backoff';
import type { Login } from './login';
import { oneTimeCode } from './oneTimeCode';
import { SignInError } from './signInError';
import { noAnswer, readSignInReply, type SignInReply } from './signInRefusals';
import { isBearerToken } from './sessionSeal';

const TIME_LIMIT_MS = 10_000;

function checkFields({ email, password, clientId, words }: Login): void {
	if (email === '') {
		throw new SignInError(`'Email' is empty. Enter the ${words.who}'s e-mail.`, true);
	}
	if (password === '') {
		throw new SignInError(`'Password' is empty. Enter the ${words.who}'s password.`, true);
	}
	if (!isBearerToken(clientId)) {
		throw new SignInError(
			"'Client ID' holds characters that a header cannot carry. Use letters, digits, dots and hyphens.",
			true,
		);
	}
}

/** The form of auth/get-token (learn.nexudus.com [D]); sent as JSON it would be refused. */
function tokenRequest(login: Login, totp: string | undefined): IHttpRequestOptions {
	const form = new URLSearchParams({
		grant_type: 'password',
		username: login.email,
		password: login.password,
	});
	if (totp !== undefined) form.set('totp', totp);
	return {
		method: 'POST',
		url: `${login.origin}/api/token`,
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/x-www-form-urlencoded',
			client_id: login.clientId,
		},
		body: form.toString(),
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		timeout: TIME_LIMIT_MS,
		// `timeout` starts anew with every byte received; the signal limits the whole call.
		abortSignal: AbortSignal.timeout(TIME_LIMIT_MS),
	};
}

async function send(
	helpers: IHttpRequestHelper['helpers'],
	request: IHttpRequestOptions,
	words: Login['words'],
): Promise<SignInReply | SignInError> {
	try {
		const reply = (await helpers.httpRequest(request)) as IN8nHttpFullResponse;
		return { status: reply.statusCode, headers: reply.headers, body: reply.body };
	} catch (failure) {
		return noAnswer(failure, words);
	}
}

/** A throttled sign-in has not been looked at: so often it is sent again, if the wait is short. */
const MOST_THROTTLES = 2;
const LONGEST_WAIT_MS = 3_000;
/** Several processes that were throttled together come back one by one. */
const SPREAD_MS = 500;

/** ms that the portal asks to wait; undefined where it does not, or for longer than a caller waits. */
function shortWait({ status, headers }: SignInReply, now: number): number | undefined {
	if (status !== 429 && status !== 409) return undefined;
	const wait = retryAfter(headers as Record<string, string>, now);
	return wait !== undefined && wait <= LONGEST_WAIT_MS ? wait : undefined;
}

/** One sign-in that was looked at. */
async function answered(
	helpers: IHttpRequestHelper['helpers'],
	login: Login,
	now: number,
): Promise<{ reply: SignInReply; totp: string | undefined }> {
	let waited = 0;
	for (let throttles = 0; ; throttles++) {
		const { oneTimeCodeSecret, words } = login;
		const totp =
			oneTimeCodeSecret === '' ? undefined : oneTimeCode(oneTimeCodeSecret, now + waited);
		const reply = await send(helpers, tokenRequest(login, totp), words);
		if (reply instanceof SignInError) throw reply;
		const wait = throttles < MOST_THROTTLES ? shortWait(reply, now + waited) : undefined;
		if (wait === undefined) return { reply, totp };
		const ms = wait + Math.random() * SPREAD_MS;
		await sleep(ms);
		waited += ms;
	}
}

/**
 * Signs in: one `POST /api/token` (learn.nexudus.com, auth/get-token [D]) that takes
 * no longer than 10 s and follows no redirect. Throttled for a few seconds at the most, it waits
 * and is sent again.
 *
 * @param now milliseconds since 1970, for the one-time code
 * @returns the access token
 * @throws SignInError when there is no session; UserError when
 *   'One-Time Code Secret' cannot be used. No message holds a secret.
 */
export async function signIn(
	helpers: IHttpRequestHelper['helpers'],
	login: Login,
	now: number,
): Promise<string> {
	checkFields(login);
	const { password, oneTimeCodeSecret, words } = login;
	const { reply, totp } = await answered(helpers, login, now);
	const outcome = readSignInReply(reply, {
		withOneTimeCode: totp !== undefined,
		secrets: [password, oneTimeCodeSecret, totp ?? ''],
		words,
	});
	if (outcome instanceof SignInError) throw outcome;
	return outcome;
}
