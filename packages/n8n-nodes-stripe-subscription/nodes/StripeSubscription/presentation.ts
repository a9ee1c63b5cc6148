import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../../../guarded-change/change';
import type { Presentation } from '../../../../n8n/changeOutput';
import { readFormBody } from './formBody';
import { isAsAsked } from './rules';
import { stripeApi } from './stripeApi';
import type { StripeChange, Wanted } from './stripeChange';
import { stripeWords } from './stripeWords';
import { shownState, type SubscriptionState } from './subscriptionState';
import { isoOf } from './unixSeconds';
import { whatHappensNext } from './whatHappensNext';
import { writeRequest } from './writeRequest';

const VERBS: Record<Wanted['operation'], string> = {
	pause: 'pause',
	resume: 'resume',
	pauseCollection: 'pause of payment collection',
	resumeCollection: 'resume of payment collection',
};

/** How the changes of a subscription show in the output. */
export const presentation: Presentation<StripeChange, SubscriptionState> = {
	system: 'stripe',
	words: stripeWords,
	subject: ({ wanted, subscription }) => ({
		verb: VERBS[wanted.operation],
		thing: `subscription ${subscription}`,
	}),
	ids: ({ subscription }) => ({ subscriptionId: subscription }),
	operation: ({ wanted }) => wanted.operation,
	request: (change, before) => writeRequest(stripeApi(change.apiUrl), change, before),
	body: ({ body }) => readFormBody(body ?? ''),
	state: shownState,
	sameAsAsked,
	expectedDates,
	audit: ({ apiVersion }, { before }) => ({ apiVersion, livemode: before?.livemode ?? null }),
	hint: whatHappensNext,
};

function sameAsAsked(
	{ wanted }: StripeChange,
	{ before, after }: Outcome<SubscriptionState>,
): boolean | null {
	if (after === null) return null;
	switch (wanted.operation) {
		case 'pause':
			return after.pauseReason === 'pause_requested' ? true : null;
		case 'resume':
			if (before?.kind === 'collection') return after.collection === null ? true : null;
			return after.status !== 'paused' ? true : null;
		case 'pauseCollection':
			return after.collection === null ? null : isAsAsked(wanted, after);
		case 'resumeCollection':
			return after.collection === null ? true : null;
	}
}

/** Both pauses begin and end with the call; only `resumes_at` lies ahead. */
function expectedDates({ wanted }: StripeChange, before: SubscriptionState): IDataObject {
	const now = new Date(before.asOf).toISOString();
	switch (wanted.operation) {
		case 'pause':
			return { pausedFromUtc: now, pausedUntilUtc: null, inferred: true };
		case 'pauseCollection':
			return { pausedFromUtc: now, pausedUntilUtc: isoOf(wanted.resumes_at), inferred: true };
		case 'resume':
		case 'resumeCollection':
			return { pausedFromUtc: isoOf(before.pausedAt), pausedUntilUtc: now, inferred: true };
	}
}
