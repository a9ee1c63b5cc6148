import { NO_ANSWER, type Reason, type Renewal, type Reply } from './change';
import type { Gate } from './pacer';
import type { Transport } from './readWell';
import type { Clock } from './world';

export interface SharedSession {
	transport: Transport;
	/** Closed while the session is opened or renewed. */
	gate: Gate;
	/** True where a request refused at 401 is worth sending again; `since` is when it had left. */
	renew(since: number): Promise<Renewal>;
}

export interface SharedSessionOptions {
	transport: Transport;
	clock: Pick<Clock, 'now'>;
	/** Signs in anew, once. Its requests do not pass the gate. Never throws. */
	renew: () => Promise<Renewal>;
	/** May a later request renew where this renewal failed? None may unless given. Pure. */
	mayRenewAfter?: (failed: Reason) => boolean;
	/** The gate is open again. */
	opened: () => void;
}

/**
 * One session for all requests of a run. The first request goes alone, for it may have to sign in;
 * a sign-in that gave no session is not tried again for the next item. On 401 one renewal serves
 * all that wait, and another one is made only after a request has succeeded in between. One that
 * failed is the last, unless what stood in its way may have passed by then.
 */
export function sharedSession(options: SharedSessionOptions): SharedSession {
	let inside = 0;
	let open = false;
	let noSession: Reply | undefined;
	let renewal: { startedAt: number; underWay: boolean; done: Promise<Renewal> } | undefined;
	let helped = true;
	let lost: Renewal | undefined;

	return {
		gate: {
			mayPass: () => !renewal?.underWay && (open || inside === 0),
			passed: () => {
				inside += 1;
			},
			left: () => {
				inside -= 1;
			},
		},
		transport: async (request, limit) => {
			if (noSession) return noSession;
			const reply = await options.transport(request, limit);
			open = true;
			if (!reply.answered && reply.code === NO_ANSWER.noSession) noSession = reply;
			if (reply.answered && reply.status < 400) helped = true;
			return reply;
		},
		renew: async (since) => {
			if (renewal && (renewal.underWay || renewal.startedAt >= since)) return await renewal.done;
			if (lost !== undefined) return lost;
			if (noSession || !helped) return false;
			helped = false;
			const mine = {
				startedAt: options.clock.now(),
				underWay: true,
				done: Promise.resolve<Renewal>(false),
			};
			renewal = mine;
			mine.done = options.renew().then((renewed) => {
				mine.underWay = false;
				if (typeof renewed === 'object' && options.mayRenewAfter?.(renewed)) helped = true;
				else if (renewed !== true) lost = renewed;
				options.opened();
				return renewed;
			});
			return await mine.done;
		},
	};
}
