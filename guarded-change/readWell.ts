import { vendorNow } from './backoff';
import type { HttpRequest, NotKnown, Read, Reason, Renewal, Reply, Verdict } from './change';
import { classify } from './classify';
import type { RequestKind } from './pace';
import type { Gate } from './pacer';
import { Patience } from './patience';
import type { PaceLimits, RequestSettings } from './settings';
import { Stopwatch } from './stopwatch';
import type { Run } from './world';

/** Sends one request and brings what came back; `limit` is for the whole call, in ms. Never throws. */
export type Transport = (request: HttpRequest, limit: number) => Promise<Reply>;

export interface ReadTools {
	transport: Transport;
	run: Run;
	limits: PaceLimits;
	settings: RequestSettings;
	judge?: (reply: Reply) => Verdict | undefined;
	renewSession?: (since: number) => Promise<Renewal>;
	gate?: Gate;
	/** As what the vendor counts it; a read unless given. */
	kind?: RequestKind;
	/** Before the writes that stand in line: what it carries goes stale. */
	front?: boolean;
}

export type AnsweredReply = Extract<Reply, { answered: true }>;

/** A read may be sent again whatever came back, within the bounds of the settings. Never throws. */
export async function readWell(
	request: HttpRequest,
	tools: ReadTools,
): Promise<Read<AnsweredReply>> {
	const { run, settings } = tools;
	const { pacer, budget } = run.memory.paceOf(run.account);
	const watch = new Stopwatch(() => run.clock.now());
	const patience = new Patience(run.clock, budget, settings, watch);
	let waited = 0;
	let renewed = false;
	const notKnown = (reason: Reason): NotKnown => ({ known: false, reason, waited });

	for (;;) {
		const turn = await pacer.turn({
			kind: tools.kind ?? 'read',
			front: tools.front,
			limits: tools.limits,
			longestWait: settings.maxThrottleWait,
			gate: tools.gate,
			stopped: () => run.cancelled(),
		});
		waited += turn.waited;
		watch.exclude(turn.waited);
		if ('tooLongUntil' in turn)
			return notKnown({ code: 'throttledTooLong', until: turn.tooLongUntil });
		if (run.cancelled()) {
			turn.giveBack();
			return notKnown({ code: 'stopped' });
		}

		watch.start();
		const askedAt = run.clock.now();
		const reply = await tools.transport(request, settings.timeout);
		const verdict = tools.judge?.(reply) ?? classify(reply, run.clock.now());
		const tooLong = verdict.class === 'throttled' ? patience.throttled(verdict, turn) : undefined;
		turn.done();

		switch (verdict.class) {
			case 'ok':
				budget.succeeded();
				return { known: true, value: reply as AnsweredReply, askedAt, waited };
			case 'throttled':
				if (tooLong) return notKnown(tooLong);
				break;
			case 'unauthorized': {
				const again = !renewed && (await tools.renewSession?.(askedAt));
				if (again !== true) return notKnown(again || { code: 'session', reply });
				renewed = true;
				break;
			}
			case 'neverSent':
			case 'ambiguous':
				if (await patience.again(reply, verdict)) return notKnown({ code: 'unreadable', reply });
				break;
			case 'cancelled':
				return notKnown({ code: 'stopped' });
			case 'refused':
				return notKnown({ code: 'vendor', reply });
			case 'noSession':
				return notKnown({ code: 'session', reply });
		}
	}
}

/** An answer from which what was asked for cannot be read. Pure. */
export function unreadable(reply: Reply, waited: number): NotKnown {
	return { known: false, reason: { code: 'unreadable', reply }, waited };
}

/** The vendor's clock when it answered, ms since 1970; ours where it does not tell. */
export function answeredAt({ headers }: AnsweredReply, { run }: Pick<ReadTools, 'run'>): number {
	return vendorNow(headers, run.clock.now());
}
