import type { IDataObject } from 'n8n-workflow';
import { isRecord, type VendorRecord } from '../../../../n8n/vendorRecord';
import { isoOf } from './unixSeconds';

/** Which of Stripe's pauses are there: of the whole subscription, of payment collection, or both. */
export type PauseKind = 'subscription' | 'collection' | 'both';

/** What Stripe shows of an invoice, where it was asked to show it. */
export interface LatestInvoice {
	id: string;
	/** draft, open, paid, uncollectible, void */
	status: string | null;
	/** Unix seconds. */
	created: number | null;
}

/** One subscription as the rules see it. */
export interface SubscriptionState {
	status: string;
	kind: PauseKind | null;
	/** Why it is paused, in Stripe's word; null where Stripe does not say. */
	pauseReason: string | null;
	/** Unix seconds; null where Stripe does not say. */
	pausedAt: number | null;
	collection: { behavior: string | null; resumesAt: number | null } | null;
	/** Null where the answer does not hold the invoice itself. */
	latestInvoice: LatestInvoice | null;
	/** 'flexible' or 'classic'. */
	billingMode: string | null;
	hasSchedule: boolean;
	collectionMethod: string | null;
	/** Unix seconds: the earliest end of a running period of its items. */
	periodEnd: number | null;
	livemode: boolean | null;
	/** Stripe's clock when the answer came (ms since 1970). */
	asOf: number;
	raw: VendorRecord;
}

/** The statuses after which there is nothing left to pause or resume. */
const ENDED = new Set(['canceled', 'incomplete_expired']);

/** There is nothing left to pause or resume. Pure. */
export function hasEnded({ status }: SubscriptionState): boolean {
	return ENDED.has(status);
}

/**
 * What a subscription record says (docs.stripe.com, api/subscriptions/object [D]). Pure.
 * @param now ms since 1970
 */
export function subscriptionState(record: VendorRecord, now: number): SubscriptionState {
	const status = text(record.status) ?? 'unknown';
	const paused = status === 'paused';
	const collection = isRecord(record.pause_collection) ? record.pause_collection : null;
	const details = isRecord(record.status_details) ? record.status_details.paused : undefined;
	const pause = isRecord(details) ? details : {};
	const invoice = record.latest_invoice;
	return {
		status,
		kind: paused ? (collection ? 'both' : 'subscription') : collection ? 'collection' : null,
		pauseReason: paused && isRecord(pause.subscription) ? text(pause.subscription.type) : null,
		// A trial that ended without a payment method pauses in that moment; older versions say no more.
		pausedAt: paused ? (seconds(pause.transitioned_at) ?? seconds(record.trial_end)) : null,
		collection: collection && {
			behavior: text(collection.behavior),
			resumesAt: seconds(collection.resumes_at),
		},
		latestInvoice: isRecord(invoice)
			? {
					id: text(invoice.id) ?? '',
					status: text(invoice.status),
					created: seconds(invoice.created),
				}
			: null,
		billingMode: isRecord(record.billing_mode) ? text(record.billing_mode.type) : null,
		hasSchedule: record.schedule !== null && record.schedule !== undefined,
		collectionMethod: text(record.collection_method),
		periodEnd: periodEnd(record),
		livemode: typeof record.livemode === 'boolean' ? record.livemode : null,
		asOf: now,
		raw: record,
	};
}

/** A pause that is invoiced at once makes its invoice within this time, in seconds. [I] */
const PAUSE_INVOICE_WITHIN = 10;

/** A resumption invoice without an attempt to pay it is void after so long, in ms (stripe/openapi, resume [D]). */
export const RESUMPTION_EXPIRES = 23 * 3_600_000;

/** Nothing has become of the invoice yet (docs.stripe.com, api/invoices/object [D]). */
export function isToBePaid({ status }: LatestInvoice): boolean {
	return status === 'open' || status === 'draft';
}

/**
 * The invoice that a resume has made and that must be paid before the subscription leaves
 * `paused`; null where there is none. A paused subscription makes no other invoices, except one in
 * the moment of the pause [I]. Where Stripe does not say which of the two came first, it may be
 * one: a second resume could make a second invoice. Pure.
 */
export function openResumption(state: SubscriptionState): LatestInvoice | null {
	const { status, latestInvoice, pausedAt } = state;
	if (status !== 'paused' || latestInvoice === null || !isToBePaid(latestInvoice)) return null;
	const { created } = latestInvoice;
	if (created === null || pausedAt === null) return latestInvoice;
	return created > pausedAt + PAUSE_INVOICE_WITHIN ? latestInvoice : null;
}

/**
 * See `System.mark`: what stays the same while a resume waits for its payment, also where the
 * invoice alone does not tell what it is for. Pure.
 */
export function resumptionMark(state: SubscriptionState, begun: boolean): string | undefined {
	const { status, pausedAt, latestInvoice } = state;
	// Not which invoice: a later one says nothing of the one that this resume waits for.
	const waits = latestInvoice !== null && isToBePaid(latestInvoice);
	return begun ? JSON.stringify([status, pausedAt, waits]) : undefined;
}

/** `before` and `after` as the output shows them, with the same names for every system. Pure. */
export function shownState(state: SubscriptionState): IDataObject {
	const { kind, collection, pausedAt } = state;
	return {
		state: kind === null ? 'none' : 'active',
		pausedFromUtc: isoOf(pausedAt),
		pausedUntilUtc: kind === 'subscription' ? null : isoOf(collection?.resumesAt),
		pausedFromLocal: null,
		pausedUntilLocal: null,
		canBePaused: canBePaused(state),
		status: state.status,
		pauseKind: kind,
		pauseReason: state.pauseReason,
		collectionBehavior: collection?.behavior ?? null,
		latestInvoice: state.latestInvoice && {
			id: state.latestInvoice.id,
			status: state.latestInvoice.status,
		},
		raw: state.raw as IDataObject,
	};
}

/** Could it be paused now, as far as the documented conditions tell? Null where they do not. Pure. */
function canBePaused(state: SubscriptionState): boolean | null {
	if (state.status === 'paused' || hasEnded(state) || state.hasSchedule) return false;
	if (state.billingMode === 'classic') return false;
	return state.status === 'active' && state.billingMode === 'flexible' ? true : null;
}

function periodEnd(record: VendorRecord): number | null {
	const items = isRecord(record.items) && Array.isArray(record.items.data) ? record.items.data : [];
	const ends = items
		.filter(isRecord)
		.map((item) => seconds(item.current_period_end))
		.filter((end): end is number => end !== null);
	return ends.length > 0 ? Math.min(...ends) : seconds(record.current_period_end);
}

function text(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

function seconds(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
