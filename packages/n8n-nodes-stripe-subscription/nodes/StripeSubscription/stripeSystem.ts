import type { BulkSystem } from '../../../../guarded-change/changeMany';
import type { Read } from '../../../../guarded-change/change';
import {
	answeredAt,
	readWell,
	type AnsweredReply,
	type ReadTools,
} from '../../../../guarded-change/readWell';
import { isRecord } from '../../../../n8n/vendorRecord';
import type { OpenedAccount } from './account';
import { absenceProves, planFacts, rulesFor, sees, SETTLED_AFTER } from './rules';
import { isReplay, judge, judgeSubscription } from './stripeAnswer';
import { stripeApi, underKey, type StripeApi } from './stripeApi';
import type { StripeChange, Wanted } from './stripeChange';
import {
	RESUMPTION_EXPIRES,
	resumptionMark,
	subscriptionState,
	type SubscriptionState,
} from './subscriptionState';
import { writeRequest } from './writeRequest';

/**
 * Which change makes an unsettled one void: only the opposite one of the same pause. A pause of
 * payment collection says nothing of a resume that may still act.
 */
const VOIDED_BY: Record<string, Wanted['operation']> = {
	pause: 'resume',
	resume: 'pause',
	pauseCollection: 'resumeCollection',
	resumeCollection: 'pauseCollection',
};

/** Stripe for the engine: how to read, what the rules are, what to send, what shows that it is there. */
export function stripeSystem({
	apiUrl,
	transport,
	tools,
}: OpenedAccount): BulkSystem<StripeChange, SubscriptionState> {
	const api = stripeApi(apiUrl);
	const requestIn = (change: StripeChange, state: SubscriptionState) => {
		const { url, body } = writeRequest(api, change, state);
		return `${url} ${body ?? ''}`;
	};
	return {
		replays: true,
		isReplay,
		judge,
		sees,
		absenceProves,
		rules: (change, state) => rulesFor(change, state),
		planFacts: (change, state) => planFacts(change, state, requestIn(change, state)),
		requestIn,
		read: async (change) => {
			const read = await readSubscription(api, tools, change.subscription, expandOf(change));
			return read.known ? { ...read, value: stateOf(read.value, tools) } : read;
		},
		send: async (change, state, limit, key) =>
			await transport(underKey(writeRequest(api, change, state), key), limit),
		// Everything shows at once, except the effect of a request that is still at work, and of a
		// resume that waits for its payment.
		hiddenUntil: ({ wanted }) =>
			tools.run.clock.now() + (wanted.operation === 'resume' ? RESUMPTION_EXPIRES : SETTLED_AFTER),
		mark: resumptionMark,
		settles: (change, sent) => VOIDED_BY[sent.operation] === change.operation,
		renewSession: async () => false,
	};
}

/** A resume is judged by the invoice it makes, so that comes with the subscription. */
function expandOf({ wanted }: StripeChange): string[] {
	return wanted.operation === 'resume' ? [...new Set(['latest_invoice', ...wanted.expand])] : [];
}

/** One subscription as Stripe shows it now, with the fields of `expand` in full. Never throws. */
export async function readSubscription(
	api: StripeApi,
	tools: ReadTools,
	id: string,
	expand: readonly string[],
): Promise<Read<AnsweredReply>> {
	return await readWell(api.subscription(id, expand), { ...tools, judge: judgeSubscription });
}

/** The state in an answer, with Stripe's clock. */
export function stateOf(reply: AnsweredReply, tools: ReadTools): SubscriptionState {
	const { body } = reply;
	return subscriptionState(isRecord(body) ? body : {}, answeredAt(reply, tools));
}
