import { Declined } from './answers';
import type { Fields } from './formFields';

/** How the invoice of a resume is paid. Stripe depends on the payment method and its settings. */
export type Payment = 'atOnce' | 'later' | 'fails';

export interface Invoice {
	id: string;
	status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
	amount: number;
	created: number;
	forResume: boolean;
}

/** A subscription as Stripe keeps it. All times in unix seconds. */
export interface Subscription {
	id: string;
	customer: string;
	status: 'active' | 'paused' | 'past_due' | 'canceled' | 'incomplete' | 'trialing';
	paused: { at: number; why: string } | null;
	collection: { behavior: string; resumesAt: number | null } | null;
	billingMode: 'flexible' | 'classic';
	schedule: string | null;
	collectionMethod: 'charge_automatically' | 'send_invoice';
	anchor: number;
	periodStart: number;
	periodEnd: number;
	amount: number;
	trialEnd: number | null;
	payment: Payment;
	invoices: Invoice[];
}

export const MONTH = 30 * 86_400;

/** A resumption invoice without an attempt to pay it is void after so long (stripe/openapi, resume [D]). */
const RESUMPTION_EXPIRES = 23 * 3_600;

/** What time alone has done to a subscription since it was last looked at. */
export function letTimePass(subscription: Subscription, now: number): void {
	const { collection } = subscription;
	if (collection?.resumesAt != null && collection.resumesAt <= now) subscription.collection = null;
	const invoice = subscription.invoices.at(-1);
	if (
		subscription.status === 'paused' &&
		invoice?.forResume &&
		invoice.status === 'open' &&
		invoice.created + RESUMPTION_EXPIRES <= now
	) {
		invoice.status = 'void';
	}
	while (subscription.status === 'active' && subscription.periodEnd <= now) {
		subscription.periodStart = subscription.periodEnd;
		subscription.periodEnd += MONTH;
	}
}

/**
 * POST …/pause (docs.stripe.com, api/subscriptions/pause [D]). Which code Stripe gives where it
 * cannot pause is not documented [?].
 */
export function pause(subscription: Subscription, fields: Fields, now: number): void {
	const { status, billingMode, schedule } = subscription;
	const refuse = (message: string) => new Declined({ message });
	if (billingMode !== 'flexible') {
		throw refuse('You can only pause subscriptions that use flexible billing mode.');
	}
	if (schedule !== null) throw refuse('You cannot pause a subscription with a schedule.');
	if (status === 'paused') throw refuse('This subscription is already paused.');
	if (status === 'canceled' || status === 'incomplete') {
		throw refuse(`You cannot pause a subscription with status ${status}.`);
	}
	subscription.status = 'paused';
	subscription.paused = { at: now, why: 'pause_requested' };
	subscription.periodEnd = now;
	if (fields.invoicing_behavior === 'invoice') addInvoice(subscription, now, 'paid', false);
}

/** POST …/resume (stripe/openapi, resume [D]). It does not lift `pause_collection`. */
export function resume(subscription: Subscription, fields: Fields, now: number): void {
	if (subscription.collectionMethod !== 'charge_automatically') {
		throw new Declined({
			message: 'You can only resume subscriptions with charge_automatically collection.',
		});
	}
	if (subscription.status !== 'paused') {
		throw new Declined({ message: 'You can only resume a subscription that is paused.' });
	}
	const given = fields.billing_cycle_anchor ?? 'now';
	const anchor = typeof given === 'string' ? given : (given as Fields).type;
	if (anchor === 'now') subscription.anchor = now;
	subscription.periodStart = now;
	subscription.periodEnd = now + MONTH;
	const invoiced = anchor === 'now' || fields.proration_behavior === 'always_invoice';
	if (!invoiced || subscription.amount === 0) return becomeActive(subscription);
	if (subscription.payment === 'atOnce') {
		addInvoice(subscription, now, 'paid', true);
		return becomeActive(subscription);
	}
	addInvoice(subscription, now, 'open', true);
	const waits = fields.payment_behavior === 'resume_on_payment_success';
	if (subscription.payment === 'fails' && !waits) {
		becomeActive(subscription);
		subscription.status = 'past_due';
	}
}

/** POST /v1/subscriptions/{id} with `pause_collection`; the status stays as it is [D]. */
export function setCollection(subscription: Subscription, fields: Fields): void {
	const wanted = fields.pause_collection;
	if (wanted === undefined) return;
	if (subscription.status === 'canceled') {
		throw new Declined({ message: 'A canceled subscription can only update its metadata.' });
	}
	if (typeof wanted === 'string' || Array.isArray(wanted)) {
		subscription.collection = null;
		return;
	}
	if (typeof wanted.behavior !== 'string') {
		throw new Declined({
			code: 'parameter_missing',
			param: 'pause_collection[behavior]',
			message: 'Missing required param: pause_collection[behavior].',
		});
	}
	subscription.collection = {
		behavior: wanted.behavior,
		resumesAt: wanted.resumes_at === undefined ? null : Number(wanted.resumes_at),
	};
}

/** The customer pays the resumption invoice. */
export function payInvoice(subscription: Subscription): void {
	const invoice = subscription.invoices.at(-1);
	if (invoice?.status !== 'open') return;
	invoice.status = 'paid';
	becomeActive(subscription);
}

function becomeActive(subscription: Subscription): void {
	subscription.status = 'active';
	subscription.paused = null;
}

function addInvoice(
	subscription: Subscription,
	created: number,
	status: Invoice['status'],
	forResume: boolean,
): void {
	const { invoices, amount } = subscription;
	const id = `in_${subscription.id.slice(4)}${invoices.length + 1}`;
	invoices.push({ id, status, amount, created, forResume });
}
