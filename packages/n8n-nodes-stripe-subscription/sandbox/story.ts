import { MONTH, type Subscription } from './subscription';

/** The keys that the stand-in takes. */
export const SECRET_KEY = 'sk_test_standin';
/** A restricted key that may not read invoices. */
export const KEY_WITHOUT_INVOICES = 'rk_test_noinvoices';

const DAY = 86_400;

export function subscriptionSeed(
	id: string,
	now: number,
	own: Partial<Subscription> = {},
): Subscription {
	return {
		id,
		customer: 'cus_maria',
		status: 'active',
		paused: null,
		collection: null,
		billingMode: 'flexible',
		schedule: null,
		collectionMethod: 'charge_automatically',
		anchor: now - 10 * DAY,
		periodStart: now - 10 * DAY,
		periodEnd: now - 10 * DAY + MONTH,
		amount: 2_000,
		trialEnd: null,
		payment: 'atOnce',
		invoices: [],
		...own,
	};
}

/** The subscriptions of the story. */
export function story(now: number): Subscription[] {
	const pausedFor = (why: string, own: Partial<Subscription> = {}): Partial<Subscription> => ({
		status: 'paused',
		paused: { at: now - 5 * DAY, why },
		periodEnd: now - 5 * DAY,
		...own,
	});
	return [
		subscriptionSeed('sub_active', now),
		subscriptionSeed('sub_paused', now, pausedFor('pause_requested')),
		subscriptionSeed('sub_payslater', now, pausedFor('pause_requested', { payment: 'later' })),
		subscriptionSeed(
			'sub_cardfails',
			now,
			pausedFor('final_payment_failure', { payment: 'fails' }),
		),
		subscriptionSeed('sub_trialended', now, {
			...pausedFor('trial_end_without_payment_method'),
			trialEnd: now - 5 * DAY,
		}),
		subscriptionSeed('sub_collectionpaused', now, {
			collection: { behavior: 'void', resumesAt: now + 20 * DAY },
		}),
		subscriptionSeed('sub_bothpaused', now, {
			...pausedFor('pause_requested'),
			collection: { behavior: 'keep_as_draft', resumesAt: null },
		}),
		subscriptionSeed('sub_classic', now, { billingMode: 'classic' }),
		subscriptionSeed('sub_scheduled', now, { schedule: 'sub_sched_1' }),
		subscriptionSeed('sub_sendinvoice', now, {
			...pausedFor('pause_requested'),
			collectionMethod: 'send_invoice',
		}),
		subscriptionSeed('sub_canceled', now, { status: 'canceled' }),
		subscriptionSeed('sub_incomplete', now, { status: 'incomplete' }),
	];
}
