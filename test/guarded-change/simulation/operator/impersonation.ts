import type { HttpRequest, Reply } from '../../../../guarded-change/change';
import { PORTAL } from '../vendor';
import { ADMIN } from './periodVendor';

/** How a vendor opens a session of a member for an operator, where its documents leave that open. */
export interface ImpersonationReadings {
	/** May the token between the steps be used twice [?]? */
	token: 'once' | 'often';
	/** Any time that a session is asked for, or the one that the documents show [?]. */
	validity: 'any' | 'documented';
	/** 400 and 401 are both documented for a bad token [D]. */
	refusal: 400 | 401;
	/** Name of the bearer in the answer: documented, or as in other answers [D]. */
	bearer: 'token' | 'access_token';
	/** "Short-lived" [D], in ms. */
	tokenLife: number;
}

const IMPERSONATE = `${ADMIN}/api/sys/users/impersonate?coworkerId=`;
const EXCHANGE = `${PORTAL}/api/sys/users/exchange?`;
const MEMBERS = `${ADMIN}/api/spaces/coworkers?`;
const DOCUMENTED_MINUTES = 1440;

export const isImpersonation = ({ url }: HttpRequest): boolean => url.startsWith(IMPERSONATE);
/** The read that renews the operator's session. */
export const isProbe = ({ url }: HttpRequest): boolean => url.startsWith(MEMBERS);
export const isExchange = ({ url }: HttpRequest): boolean => url.startsWith(EXCHANGE);
export const tokenIn = ({ url }: HttpRequest): string =>
	new URL(url).searchParams.get('token') ?? '';

/** The bearer that a request carries; undefined for none. */
export function bearerIn({ headers }: HttpRequest): string | undefined {
	return headers?.Authorization?.replace(/^Bearer /, '');
}

interface MemberSession {
	member: number;
	until: number;
	expired: boolean;
}

/** Operator's session → token → bearer of a member, from the vendor's documents alone. */
export class Impersonation {
	private readonly tokens = new Map<string, { member: number; until: number }>();
	private given = 0;
	private readonly sessions = new Map<string, MemberSession>();

	constructor(
		private readonly readings: ImpersonationReadings,
		private readonly known: readonly number[],
		private readonly headers: (at: number) => Record<string, string>,
	) {}

	/** Whose session a bearer opens; undefined for no bearer of this vendor. */
	memberOf(bearer: string): number | undefined {
		return this.sessions.get(bearer)?.member;
	}

	isGood(bearer: string, at: number): boolean {
		const session = this.sessions.get(bearer);
		return session !== undefined && !session.expired && session.until > at;
	}

	/** All sessions of a member end. */
	expire(member: number | undefined): void {
		for (const session of this.sessions.values()) {
			if (session.member === member) session.expired = true;
		}
	}

	/** The list of members, empty here: it is read to renew the operator's session. */
	members(at: number): Reply {
		return this.reply(200, at, { Records: [], TotalItems: 0 });
	}

	impersonate({ url }: HttpRequest, at: number): Reply {
		const member = Number(url.slice(IMPERSONATE.length));
		if (!this.known.includes(member)) return this.reply(404, at, { Message: 'Not found' });
		this.given += 1;
		const token = `impersonation-${this.given}`;
		this.tokens.set(token, { member, until: at + this.readings.tokenLife });
		return this.reply(200, at, { token });
	}

	exchange(request: HttpRequest, at: number): Reply {
		const { validity, token: use, refusal, bearer: name } = this.readings;
		const minutes = Number(new URL(request.url).searchParams.get('validForInMinutes'));
		if (validity === 'documented' && minutes !== DOCUMENTED_MINUTES) {
			return this.reply(400, at, { Message: 'The request is invalid' });
		}
		const token = tokenIn(request);
		const known = this.tokens.get(token);
		if (use === 'once') this.tokens.delete(token);
		if (known === undefined || known.until <= at) {
			return this.reply(refusal, at, { Message: 'The token is not valid' });
		}
		const bearer = `bearer-${this.sessions.size + 1}-of-${known.member}`;
		const until = at + minutes * 60_000;
		this.sessions.set(bearer, { member: known.member, until, expired: false });
		return this.reply(200, at, { [name]: bearer, token_type: 'bearer', expires_in: 86_400 });
	}

	private reply(status: number, at: number, body: unknown): Reply {
		return { answered: true, status, headers: this.headers(at), body };
	}
}
