import { Secret, TOTP } from 'otpauth';
import { json, type Answer } from './answer';
import type { Readings } from './readings';
import { accessTokenSeconds, adminTokenSeconds, type Sessions } from './sessions';

/** One `POST /api/token`. */
export interface SignInEntry {
	/** Vendor's time, ISO UTC. */
	at: string;
	email: string | null;
	/** The `client_id` header. */
	clientId: string | null;
	grantType: string | null;
	outcome: 'ok' | TokenError;
}

/** The `error` of a refused sign-in: developers.nexudus.com get-token [D]. */
export type TokenError =
	'unsupported_grant_type' | 'invalid_grant' | 'two_factor_auth_check' | 'must_reset_password';

export interface SignInRequest {
	contentType: string;
	body: string;
	clientId: string | undefined;
}

/** What signs in, a customer or an administrator. */
export interface Login {
	email: string;
	password: string;
	/** Base32 secret of the authenticator, when two-factor sign-in is on. */
	twoFactorSecret?: string;
	mustResetPassword?: boolean;
	/** False for a user of the vendor who is no customer of this location. */
	registeredHere: boolean;
	isAdmin?: boolean;
}

interface SignInWorld {
	/** By e-mail in lower case. */
	loginOf(email: string): Login | undefined;
	sessions: Sessions;
	now: Date;
	status: Readings['tokenErrorStatus'];
	record(entry: SignInEntry): void;
}

// Only this description is published; the others are ours.
const descriptions = {
	wrongLogin: 'The user name or password is incorrect.', // developers.nexudus.com get-token [D]
	notRegistered: 'This user is not registered with this location.',
	wrongRefresh: 'The refresh token is invalid, expired or already used.',
	wrongGrant: 'The grant type is missing or the body is not form-encoded.',
	codeNeeded: 'Two-factor authentication code required.',
	mustReset: 'The password must be reset before signing in.',
};

/**
 * `POST /api/token`: the body must be form-encoded, JSON gives `unsupported_grant_type`.
 * developers.nexudus.com get-token [D].
 */
export function signIn(request: SignInRequest, world: SignInWorld): Answer {
	const isForm = request.contentType.startsWith('application/x-www-form-urlencoded');
	const form = new URLSearchParams(isForm ? request.body : '');
	const grantType = form.get('grant_type');
	let email = form.get('username')?.trim().toLowerCase() ?? null;

	const record = (outcome: SignInEntry['outcome']) =>
		world.record({
			at: world.now.toISOString(),
			email,
			clientId: request.clientId ?? null,
			grantType,
			outcome,
		});
	const refuse = (error: TokenError, description: string): Answer => {
		record(error);
		return json(world.status, { error, error_description: description });
	};
	const welcome = (login: string, clientId: string): Answer => {
		record('ok');
		const seconds = world.loginOf(login)?.isAdmin ? adminTokenSeconds : accessTokenSeconds;
		const issued = world.sessions.issue(login, { clientId, now: world.now, seconds });
		return json(200, {
			access_token: issued.accessToken,
			token_type: 'bearer',
			expires_in: seconds,
			refresh_token: issued.refreshToken,
		});
	};

	if (grantType === 'refresh_token') {
		const token = form.get('refresh_token') ?? '';
		email = world.sessions.redeem(token, request.clientId, world.now) ?? null;
		return email && request.clientId
			? welcome(email, request.clientId)
			: refuse('invalid_grant', descriptions.wrongRefresh);
	}
	if (grantType !== 'password') return refuse('unsupported_grant_type', descriptions.wrongGrant);

	const account = email === null ? undefined : world.loginOf(email);
	if (!account || account.password !== form.get('password')) {
		return refuse('invalid_grant', descriptions.wrongLogin);
	}
	if (!account.registeredHere) return refuse('invalid_grant', descriptions.notRegistered);
	if (account.mustResetPassword) return refuse('must_reset_password', descriptions.mustReset);
	if (account.twoFactorSecret && !codeIsRight(account.twoFactorSecret, form.get('totp') ?? '')) {
		// What a wrong code gives is not stated [?]; here the same as a missing one.
		return refuse('two_factor_auth_check', descriptions.codeNeeded);
	}
	// Without a client_id the e-mail stands in: learn.nexudus.com refresh-bearer-token [D].
	return welcome(account.email, request.clientId ?? account.email);
}

/** Codes follow real time, not the vendor's clock: the signing-in side cannot move its own clock. */
function codeIsRight(secret: string, code: string): boolean {
	return (
		new TOTP({ secret: Secret.fromBase32(secret) }).validate({ token: code, window: 1 }) !== null
	);
}
