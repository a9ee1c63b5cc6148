import type { HttpRequest } from '../../../../guarded-change/change';
import { formBody, type FormFields } from './formBody';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/**
 * Every request that the node sends to Stripe; nothing else builds a URL. Key and version come
 * from the credential.
 * @param apiUrl origin of the API, without a slash at the end
 */
export function stripeApi(apiUrl: string) {
	const subscriptions = `${apiUrl}/v1/subscriptions`;
	const post = (url: string, fields: FormFields): HttpRequest => ({
		method: 'POST',
		url,
		headers: FORM,
		body: formBody(fields),
	});

	return {
		/** docs.stripe.com, api/subscriptions/retrieve [D] */
		subscription: (id: string, expand: readonly string[]): HttpRequest => {
			const query = formBody({ expand });
			return { method: 'GET', url: `${subscriptions}/${id}${query && `?${query}`}` };
		},
		/** docs.stripe.com, api/subscriptions/pause [D]; since 2026-09-30.endive */
		pause: (id: string, fields: FormFields) => post(`${subscriptions}/${id}/pause`, fields),
		/** docs.stripe.com, api/subscriptions/resume [D] */
		resume: (id: string, fields: FormFields) => post(`${subscriptions}/${id}/resume`, fields),
		/** docs.stripe.com, api/subscriptions/update [D] */
		update: (id: string, fields: FormFields) => post(`${subscriptions}/${id}`, fields),
		/** docs.stripe.com, api/invoices/create_preview [D]. It changes nothing. */
		previewInvoice: (fields: FormFields) => post(`${apiUrl}/v1/invoices/create_preview`, fields),
	};
}

export type StripeApi = ReturnType<typeof stripeApi>;

/** The request under an idempotency key, as every POST to Stripe goes out. Pure. */
export function underKey(request: HttpRequest, key: string): HttpRequest {
	return { ...request, headers: { ...request.headers, 'Idempotency-Key': key } };
}
