import { randomBytes } from 'crypto';

/** developers.nexudus.com get-token: `expires_in` 86400 [D]; other pages and users saw other values. */
export const accessTokenSeconds = 86_400;
/** The same of an administrator: developers.nexudus.com rest-api/authentication [D]. */
export const adminTokenSeconds = 604_799;
/** developers.nexudus.com get-bearer-token: 15 days [D]. */
const refreshTokenSeconds = 15 * 86_400;

/** Who asked for the session of a customer, and for which of their profiles. */
export interface Actor {
	/** E-mail of the administrator. */
	operator: string;
	coworkerId: number;
	/** The `client_id` header of the exchange. */
	client: string;
}

/** What an access token stands for. */
export interface Session {
	email: string;
	/** Vendor's time in ms. */
	expires: number;
	/** Set where an administrator acts for the customer. */
	actor: Actor | null;
}

interface Refresh {
	email: string;
	clientId: string;
	expires: number;
}

export interface IssuedTokens {
	accessToken: string;
	refreshToken: string;
}

export interface Issue {
	clientId: string;
	now: Date;
	/** How long the access token is good. */
	seconds: number;
	actor?: Actor;
}

/** The tokens that the vendor gave out. */
export class Sessions {
	/** Every token ever given out, oldest first: what must not be found anywhere. */
	readonly given: string[] = [];
	private readonly access = new Map<string, Session>();
	private readonly refresh = new Map<string, Refresh>();

	issue(email: string, { clientId, now, seconds, actor }: Issue): IssuedTokens {
		// "one refresh token per client_id": developers.nexudus.com token-authentication-oauth [D].
		for (const [token, refresh] of this.refresh) {
			if (refresh.email === email && refresh.clientId === clientId) this.refresh.delete(token);
		}
		const accessToken = randomBytes(24).toString('base64url');
		const refreshToken = randomBytes(24).toString('base64url');
		this.given.push(accessToken, refreshToken);
		const at = now.getTime();
		const expires = at + seconds * 1000;
		this.access.set(accessToken, { email, expires, actor: actor ?? null });
		this.refresh.set(refreshToken, { email, clientId, expires: at + refreshTokenSeconds * 1000 });
		return { accessToken, refreshToken };
	}

	/** What an access token stands for; undefined when unknown or expired. */
	find(accessToken: string, now: Date): Session | undefined {
		const session = this.access.get(accessToken);
		return session && session.expires > now.getTime() ? session : undefined;
	}

	/**
	 * Takes a refresh token out of use and names its login. The client id must be the one of the
	 * sign-in: learn.nexudus.com refresh-bearer-token [D].
	 */
	redeem(refreshToken: string, clientId: string | undefined, now: Date): string | undefined {
		const refresh = this.refresh.get(refreshToken);
		if (!refresh || refresh.clientId !== clientId || refresh.expires <= now.getTime()) {
			return undefined;
		}
		this.refresh.delete(refreshToken);
		return refresh.email;
	}

	/** Makes every issued token, or those of one login, worthless. */
	expire(email?: string): void {
		for (const tokens of [this.access, this.refresh]) {
			for (const [token, session] of tokens) {
				if (email === undefined || session.email === email) tokens.delete(token);
			}
		}
	}
}
