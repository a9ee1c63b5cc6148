import type { Refusal } from '../../../../guarded-change/change';
import type { PauseCollectionWanted } from './stripeChange';
import type { SubscriptionState } from './subscriptionState';
import { isoOf } from './unixSeconds';

const until = (resumesAt: number | null | undefined): string =>
	resumesAt === null || resumesAt === undefined
		? 'until it is resumed'
		: `until ${isoOf(resumesAt)}`;

/** The pause that is there, in words. */
function pauseThere({ kind, pauseReason, pausedAt, collection }: SubscriptionState): string {
	const ofCollection = `payment collection: ${collection?.behavior ?? 'unknown'} ${until(collection?.resumesAt)}`;
	if (kind === 'collection') return ofCollection;
	const since = pausedAt === null ? '' : ` since ${isoOf(pausedAt)}`;
	const why = pauseReason === null ? '' : ` (${pauseReason})`;
	return `status paused${since}${why}${kind === 'both' ? `, and ${ofCollection}` : ''}`;
}

/** Why nothing is sent: what stands in the way, and the way out. Pure. */
export const refusal = {
	versionCannotPause: (version: string): Refusal => ({
		code: 'apiVersionTooOld',
		message: `Version ${version} of Stripe's API has no call that pauses a subscription`,
		description:
			"Choose 2026-09-30.endive or later under 'API Version' in the credential, or use 'Pause Collection'.",
	}),
	versionCannotWaitForPayment: (version: string): Refusal => ({
		code: 'apiVersionTooOld',
		message: `Version ${version} of Stripe's API has no 'Payment Behavior'`,
		description:
			"Choose 2026-09-30.endive or later under 'API Version' in the credential, or leave 'Payment Behavior' at Resume on Payment Attempt.",
	}),
	ended: ({ status }: SubscriptionState): Refusal => ({
		code: 'ended',
		message: `The subscription has ended (status ${status})`,
		description: 'Stripe neither pauses nor resumes it. Create a new subscription.',
	}),
	incomplete: (): Refusal => ({
		code: 'incomplete',
		message: 'The first payment of the subscription is not made yet (status incomplete)',
		description: 'Nothing runs that could be paused. See to the payment, or cancel it.',
	}),
	classicBilling: (): Refusal => ({
		code: 'classicBilling',
		message: 'The subscription is in classic billing mode, which cannot be paused',
		description:
			"Stripe pauses subscriptions in flexible billing mode. Migrate it (POST /v1/subscriptions/{id}/migrate), or use 'Pause Collection'.",
	}),
	hasSchedule: (): Refusal => ({
		code: 'hasSchedule',
		message: 'A subscription schedule is attached, so Stripe does not pause the subscription',
		description:
			"Release the schedule first, or pause by the schedule's own pause_schedules in the Stripe Dashboard.",
	}),
	sendInvoice: (): Refusal => ({
		code: 'sendInvoice',
		message: 'Stripe resumes only subscriptions that are charged automatically',
		description:
			'The collection method of this one is send_invoice. Set it to charge_automatically in Stripe first, then resume.',
	}),
	alreadyPaused: (state: SubscriptionState): Refusal => ({
		code: 'alreadyPaused',
		message: `The subscription is paused already: ${pauseThere(state)}`,
		description:
			"'If Already Paused' is set to fail. Choose another option to take this as success.",
	}),
	pausedDifferently: (state: SubscriptionState, wanted: PauseCollectionWanted): Refusal => ({
		code: 'pausedDifferently',
		message: `Payment collection is paused in another way already: ${pauseThere(state)}`,
		description: `Asked for: ${wanted.behavior} ${until(wanted.resumes_at)}. Use 'Resume Collection' first, or set 'If Already Paused' to succeed with any pause.`,
	}),
	notPaused: (): Refusal => ({
		code: 'notPaused',
		message: 'The subscription is not paused',
		description: "'If Not Paused' is set to fail. Choose another option to take this as success.",
	}),
	collectionNotPaused: (state: SubscriptionState): Refusal => ({
		code: 'notPaused',
		message:
			state.kind === null
				? 'Payment collection is not paused'
				: `Payment collection is not paused; the subscription itself is: ${pauseThere(state)}`,
		description:
			state.kind === null
				? "'If Not Paused' is set to fail. Choose another option to take this as success."
				: "Use 'Resume', which lifts the pause that is there.",
	}),
};
