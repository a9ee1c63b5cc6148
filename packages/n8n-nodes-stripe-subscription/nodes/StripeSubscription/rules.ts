import type { PlanFacts, Refusal, Rules, Sight, Verdict } from '../../../../guarded-change/change';
import { knowsPausing, PAUSING_SINCE } from '../../credentials/apiVersion';
import { refusal } from './refusals';
import type {
	PauseCollectionWanted,
	PauseWanted,
	ResumeCollectionWanted,
	ResumeWanted,
	StripeChange,
} from './stripeChange';
import { hasEnded, isToBePaid, openResumption, type SubscriptionState } from './subscriptionState';

/** What Stripe's rules say of a change, before anything is sent. Pure. */
export function rulesFor(change: StripeChange, state: SubscriptionState): Rules {
	const { wanted, apiVersion } = change;
	switch (wanted.operation) {
		case 'pause':
			return pauseRules(wanted, state, apiVersion);
		case 'resume':
			return resumeRules(wanted, state, apiVersion);
		case 'pauseCollection':
			return pauseCollectionRules(wanted, state);
		case 'resumeCollection':
			return resumeCollectionRules(wanted, state);
	}
}

const write = (refusals: Refusal[]): Rules =>
	refusals.length > 0 ? { do: 'refuse', refusals } : { do: 'write' };

function pauseRules(wanted: PauseWanted, state: SubscriptionState, apiVersion: string): Rules {
	if (state.status === 'paused') {
		// A pause after a trial or a failed payment has other reasons, and other things to mend.
		const sameAsAsked = state.pauseReason === 'pause_requested' ? true : null;
		if (wanted.ifAlreadyPaused === 'fail') {
			return { do: 'refuse', sameAsAsked, refusals: [refusal.alreadyPaused(state)] };
		}
		return {
			do: 'nothing',
			sameAsAsked,
			proven: true,
			...(sameAsAsked === null && { hint: OTHER_REASON }),
		};
	}
	const refusals: Refusal[] = [];
	if (!knowsPausing(apiVersion)) refusals.push(refusal.versionCannotPause(apiVersion));
	if (hasEnded(state)) refusals.push(refusal.ended(state));
	else if (state.status === 'incomplete') refusals.push(refusal.incomplete());
	else {
		if (state.billingMode === 'classic') refusals.push(refusal.classicBilling());
		if (state.hasSchedule) refusals.push(refusal.hasSchedule());
	}
	return write(refusals);
}

const OTHER_REASON =
	'The subscription was paused already, but not known to be by a request: look at pauseReason under "after" for why.';

function resumeRules(wanted: ResumeWanted, state: SubscriptionState, apiVersion: string): Rules {
	if (state.kind === null) {
		if (hasEnded(state)) return write([refusal.ended(state)]);
		return notPaused(wanted, refusal.notPaused());
	}
	if (state.kind === 'collection') return write(hasEnded(state) ? [refusal.ended(state)] : []);
	if (openResumption(state) !== null) {
		return { do: 'nothing', sameAsAsked: null, proven: false, ...perhapsOlder(state) };
	}
	const refusals: Refusal[] = [];
	if (state.collectionMethod === 'send_invoice') refusals.push(refusal.sendInvoice());
	if (wanted.payment_behavior === 'resume_on_payment_success' && !knowsPausing(apiVersion)) {
		refusals.push(refusal.versionCannotWaitForPayment(apiVersion));
	}
	return write(refusals);
}

/** Versions that cannot pause do not tell since when a subscription is paused, unless by a trial. */
function perhapsOlder({ latestInvoice, pausedAt }: SubscriptionState): { hint?: string } {
	if (latestInvoice === null || (latestInvoice.created !== null && pausedAt !== null)) return {};
	return {
		hint: `The invoice ${latestInvoice.id} is not paid, and Stripe does not say whether a resume made it, so no second resume was sent. Pay or void the invoice, or set 'API Version' in the credential to ${PAUSING_SINCE} or later, which tells since when the subscription is paused.`,
	};
}

