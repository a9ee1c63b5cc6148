import type { HttpRequest } from '../../../../guarded-change/change';

const ACCEPT = { Accept: 'application/json' };

/** The body of a pause (docs.v2.paychtec.com, subscriptions/pause [D]). */
export interface PauseBody {
	pause_option: 'immediately' | 'end_of_term' | 'specific_date';
	pause_at?: string;
}

/** The body of a resume (docs.v2.paychtec.com, subscriptions/resume [D]). */
export interface ResumeBody {
	resume_option: 'immediately' | 'specific_date';
	resume_date?: string;
	charges_handling?: 'invoice_immediately' | 'add_to_unbilled_charges';
	unpaid_invoices_handling?: 'no_action' | 'schedule_payment_collection';
}

/**
 * Every request that the node sends to Paychtec; nothing else builds a URL.
 * @param baseUrl origin of the API, without trailing slash
 */
export function paychtecApi(baseUrl: string) {
	const subscription = (id: string) => `${baseUrl}/subscriptions/${encodeURIComponent(id)}`;
	const post = (url: string, body: object): HttpRequest => ({
		method: 'POST',
		url,
		headers: { ...ACCEPT, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});

	return {
		/** In no page of the vendor; the engine that it runs on has it (juspay/hyperswitch, get_subscription [I]). */
		subscription: (id: string): HttpRequest => ({
			method: 'GET',
			url: subscription(id),
			headers: ACCEPT,
		}),
		/** docs.v2.paychtec.com, subscriptions/pause [D] */
		pause: (id: string, body: PauseBody) => post(`${subscription(id)}/pause`, body),
		/** docs.v2.paychtec.com, subscriptions/resume [D] */
		resume: (id: string, body: ResumeBody) => post(`${subscription(id)}/resume`, body),
	};
}

/**
 * The same request under an idempotency key: one logical operation, one key
 * (docs.v2.paychtec.com, INTEGRATION_API [D]).
 */
export function underKey(request: HttpRequest, key: string): HttpRequest {
	return { ...request, headers: { ...request.headers, 'X-Idempotency-Key': key } };
}
