import type { HttpRequest } from '../../../../guarded-change/change';
import { knowsPausing } from '../../credentials/apiVersion';
import type { FormFields, FormValue } from './formBody';
import type { StripeApi } from './stripeApi';
import type { PauseWanted, ResumeWanted, StripeChange } from './stripeChange';
import type { SubscriptionState } from './subscriptionState';

/**
 * The one write that a change is, exactly as it goes out. What a resume is depends on the pause
 * that is there; where nothing has been read yet, on the pause of the whole subscription. Pure.
 */
export function writeRequest(
	api: StripeApi,
	change: StripeChange,
	before: SubscriptionState | null,
): HttpRequest {
	const { subscription, apiVersion, wanted } = change;
	switch (wanted.operation) {
		case 'pause':
			return api.pause(subscription, pauseFields(wanted));
		case 'resume':
			return liftsCollection(before)
				? api.update(subscription, { pause_collection: '', ...expanded(wanted.expand) })
				: api.resume(subscription, resumeFields(wanted, apiVersion));
		case 'pauseCollection':
			return api.update(subscription, {
				pause_collection: {
					behavior: wanted.behavior,
					...(wanted.resumes_at !== undefined && { resumes_at: wanted.resumes_at }),
				},
			});
		case 'resumeCollection':
			return api.update(subscription, { pause_collection: '' });
	}
}

/** /resume does not lift `pause_collection` (docs.stripe.com, billing/subscriptions/pause-payment [D]). */
export function liftsCollection(before: SubscriptionState | null): boolean {
	return before?.kind === 'collection';
}

function pauseFields({
	type,
	invoicing_behavior,
	outstanding_usage_through: usage,
	unused_time_from: unused,
}: PauseWanted): FormFields {
	const billFor: FormFields = {
		...(usage !== undefined && { outstanding_usage_through: { type: usage } }),
		...(unused !== undefined && { unused_time_from: { type: unused } }),
	};
	return {
		type,
		...(Object.keys(billFor).length > 0 && { bill_for: billFor }),
		invoicing_behavior,
	};
}

/** `payment_behavior` came with endive, and before it the anchor was a text (changelog/endive/2026-09-30 [D]). */
export function anchorField(anchor: string, apiVersion: string): FormValue {
	return knowsPausing(apiVersion) ? { type: anchor } : anchor;
}

function resumeFields(wanted: ResumeWanted, apiVersion: string): FormFields {
	const { billing_cycle_anchor: anchor, payment_behavior, proration_date } = wanted;
	return {
		billing_cycle_anchor: anchorField(anchor, apiVersion),
		...(wanted.proration_behavior && { proration_behavior: wanted.proration_behavior }),
		...(proration_date !== undefined && { proration_date }),
		...(knowsPausing(apiVersion) && { payment_behavior }),
		...expanded(wanted.expand),
	};
}

function expanded(expand: readonly string[]): FormFields {
	return expand.length > 0 ? { expand } : {};
}
