import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../../../guarded-change/change';
import type { Presentation } from '../../../../n8n/changeOutput';
import { isImmediate, writeRequest, type PaychtecChange } from './paychtecChange';
import { paychtecWords } from './paychtecWords';
import {
	hasEnded,
	isPaused,
	isRunning,
	stateView,
	type SubscriptionState,
} from './subscriptionState';

/** How pause and resume of a subscription show in the output. */
export const presentation: Presentation<PaychtecChange, SubscriptionState> = {
	system: 'paychtec',
	words: paychtecWords,
	subject: ({ operation, subscriptionId }) => ({
		verb: operation,
		thing: `subscription ${subscriptionId}`,
	}),
	ids: ({ subscriptionId }) => ({ subscriptionId }),
	operation: ({ operation }) => operation,
	request: (change) => writeRequest(change),
	body: ({ body }) => JSON.parse(body ?? '{}') as IDataObject,
	state: stateView,
	sameAsAsked,
	expectedDates,
	audit: () => ({}),
};

/** A change for later, or a status that nobody has explained, cannot be compared. */
function sameAsAsked(
	change: PaychtecChange,
	{ after }: Outcome<SubscriptionState>,
): boolean | null {
	if (after === null || !isImmediate(change)) return null;
	if (hasEnded(after)) return false;
	if (!isPaused(after) && !isRunning(after)) return null;
	return isPaused(after) === (change.operation === 'pause');
}

function expectedDates(change: PaychtecChange, before: SubscriptionState): IDataObject | null {
	const now = new Date(before.asOf).toISOString();
	if (change.operation === 'resume') {
		const pausedUntilUtc = change.at ?? now;
		return { pausedFromUtc: before.pausedAt, pausedUntilUtc, inferred: true };
	}
	const pausedFromUtc = isImmediate(change) ? now : (change.at ?? before.nextBillingAt);
	return { pausedFromUtc, pausedUntilUtc: null, inferred: true };
}