function pauseCollectionRules(wanted: PauseCollectionWanted, state: SubscriptionState): Rules {
	if (state.collection !== null) {
		const sameAsAsked = isAsAsked(wanted, state);
		if (wanted.ifAlreadyPaused === 'fail') {
			return { do: 'refuse', sameAsAsked, refusals: [refusal.alreadyPaused(state)] };
		}
		if (wanted.ifAlreadyPaused === 'unchanged' && !sameAsAsked) {
			return { do: 'refuse', sameAsAsked, refusals: [refusal.pausedDifferently(state, wanted)] };
		}
		return { do: 'nothing', sameAsAsked, proven: true };
	}
	return write(hasEnded(state) ? [refusal.ended(state)] : []);
}

function resumeCollectionRules(wanted: ResumeCollectionWanted, state: SubscriptionState): Rules {
	if (state.collection === null) return notPaused(wanted, refusal.collectionNotPaused(state));
	return write(hasEnded(state) ? [refusal.ended(state)] : []);
}

function notPaused({ ifNotPaused }: { ifNotPaused: string }, refused: Refusal): Rules {
	return ifNotPaused === 'fail'
		? { do: 'refuse', refusals: [refused] }
		: { do: 'nothing', sameAsAsked: true, proven: true };
}

/** Is payment collection paused in the way that was asked for? Pure. */
export function isAsAsked(
	{ behavior, resumes_at }: PauseCollectionWanted,
	{ collection }: SubscriptionState,
): boolean {
	return collection?.behavior === behavior && collection.resumesAt === (resumes_at ?? null);
}

/** Does a later state show the change? Pure. */
export function sees(
	{ wanted }: StripeChange,
	before: SubscriptionState,
	after: SubscriptionState,
): Sight {
	switch (wanted.operation) {
		case 'pause':
			return after.status === 'paused' ? 'there' : 'absent';
		case 'resume':
			return before.kind === 'collection' ? cleared(before, after) : resumed(before, after);
		case 'pauseCollection':
			if (after.collection === null) return 'absent';
			return isAsAsked(wanted, after) ? 'there' : 'differs';
		case 'resumeCollection':
			return cleared(before, after);
	}
}

/** Another pause than the one that was lifted is a later one: it does not tell that this was not. */
function cleared(
	{ collection: was }: SubscriptionState,
	{ collection: is }: SubscriptionState,
): Sight {
	if (is === null) return 'there';
	return is.behavior === was?.behavior && is.resumesAt === was.resumesAt ? 'absent' : 'differs';
}

/** 200 is not "active": with an invoice to be paid the subscription stays paused (stripe/openapi, resume [D]). */
function resumed(before: SubscriptionState, after: SubscriptionState): Sight {
	if (before.status !== 'paused') return 'absent';
	if (hasEnded(after)) return 'differs';
	if (after.status !== 'paused') return 'there';
	// Paused anew: whether it was resumed before that cannot be seen any more.
	if (after.pausedAt !== before.pausedAt) return 'differs';
	const { latestInvoice } = after;
	if (latestInvoice === null || latestInvoice.id === before.latestInvoice?.id) return 'absent';
	return isToBePaid(latestInvoice) ? 'begun' : 'differs';
}

/** After this long, a request that was given up will not act any more, in ms. Ours, not the vendor's [I]. */
export const SETTLED_AFTER = 300_000;

/** See `System.absenceProves`. Pure. */
export function absenceProves(
	{ wanted }: StripeChange,
	before: SubscriptionState,
	verdict: Verdict,
	sinceSent: number,
): boolean {
	// A second resume may make a second invoice; all else comes to the same when it is done twice.
	if (wanted.operation !== 'resume' || before.kind === 'collection') return true;
	return verdict.class === 'ok' || verdict.finished === true || sinceSent >= SETTLED_AFTER;
}

/**
 * What the plan id rests on, in this order for ever. The fields of the request count, for the
 * idempotency key is made of the plan id and Stripe refuses a key that comes with other fields. Pure.
 */
export function planFacts(
	change: StripeChange,
	state: SubscriptionState,
	request: string,
): PlanFacts {
	return [
		['API version', change.apiVersion],
		['mode', state.livemode === null ? null : state.livemode ? 'live' : 'test'],
		['subscription', change.subscription],
		['operation', change.wanted.operation],
		['request', request],
		['status', state.status],
		['pause reason', state.pauseReason],
		['paused since', state.pausedAt],
		['paused collection', state.collection?.behavior ?? null],
		['collection resumes at', state.collection?.resumesAt ?? null],
		['period end', state.periodEnd],
	];
}
