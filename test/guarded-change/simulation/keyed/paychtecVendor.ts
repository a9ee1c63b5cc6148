import type { HttpRequest } from '../../../../guarded-change/change';
import { KeyedVendor, type Done } from './keyedVendor';

/** A subscription as it is at the billing processor. Times in ms since 1970. */
export interface PaychtecState {
	status: 'active' | 'paused';
	pausedAt: number | null;
	nextBillingAt: number;
	scheduled: { operation: 'pause' | 'resume'; at: number } | null;
	/** How often the processor has acted: a call that it takes twice acts twice. */
	acts: number;
}

export interface PaychtecSeed {
	id: string;
	state: PaychtecState;
}

/** What the documents leave open. */
export interface PaychtecReadings {
	keys: 'replayed' | 'ignored';
	/** How long after the processor the store that is read learns of a change, in ms. */
	lag: number;
	/** A call that asks for what is so already is refused, or acts again. */
	second: 'refused' | 'acts';
}

export const PAYCHTEC_READINGS = {
	keys: ['replayed', 'replayed', 'ignored'],
	lag: [0, 0, 1_500, 40_000],
	second: ['refused', 'acts'],
} as const;

export const PAYCHTEC_API = 'https://api.paychtec.example.test';

/** Paychtec: a processor that acts, and a store that is read (docs.v2.paychtec.com [D], Hyperswitch [I]). */
export class PaychtecVendor extends KeyedVendor<PaychtecState> {
	constructor(
		private readonly readings: PaychtecReadings,
		seeds: readonly PaychtecSeed[],
	) {
		super(
			'X-Idempotency-Key',
			{ keys: readings.keys, marksReplays: false },
			new Map(seeds.map(({ id, state }) => [id, state])),
		);
	}

	aboutOf({ method, url }: HttpRequest): { thing: string; operation: string | null } {
		const [, thing = '', action = null] =
			/^\/subscriptions\/([^/]+)(?:\/(pause|resume))?$/.exec(new URL(url).pathname) ?? [];
		return { thing, operation: method === 'GET' ? null : action };
	}

	/** Somebody at the billing processor. */
	otherHand(thing: string, what: 'pause' | 'resume', at: number): void {
		const state = this.truth(thing, at);
		if ((what === 'pause') === (state.status === 'paused')) return;
		this.change(thing, what, become(state, what, at), at, null);
	}

	protected evolve(state: PaychtecState, at: number): PaychtecState {
		const { scheduled } = state;
		if (scheduled === null || scheduled.at > at) return state;
		return { ...become(state, scheduled.operation, scheduled.at), scheduled: null };
	}

	protected turningPoints({ scheduled }: PaychtecState): number[] {
		return scheduled === null ? [] : [scheduled.at];
	}

	protected carryOut(state: PaychtecState, request: HttpRequest, at: number): Done<PaychtecState> {
		const { thing, operation } = this.aboutOf(request);
		const what = operation as 'pause' | 'resume';
		const body = JSON.parse(request.body ?? '{}') as Record<string, string>;
		const option = body[`${what}_option`];
		const isSo = (what === 'pause') === (state.status === 'paused');
		if (isSo && this.readings.second === 'refused') {
			return { status: 400, body: { error: { code: 'IR_16', message: 'Not in this status' } } };
		}
		const date = Date.parse(body.pause_at ?? body.resume_date ?? '');
		const later = option === 'end_of_term' ? state.nextBillingAt : date;
		const next =
			option === 'immediately'
				? become(state, what, at)
				: { ...state, scheduled: { operation: what, at: later } };
		return { status: 200, body: { id: thing, status: next.status }, next };
	}

	protected read(thing: string, _request: HttpRequest, at: number) {
		const { status, pausedAt, nextBillingAt } = this.truth(thing, at - this.readings.lag);
		const body = {
			id: thing,
			status,
			...(pausedAt !== null && { paused_at: new Date(pausedAt).toISOString() }),
			next_billing_at: new Date(nextBillingAt).toISOString(),
		};
		return { status: 200, body };
	}

	protected same(one: PaychtecState, other: PaychtecState): boolean {
		return (
			one.acts === other.acts &&
			one.scheduled?.operation === other.scheduled?.operation &&
			one.scheduled?.at === other.scheduled?.at
		);
	}
}

function become(state: PaychtecState, what: 'pause' | 'resume', at: number): PaychtecState {
	return {
		...state,
		status: what === 'pause' ? 'paused' : 'active',
		pausedAt: what === 'pause' ? at : null,
		acts: state.acts + 1,
	};
}
