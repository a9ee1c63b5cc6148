import type { IDataObject } from 'n8n-workflow';
import { utc, withoutFields, type VendorRecord } from '../../../../n8n/vendorRecord';

export interface SubscriptionState {
	/** The vendor's word, lower case; null where it shows none. */
	status: string | null;
	/** ISO 8601 UTC with milliseconds. */
	pausedAt: string | null;
	nextBillingAt: string | null;
	raw: VendorRecord;
	/** The vendor's clock when it was read, ms since 1970. */
	asOf: number;
}

/** The vendor's record → what the rules and the output need. Pure. */
export function subscriptionState(raw: VendorRecord, asOf: number): SubscriptionState {
	return {
		status: statusOf(raw),
		// Hyperswitch keeps times without a zone as UTC [I].
		pausedAt: utc(raw.paused_at),
		nextBillingAt: utc(raw.next_billing_at),
		raw,
		asOf,
	};
}

/** The vendor's word, lower case; null where the record has none. Pure. */
export function statusOf({ status }: VendorRecord): string | null {
	return typeof status === 'string' && status.trim() !== '' ? status.trim().toLowerCase() : null;
}

/** Billing is stopped now. Pure. */
export function isPaused({ status }: SubscriptionState): boolean {
	return status === 'paused';
}

/** Statuses that nothing leads out of, by name (juspay/hyperswitch, SubscriptionStatus [I]). */
const ENDED = ['cancelled', 'failed', 'onetime'];

/** Nothing can be paused or resumed any more. Pure. */
export function hasEnded({ status }: SubscriptionState): boolean {
	return status !== null && ENDED.includes(status);
}

/** Statuses of a subscription that is billed (juspay/hyperswitch, SubscriptionStatus [I]; active [D]). */
const RUNNING = ['active', 'trial', 'unpaid'];

/** Known not to be paused; of a word that nobody has explained it is not known. */
export function isRunning({ status }: SubscriptionState): boolean {
	return status !== null && RUNNING.includes(status);
}

/** The state as the output shows it. `scheduled` is never seen: no field of the vendor tells it. Pure. */
export function stateView(state: SubscriptionState): IDataObject {
	const { status, pausedAt, nextBillingAt, raw } = state;
	return {
		state: isPaused(state) ? 'active' : 'none',
		pausedFromUtc: pausedAt,
		pausedUntilUtc: null,
		status,
		nextBillingAt,
		raw: asOutput(raw),
	};
}

/** Hyperswitch hands out a client secret with a subscription (SubscriptionResponse [I]): it opens a payment form. */
const SECRET = /^client_secret$/;

/** The vendor's record for the output: as it is, without anything that is secret. Pure. */
export function asOutput(record: VendorRecord): IDataObject {
	return withoutFields(record, SECRET) as IDataObject;
}
