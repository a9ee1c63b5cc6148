import { NO_ANSWER, type Reply } from './change';
import type { Transport } from './readWell';
import type { Clock } from './world';

export interface SharedSession {
	transport: Transport;
	/** True where a request refused at 401 is worth sending again; `since` is when it had left. */
	renew(since: number): Promise<boolean>;
}

export interface SharedSessionOptions {
	transport: Transport;
	clock: Pick<Clock, 'now'>;
	/** One read that signs in anew where it is refused. */
	renew: () => Promise<boolean>;
}

/**
 * One session for all requests of a run. The first request goes alone, for it may have to sign in;
 * a sign-in that gave no session is not tried again for the next item. On 401 one renewal serves
 * all that wait, and another one is made only after a request has succeeded in between.
 */
export function sharedSession(options: SharedSessionOptions): SharedSession {
	let opening: Promise<Reply> | undefined;
	let noSession: Reply | undefined;
	let renewal: { startedAt: number; done: Promise<boolean> } | undefined;
	let helped = true;

	const note = (reply: Reply): Reply => {
		if (!reply.answered && reply.code === NO_ANSWER.noSession) noSession = reply;
		if (reply.answered && reply.status < 400) helped = true;
		return reply;
	};

	return {
		transport: async (request, limit) => {
			if (opening === undefined) {
				opening = options.transport(request, limit).then(note);
				return await opening;
			}
			await opening;
			// A request that leaves while the session is renewed would carry the old one.
			await renewal?.done;
			return noSession ?? note(await options.transport(request, limit));
		},
		renew: async (since) => {
			if (renewal && renewal.startedAt >= since) return await renewal.done;
			if (noSession || !helped) return false;
			helped = false;
			renewal = { startedAt: options.clock.now(), done: options.renew() };
			return await renewal.done;
		},
	};
}
