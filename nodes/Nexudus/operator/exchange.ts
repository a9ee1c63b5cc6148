import { isBearerToken } from '../../../credentials/session/sessionSeal';
import { backoff } from '../../../guarded-change/backoff';
import type { NotKnown, Read } from '../../../guarded-change/change';
import { readWell, type AnsweredReply, type ReadTools } from '../../../guarded-change/readWell';
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
	/** Told before each impersonation token that is asked for. */
	asking(coworkerId: number): void;
}

/**
 * Opens a session of a member: operator's session → impersonation token → bearer. Both steps are
 * sent again together, for the token between them may work once only [?].
 *
 * @returns the bearer of the member's session; every step that fails has a reason of its own
 */
export async function exchange(coworkerId: number, tools: ExchangeTools): Promise<Read<string>> {
	const { adminTools, plainTools, validity } = tools;
	const { run, settings } = adminTools;
	const tokens: string[] = [];
	let waited = 0;
	let sends = 0;
	for (let place = validity.place; ;) {
		tools.asking(coworkerId);
		const first = await readWell(tools.admin.impersonate(coworkerId), adminTools);
		waited += first.waited;
		if (!first.known) return { ...noAccess('impersonation', coworkerId, first), waited };
		const token = tokenOf(first.value, ['token']);
		if (token === undefined) return noToken('impersonation', coworkerId, first.value, waited);

		tokens.push(token);
		const request = tools.api.exchange(token, VALID_MINUTES[place], tools.clientId);
		const second = await readWell(request, plainTools);
		waited += second.waited;
		if (second.known) {
			const bearer = tokenOf(second.value, ['token', 'access_token']);
			if (bearer === undefined) return noToken('exchange', coworkerId, second.value, waited);
			validity.place = place;
			return { ...second, value: bearer, waited };
		}
		sends += 1;
		const { code } = second.reason;
		const isRefused = code === 'vendor' || code === 'session';
		if (isRefused && place < VALID_MINUTES.length - 1) place += 1;
		else if (code === 'unreadable' && sends < settings.maxAttempts) {
			await run.clock.sleep(backoff(sends, settings, () => run.clock.random()));
		} else return { ...noAccess('exchange', coworkerId, second, tokens), waited };
	}
}

/** A token that a header can carry, under the first of the names that the answer has. */
function tokenOf({ body }: AnsweredReply, names: string[]): string | undefined {
	if (!isRecord(body)) return undefined;
	return names.map((name) => body[name]).find(isBearerToken);
}

function noToken(step: Step, coworkerId: number, reply: AnsweredReply, waited: number): NotKnown {
	// What it did answer is not shown: it may hold a token under another name.
	const empty: AnsweredReply = { ...reply, body: '' };
	const failed: NotKnown = { known: false, reason: { code: 'unreadable', reply: empty }, waited };
	return noAccess(step, coworkerId, failed);
}
