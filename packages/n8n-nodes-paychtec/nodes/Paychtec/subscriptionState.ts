import type { IDataObject } from 'n8n-workflow';

/** A record as Paychtec sends it: any field may be missing. */
export type VendorRecord = Record<string, unknown>;

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

export function isPaused({ status }: SubscriptionState): boolean {
	return status === 'paused';
}

/** Statuses that nothing leads out of, by name (juspay/hyperswitch, SubscriptionStatus [I]). */
const ENDED = ['cancelled', 'failed', 'onetime'];

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
		raw: withoutSecrets(raw) as IDataObject,
	};
}

/** Hyperswitch hands out a client secret with a subscription (SubscriptionResponse [I]): it opens a payment form. */
export function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (!isRecord(value)) return value;
	const kept = Object.entries(value).filter(([name]) => name !== 'client_secret');
	return Object.fromEntries(kept.map(([name, inner]) => [name, withoutSecrets(inner)]));
}

export function isRecord(value: unknown): value is VendorRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A time without a zone is UTC: Hyperswitch keeps times so [I]. */
function utc(value: unknown): string | null {
	if (typeof value !== 'string' || value.trim() === '') return null;
	const text = value.trim();
	const ms = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
	return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
