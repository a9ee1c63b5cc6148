import { randomBytes } from 'crypto';

/** developers.nexudus.com get-token: `expires_in` 86400 [D]; other pages and users saw other values. */
export const accessTokenSeconds = 86_400;
/** developers.nexudus.com get-bearer-token: 15 days [D]. */
const refreshTokenSeconds = 15 * 86_400;

interface Refresh {
	email: string;
	clientId: string;
	expires: number;
}

export interface IssuedTokens {
	accessToken: string;
	refreshToken: string;
}

/** The tokens that the vendor gave out. */
export class Sessions {
	private readonly access = new Map<string, { email: string; expires: number }>();
	private readonly refresh = new Map<string, Refresh>();

	issue(email: string, clientId: string, now: Date): IssuedTokens {
		// "one refresh token per client_id": developers.nexudus.com token-authentication-oauth [D].
		for (const [token, refresh] of this.refresh) {
			if (refresh.email === email && refresh.clientId === clientId) this.refresh.delete(token);
		}
		const accessToken = randomBytes(24).toString('base64url');
		const refreshToken = randomBytes(24).toString('base64url');
		const at = now.getTime();
		this.access.set(accessToken, { email, expires: at + accessTokenSeconds * 1000 });
		this.refresh.set(refreshToken, { email, clientId, expires: at + refreshTokenSeconds * 1000 });
		return { accessToken, refreshToken };
	}

	/** The login that an access token stands for; undefined when unknown or expired. */
	emailOf(accessToken: string, now: Date): string | undefined {
		const session = this.access.get(accessToken);
		return session && session.expires > now.getTime() ? session.email : undefined;
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
