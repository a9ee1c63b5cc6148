import { isBearerToken } from '../../../credentials/session/sessionSeal';
import { backoff } from '../../../guarded-change/backoff';
import type { NotKnown, Read } from '../../../guarded-change/change';
import {
	readWell,
	unreadable,
	type AnsweredReply,
	type ReadTools,
} from '../../../guarded-change/readWell';
import type { NexudusApi } from '../nexudusApi';
import { isRecord } from '../vendorRecord';
import type { adminApi } from './adminApi';
import { noAccess, type Step } from './exchangeWords';

/**
 * Minutes that a member's session is asked for: long enough for the items of a member in a long
 * run, then the one value that the documents show. Which others are taken is not documented [?].
 */
const VALID_MINUTES = [15, 1440];

export interface ExchangeTools {
	admin: ReturnType<typeof adminApi>;
	api: NexudusApi;
	/** Requests in the operator's session, to the admin API alone. */
	adminTools: ReadTools;
	/** Requests without any session, to the portal. */
	plainTools: ReadTools;
	clientId: string;
	/** The place in `VALID_MINUTES` that this vendor takes; the run learns it once. */
	validity: { place: number };
}

/**
 * A token that goes on within this time, in ms, and for the first time, is not refused for its age
 * [I]: it is "short-lived" [D], how long is not told [?].
 */
const FRESH = 1_000;

/**
 * Opens a session of a member: operator's session → impersonation token → bearer. Both steps are
 * sent again together, for the token between them may work once only [?].
 *
 * A refused exchange may mean that the token is too old, that it was used up, or that this validity
 * is not taken; the answer does not tell which [?]. So a token that was not fresh is replaced once,
 * and the run learns a longer validity only from the refusal of a fresh one. One member costs
 * `maxAttempts` + 2 pairs of requests at the most.
 *
 * @returns the bearer of the member's session; every step that fails has a reason of its own
 */
export async function exchange(coworkerId: number, tools: ExchangeTools): Promise<Read<string>> {
	const { adminTools, validity } = tools;
	const { run, settings } = adminTools;
	const tokens: string[] = [];
	let waited = 0;
	let unread = 0;
	let replaced = false;
	let learns = true;
	for (let place = validity.place; ;) {
		const first = await readWell(tools.admin.impersonate(coworkerId), adminTools);
		waited += first.waited;
		if (!first.known) return { ...noAccess('impersonation', coworkerId, first), waited };
		const token = tokenOf(first.value, ['token']);
		if (token === undefined) return noToken('impersonation', coworkerId, first.value, waited);

		tokens.push(token);
		const { read: second, isFresh } = await handOn(token, VALID_MINUTES[place], tools);
		waited += second.waited;
		if (second.known) {
			const bearer = tokenOf(second.value, ['token', 'access_token']);
			if (bearer === undefined) return noToken('exchange', coworkerId, second.value, waited);
			if (learns) validity.place = Math.max(place, validity.place);
			return { ...second, value: bearer, waited };
		}
		if (isAboutToken(second)) {
			const longer = place + 1 < VALID_MINUTES.length;
			// Another member has learned it meanwhile.
			if (place < validity.place) place = validity.place;
			else if (!isFresh && !replaced) replaced = true;
			else if (longer) [place, learns] = [place + 1, isFresh];
			else return { ...noAccess('exchange', coworkerId, second, tokens), waited };
			continue;
		}
		unread += 1;
		if (second.reason.code !== 'unreadable' || unread >= settings.maxAttempts) {
			return { ...noAccess('exchange', coworkerId, second, tokens), waited };
		}
		await run.clock.sleep(backoff(unread, settings, () => run.clock.random()));
	}
}

/** The second step, and whether its token was still fresh when the last request left. */
async function handOn(
	token: string,
	minutes: number,
	{ api, plainTools, clientId }: ExchangeTools,
) {
	const { clock } = plainTools.run;
	const came = clock.now();
	let sends = 0;
	let age = 0;
	const read = await readWell(api.exchange(token, minutes, clientId), {
		...plainTools,
		transport: async (request, limit) => {
			sends += 1;
			age = clock.now() - came;
			return await plainTools.transport(request, limit);
		},
	});
	return { read, isFresh: sends === 1 && age < FRESH };
}

/** May the token or its validity be what was refused? A redirect is about the address. Pure. */
function isAboutToken({ reason }: NotKnown): boolean {
	if (reason.code !== 'vendor' && reason.code !== 'session') return false;
	const { reply } = reason;
	return reply.answered && (reply.status < 300 || reply.status >= 400);
}

/** A token that a header can carry, under the first of the names that the answer has. */
function tokenOf({ body }: AnsweredReply, names: string[]): string | undefined {
	if (!isRecord(body)) return undefined;
	return names.map((name) => body[name]).find(isBearerToken);
}

function noToken(step: Step, coworkerId: number, reply: AnsweredReply, waited: number): NotKnown {
	// What it did answer is not shown: it may hold a token under another name.
	const empty: AnsweredReply = { ...reply, body: '' };
	return noAccess(step, coworkerId, unreadable(empty, waited));
}
