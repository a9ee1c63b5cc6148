/** A subscription at the billing processor, and what Paychtec's own store says of it. */
export interface Subscription {
	id: string;
	status: 'active' | 'trial' | 'paused' | 'unpaid' | 'cancelled' | 'failed';
	/** What a read shows: it lags behind while the two systems disagree. */
	shown: Subscription['status'];
	pausedAt: Date | null;
	nextBillingAt: Date;
	scheduled: { operation: 'pause' | 'resume'; at: Date } | null;
}

/** How the vendor reads what its documents leave open. */
export interface Readings {
	/** Which dates are read: the pages say ISO 8601 [D], the engine beneath may not know zones [I]. */
	dates: 'withZone' | 'withoutZone';
	/** Whether an answer is kept for its idempotency key [?]. */
	keys: 'replayed' | 'ignored';
	/** `behind`: the billing processor acts, and the own store does not learn of it [I]. */
	store: 'together' | 'behind';
}

/** A request that is refused, with Hyperswitch's code [I]. */
export class Refused extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

/** Lets happen what was scheduled until now. */
export function letTimePass(subscription: Subscription, now: Date): void {
	const { scheduled } = subscription;
	if (scheduled === null || scheduled.at > now) return;
	subscription.scheduled = null;
	apply(subscription, scheduled.operation, scheduled.at);
	subscription.shown = subscription.status;
}

/**
 * Pauses or resumes as a body says (docs.v2.paychtec.com, subscriptions/pause and resume [D]).
 * @throws Refused
 */
export function carryOutBody(
	subscription: Subscription,
	operation: 'pause' | 'resume',
	body: Record<string, unknown>,
	{ now, readings }: { now: Date; readings: Readings },
): void {
	const options =
		operation === 'pause'
			? ['immediately', 'end_of_term', 'specific_date']
			: ['immediately', 'specific_date'];
	const option = oneOf(body, `${operation}_option`, options) ?? 'immediately';
	if (operation === 'resume') {
		oneOf(body, 'charges_handling', ['invoice_immediately', 'add_to_unbilled_charges']);
		oneOf(body, 'unpaid_invoices_handling', ['no_action', 'schedule_payment_collection']);
	}
	const dateField = operation === 'pause' ? 'pause_at' : 'resume_date';
	const at =
		option === 'specific_date'
			? dateOf(body[dateField], dateField, readings)
			: subscription.nextBillingAt;

	const { status } = subscription;
	if (operation === 'pause' && status !== 'active' && status !== 'trial') {
		throw new Refused(400, 'IR_16', `Subscription cannot be paused in status ${status}`);
	}
	if (operation === 'resume' && status !== 'paused') {
		throw new Refused(400, 'IR_16', 'Subscription is not paused');
	}
	if (option !== 'immediately') {
		subscription.scheduled = { operation, at };
		return;
	}
	apply(subscription, operation, now);
	if (readings.store === 'together') subscription.shown = subscription.status;
}

/** What is changed at once. */
export function apply(subscription: Subscription, operation: 'pause' | 'resume', at: Date): void {
	subscription.status = operation === 'pause' ? 'paused' : 'active';
	subscription.pausedAt = operation === 'pause' ? at : null;
}

/** The fields of seed pages and of Hyperswitch's structs [D, I]. */
export function record({ id, shown, pausedAt, nextBillingAt }: Subscription): object {
	return {
		id,
		status: shown,
		profile_id: PROFILE,
		merchant_id: 'mer_abc123',
		customer_id: 'cust_123456789',
		merchant_reference_id: `ref_${id}`,
		client_secret: 'secret-of-the-payment-form',
		...(shown === 'paused' && { paused_at: pausedAt?.toISOString() ?? null }),
		...(shown === 'active' && { next_billing_at: nextBillingAt.toISOString() }),
	};
}

export const PROFILE = 'prof_12345';

function oneOf(body: Record<string, unknown>, field: string, values: string[]): string | undefined {
	const value = body[field];
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string' && values.includes(value)) return value;
	throw new Refused(
		400,
		'IR_06',
		`Json deserialize error: unknown variant \`${String(value)}\`, expected one of ${values.join(', ')}`,
	);
}

const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

function dateOf(value: unknown, field: string, { dates }: Readings): Date {
	if (value === undefined) throw new Refused(400, 'IR_04', `Missing required param: ${field}`);
	const form = dates === 'withZone' ? WITH_ZONE : WITHOUT_ZONE;
	if (typeof value !== 'string' || !form.test(value)) {
		throw new Refused(
			400,
			'IR_06',
			`Json deserialize error: ${field}: unexpected trailing characters`,
		);
	}
	return new Date(value.endsWith('Z') ? value : `${value}Z`);
}
