import { createHash } from 'crypto';
import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Login } from './login';
import { openSession, sessionFingerprint } from './sessionSeal';
import { signIn } from './signIn';
import { SignInError } from './signInError';

const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 100;

interface Answer {
	at: number;
	outcome: string | SignInError;
}

const inFlight = new Map<string, Promise<string>>();
const answers = new Map<string, Answer>();

/** The login with its secrets, as a hash: a corrected password is another key. */
function keyOf(login: Login): string {
	const { password, oneTimeCodeSecret } = login;
	return createHash('sha256')
		.update(JSON.stringify([sessionFingerprint(login), password, oneTimeCodeSecret]))
		.digest('hex');
}

function remember(key: string, answer: Answer): void {
	for (const [known, { at }] of answers) {
		const isOld = Math.abs(answer.at - at) >= REMEMBERED_MS;
		if (isOld || answers.size >= MOST_REMEMBERED) answers.delete(known);
	}
	answers.set(key, answer);
}

function recall(key: string, now: number): string | SignInError | undefined {
	const answer = answers.get(key);
	// The clock may have been set back.
	const isFresh = answer !== undefined && Math.abs(now - answer.at) < REMEMBERED_MS;
	return isFresh ? answer.outcome : undefined;
}

async function signInAndRemember(
	key: string,
	helpers: IHttpRequestHelper['helpers'],
	login: Login,
	clock: () => number,
): Promise<string> {
	return await signIn(helpers, login, clock())
		.then(
			(token) => {
				remember(key, { at: clock(), outcome: token });
				return token;
			},
			(failure: unknown) => {
				const isAnswer = failure instanceof SignInError && failure.answered;
				if (isAnswer) remember(key, { at: clock(), outcome: failure });
				throw failure;
			},
		)
		.finally(() => inFlight.delete(key));
}

/**
 * Signs in, but no more often than needed within this process:
 * - calls for one login at the same time share one sign-in;
 * - a login that the portal refused is not tried again for 5 s, because n8n's HTTP Request node
 *   calls the credential's hook a second time after the first has failed;
 * - a caller that comes with a session older than one made in the last 5 s gets that newer one.
 *
 * @param clock milliseconds since 1970
 * @returns the access token
 * @throws what `signIn` throws
 */
export async function signInOnce(
	helpers: IHttpRequestHelper['helpers'],
	login: Login,
	clock: () => number = Date.now,
): Promise<string> {
	const key = keyOf(login);
	const known = recall(key, clock());
	if (known instanceof SignInError) throw known;

	const stored = openSession(login);
	if (known !== undefined && stored !== undefined && stored !== known) return known;

	let signingIn = inFlight.get(key);
	if (signingIn === undefined) {
		signingIn = signInAndRemember(key, helpers, login, clock);
		inFlight.set(key, signingIn);
	}
	return await signingIn;
}
