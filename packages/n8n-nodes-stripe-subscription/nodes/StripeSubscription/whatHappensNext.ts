import type { Outcome } from '../../../../guarded-change/change';
import { liftsCollection } from './writeRequest';
import type { ResumeWanted, StripeChange } from './stripeChange';
import { isToBePaid, openResumption, type SubscriptionState } from './subscriptionState';
import { isoOf } from './unixSeconds';

/** What Stripe's state says that happens next, for the output. Pure. */
export function whatHappensNext(
	{ wanted }: StripeChange,
	{ before, after, plan }: Outcome<SubscriptionState>,
): string | undefined {
	switch (wanted.operation) {
		case 'resume':
			return liftsCollection(before)
				? `Only payment collection was paused, so resuming clears pause_collection; the fields for billing and proration have no effect. ${AFTER_COLLECTION}`
				: resumeHint(wanted, after, before, plan?.do);
		case 'resumeCollection':
			return after?.collection === null && after.status === 'paused' ? STILL_PAUSED : undefined;
		case 'pauseCollection': {
			const end = after?.collection?.resumesAt;
			return end ? `Payment collection begins again by itself at ${isoOf(end)}.` : undefined;
		}
		case 'pause':
			return undefined;
	}
}

const AFTER_COLLECTION =
	'Invoices made while it was paused stay as they are: drafts are not collected by themselves.';

const STILL_PAUSED =
	"Payment collection is not paused any more, but the subscription's status is still paused: use 'Resume'.";

const FAILED_PAYMENT = /payment_failure$/;

function resumeHint(
	wanted: ResumeWanted,
	after: SubscriptionState | null,
	before: SubscriptionState | null,
	planned?: string,
): string | undefined {
	if (after === null) {
		return planned === 'write' && FAILED_PAYMENT.test(before?.pauseReason ?? '')
			? 'Stripe paused the subscription because a payment had failed. Mend the payment method first, else the resumption invoice fails too.'
			: undefined;
	}
	const invoice = after.latestInvoice;
	if (after.status === 'paused') {
		return invoice &&
			isToBePaid(invoice) &&
			(before === null || isResumption(invoice.id, before, after))
			? `The subscription stays paused until the resumption invoice ${invoice.id} is paid${
					wanted.payment_behavior === 'resume_on_payment_success'
						? '; Stripe retries a payment that failed'
						: ''
				}. Without an attempt to pay it within 23 hours, Stripe voids it and the subscription stays paused.`
			: undefined;
	}
	if (after.status === 'past_due') {
		return `The subscription is resumed but past due: its invoice${invoice ? ` ${invoice.id}` : ''} is not paid. Mend the payment method and pay the invoice; Stripe may not try again by itself.`;
	}
	return after.collection !== null
		? "The subscription is resumed, but payment collection is still paused: use 'Resume Collection' to collect payments again."
		: undefined;
}

function isResumption(id: string, before: SubscriptionState, after: SubscriptionState): boolean {
	return id !== before.latestInvoice?.id || openResumption(after) !== null;
}
