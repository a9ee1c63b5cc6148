import type { Read, System } from '../../../../guarded-change/change';
import { answeredAt, readWell, type ReadTools } from '../../../../guarded-change/readWell';
import type { VendorRecord } from '../../../../n8n/vendorRecord';
import { paychtecApi, underKey } from './paychtecApi';
import { writeRequest, type PaychtecChange } from './paychtecChange';
import { absenceProves, hiddenFor, planFacts, rulesFor, sees } from './rules';
import { subscriptionState, type SubscriptionState } from './subscriptionState';
import { judge, judgeRead } from './vendorAnswer';

/** Paychtec for the engine: how to read, what the rules are, what to send, what shows that it is there. */
export function paychtecSystem(tools: ReadTools): System<PaychtecChange, SubscriptionState> {
	return {
		replays: true,
		judge,
		sees,
		planFacts,
		rules: rulesFor,
		read: async ({ baseUrl, subscriptionId }) =>
			await readSubscription(baseUrl, subscriptionId, tools),
		send: async (change, _state, limit, key) =>
			await tools.transport(underKey(writeRequest(change), key), limit),
		absenceProves: (change, _before, verdict) => absenceProves(change, verdict),
		// On our clock: the record of sent writes is ours.
		hiddenUntil: (change, state) => tools.run.clock.now() + hiddenFor(change, state),
		settles: (change, sent) => change.operation !== sent.operation,
		// An API key is not renewed.
		renewSession: async () => false,
	};
}

/** One subscription as the vendor shows it now. Never throws. */
export async function readSubscription(
	baseUrl: string,
	id: string,
	tools: ReadTools,
): Promise<Read<SubscriptionState>> {
	const read = await readWell(paychtecApi(baseUrl).subscription(id), {
		...tools,
		judge: (reply) => judgeRead(reply, id),
	});
	if (!read.known) return read;
	const now = answeredAt(read.value, tools);
	return { ...read, value: subscriptionState(read.value.body as VendorRecord, now) };
}
