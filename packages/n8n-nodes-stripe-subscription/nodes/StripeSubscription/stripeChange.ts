import type { Change } from '../../../../guarded-change/change';

export const PAUSE_TYPES = ['subscription'] as const;
export const USAGE_THROUGH = ['now', 'none'] as const;
export const UNUSED_FROM = ['now', 'item_current_period_start', 'none'] as const;
export const INVOICING_BEHAVIORS = ['pending_invoice_item', 'invoice'] as const;
export const ANCHORS = ['now', 'unchanged'] as const;
export const PRORATION_BEHAVIORS = ['create_prorations', 'always_invoice', 'none'] as const;
export const PAYMENT_BEHAVIORS = [
	'resume_on_payment_attempt',
	'resume_on_payment_success',
] as const;
export const COLLECTION_BEHAVIORS = ['keep_as_draft', 'mark_uncollectible', 'void'] as const;
export const IF_ALREADY_PAUSED = ['unchanged', 'accept', 'fail'] as const;
export const IF_NOT_PAUSED = ['unchanged', 'fail'] as const;

type OneOf<T extends readonly string[]> = T[number];

/** What a pause of the subscription asks for, in Stripe's words. */
export interface PauseWanted {
	operation: 'pause';
	type: OneOf<typeof PAUSE_TYPES>;
	invoicing_behavior: OneOf<typeof INVOICING_BEHAVIORS>;
	outstanding_usage_through?: OneOf<typeof USAGE_THROUGH>;
	unused_time_from?: OneOf<typeof UNUSED_FROM>;
	ifAlreadyPaused: OneOf<typeof IF_ALREADY_PAUSED>;
}

export interface ResumeWanted {
	operation: 'resume';
	billing_cycle_anchor: OneOf<typeof ANCHORS>;
	/** Only with the anchor unchanged: else there is nothing to prorate. */
	proration_behavior?: OneOf<typeof PRORATION_BEHAVIORS>;
	/** Unix seconds. */
	proration_date?: number;
	payment_behavior: OneOf<typeof PAYMENT_BEHAVIORS>;
	expand: string[];
	ifNotPaused: OneOf<typeof IF_NOT_PAUSED>;
}

export interface PauseCollectionWanted {
	operation: 'pauseCollection';
	behavior: OneOf<typeof COLLECTION_BEHAVIORS>;
	/** Unix seconds. */
	resumes_at?: number;
	ifAlreadyPaused: OneOf<typeof IF_ALREADY_PAUSED>;
}

export interface ResumeCollectionWanted {
	operation: 'resumeCollection';
	ifNotPaused: OneOf<typeof IF_NOT_PAUSED>;
}

export type Wanted = PauseWanted | ResumeWanted | PauseCollectionWanted | ResumeCollectionWanted;

/** Where and how a change is sent. */
export interface OfSubscription {
	subscription: string;
	apiUrl: string;
	apiVersion: string;
}

export type StripeChange = Change & OfSubscription & { wanted: Wanted };

/** Gives a change its identity: the lane is the subscription, the key adds the wanted state. */
export function stripeChange(
	request: OfSubscription & Pick<Change, 'dryRun' | 'expectedPlanId' | 'planRequired'>,
	wanted: Wanted,
): StripeChange {
	const { subscription, apiUrl } = request;
	const lane = JSON.stringify(['stripe', apiUrl, subscription]);
	return {
		...request,
		id: subscription,
		operation: wanted.operation,
		lane,
		key: JSON.stringify([lane, wanted]),
		wanted,
	};
}
