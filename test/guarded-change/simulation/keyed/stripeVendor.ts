import type { HttpRequest } from '../../../../guarded-change/change';
import { KeyedVendor, type Done } from './keyedVendor';

/** How the invoice of a resume is paid. */
export type Payment = 'atOnce' | 'later' | 'fails';

/** A subscription as it is. Times in unix seconds. */
export interface StripeState {
	status: 'active' | 'paused' | 'past_due';
	pausedAt: number | null;
	collection: string | null;
	invoice: { id: string; status: 'open' | 'paid'; created: number } | null;
	periodEnd: number;
}

export interface StripeSeed {
	id: string;
	state: StripeState;
	payment: Payment;
}

export const STRIPE_API = 'https://api.stripe.example.test';
const MONTH = 30 * 86_400;

/** Stripe, as far as pausing and resuming goes (docs.stripe.com and stripe/openapi [D]). */
export class StripeVendor extends KeyedVendor<StripeState> {
	private readonly payments: ReadonlyMap<string, Payment>;
	private invoices = 0;

	constructor(seeds: readonly StripeSeed[]) {
		super(
			'Idempotency-Key',
			{ keys: 'replayed', marksReplays: true },
			new Map(seeds.map(({ id, state }) => [id, state])),
		);
		this.payments = new Map(seeds.map(({ id, payment }) => [id, payment]));
	}

	aboutOf({ method, url }: HttpRequest): { thing: string; operation: string | null } {
		const [, thing = '', action] =
			/^\/v1\/subscriptions\/([^/]+)(?:\/(pause|resume))?$/.exec(new URL(url).pathname) ?? [];
		return { thing, operation: method === 'GET' ? null : (action ?? 'update') };
	}

	/** The customer pays the open invoice. */
	pay(thing: string, at: number): void {
		const state = this.truth(thing, at);
		if (state.invoice?.status !== 'open') return;
		const invoice = { ...state.invoice, status: 'paid' as const };
		this.change(thing, 'pay', { ...state, invoice, status: 'active', pausedAt: null }, at, null);
	}

	/** Somebody in the dashboard. */
	otherHand(thing: string, what: 'pause' | 'resume', at: number): void {
		const state = this.truth(thing, at);
		if ((what === 'pause') === (state.status === 'paused')) return;
		const paused = { status: 'paused', pausedAt: seconds(at), periodEnd: seconds(at) } as const;
		const active = { status: 'active', pausedAt: null, periodEnd: seconds(at) + MONTH } as const;
		this.change(thing, what, { ...state, ...(what === 'pause' ? paused : active) }, at, null);
	}

	/** Within a history, which is shorter than 23 hours, no time alone changes anything. */
	protected evolve(state: StripeState): StripeState {
		return state;
	}

	protected turningPoints(): number[] {
		return [];
	}

	protected carryOut(state: StripeState, request: HttpRequest, at: number): Done<StripeState> {
		const { thing, operation } = this.aboutOf(request);
		const fields = new URLSearchParams(request.body);
		const refused = { status: 400, body: { error: { type: 'invalid_request_error' } } };
		const to = (next: Partial<StripeState>): Done<StripeState> => ({
			status: 200,
			body: { id: thing, object: 'subscription' },
			next: { ...state, ...next },
		});
		if (operation === 'update') {
			return to({ collection: fields.get('pause_collection[behavior]') });
		}
		if (operation === 'pause') {
			if (state.status === 'paused') return refused;
			return to({ status: 'paused', pausedAt: seconds(at), periodEnd: seconds(at) });
		}
		// Resume. Whether a second one is refused while the invoice is open is not documented [?].
		if (state.status !== 'paused') return refused;
		const payment = this.payments.get(thing);
		this.invoices += 1;
		const id = `in_${this.invoices}`;
		const created = seconds(at);
		const active = { pausedAt: null, periodEnd: created + MONTH };
		if (payment === 'atOnce') {
			return to({ ...active, status: 'active', invoice: { id, status: 'paid', created } });
		}
		const invoice = { id, status: 'open' as const, created };
		const waits = payment === 'later' || fields.get('payment_behavior')?.endsWith('success');
		return waits ? to({ invoice }) : to({ ...active, status: 'past_due', invoice });
	}

	protected read(thing: string, _request: HttpRequest, at: number) {
		const { status, pausedAt, collection, invoice, periodEnd } = this.truth(thing, at);
		const paused = { transitioned_at: pausedAt, subscription: { type: 'pause_requested' } };
		const body = {
			id: thing,
			object: 'subscription',
			status,
			billing_mode: { type: 'flexible' },
			collection_method: 'charge_automatically',
			items: { data: [{ current_period_end: periodEnd }] },
			latest_invoice: invoice,
			livemode: false,
			pause_collection: collection === null ? null : { behavior: collection, resumes_at: null },
			schedule: null,
			...(pausedAt !== null && { status_details: { paused } }),
		};
		return { status: 200, body };
	}

	protected same(one: StripeState, other: StripeState): boolean {
		return (
			one.status === other.status &&
			one.collection === other.collection &&
			one.invoice?.id === other.invoice?.id
		);
	}
}

function seconds(at: number): number {
	return Math.floor(at / 1000);
}
