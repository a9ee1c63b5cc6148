import type { Fields } from './formFields';
import { MONTH, type Invoice, type Subscription } from './subscription';

/** The subscription object (docs.stripe.com, api/subscriptions/object [D]), with what `expand` asks for. */
export function subscriptionRecord(
	subscription: Subscription,
	expand: readonly string[],
	knowsPausing: boolean,
): Record<string, unknown> {
	const { id, customer, status, paused, collection, invoices } = subscription;
	const latest = invoices.at(-1);
	const shownPaused = paused && {
		type: 'subscription',
		transitioned_at: paused.at,
		subscription: { type: paused.why },
	};
	return {
		id,
		object: 'subscription',
		billing_cycle_anchor: subscription.anchor,
		billing_mode: { type: subscription.billingMode, flexible: null },
		cancel_at_period_end: false,
		canceled_at: null,
		collection_method: subscription.collectionMethod,
		created: subscription.anchor - MONTH,
		currency: 'eur',
		customer: expand.includes('customer') ? { id: customer, object: 'customer' } : customer,
		items: {
			object: 'list',
			data: [
				{
					id: `si_${id.slice(4)}`,
					object: 'subscription_item',
					current_period_start: subscription.periodStart,
					current_period_end: subscription.periodEnd,
					quantity: 1,
					price: { id: 'price_desk', object: 'price', unit_amount: subscription.amount },
				},
			],
			has_more: false,
			url: `/v1/subscription_items?subscription=${id}`,
		},
		latest_invoice:
			latest === undefined
				? null
				: expand.some((field) => field.split('.')[0] === 'latest_invoice')
					? invoiceRecord(latest, subscription)
					: latest.id,
		livemode: false,
		metadata: {},
		pause_collection: collection && {
			behavior: collection.behavior,
			resumes_at: collection.resumesAt,
		},
		schedule: subscription.schedule,
		status,
		...(knowsPausing && shownPaused && { status_details: { paused: shownPaused } }),
		trial_end: subscription.trialEnd,
	};
}

function invoiceRecord(invoice: Invoice, { id, customer }: Subscription): Record<string, unknown> {
	return {
		id: invoice.id,
		object: 'invoice',
		amount_due: invoice.amount,
		amount_paid: invoice.status === 'paid' ? invoice.amount : 0,
		billing_reason: 'subscription_update',
		created: invoice.created,
		currency: 'eur',
		customer,
		livemode: false,
		parent: { type: 'subscription_details', subscription_details: { subscription: id } },
		status: invoice.status,
		total: invoice.amount,
	};
}

/** The invoice that a resume would make now (docs.stripe.com, api/invoices/create_preview [D]). */
export function previewRecord(
	subscription: Subscription,
	details: Fields,
	now: number,
): Record<string, unknown> {
	const anchor = details.billing_cycle_anchor ?? 'now';
	const unchanged = (typeof anchor === 'string' ? anchor : (anchor as Fields).type) === 'unchanged';
	const total = unchanged && details.proration_behavior === 'none' ? 0 : subscription.amount;
	return {
		id: `upcoming_in_${subscription.id.slice(4)}`,
		object: 'invoice',
		amount_due: total,
		subtotal: total,
		total,
		currency: 'eur',
		created: now,
		customer: subscription.customer,
		livemode: false,
		status: 'draft',
		lines: {
			object: 'list',
			data: [
				{
					id: 'il_tmp_1',
					object: 'line_item',
					amount: total,
					currency: 'eur',
					description: '1 × Desk (at €20.00 / month)',
					period: { start: now, end: now + MONTH },
				},
			],
			has_more: false,
			url: '/v1/invoices/upcoming/lines',
		},
		parent: {
			type: 'subscription_details',
			subscription_details: {
				subscription: subscription.id,
				...(unchanged && { subscription_proration_date: Number(details.proration_date ?? now) }),
			},
		},
	};
}
