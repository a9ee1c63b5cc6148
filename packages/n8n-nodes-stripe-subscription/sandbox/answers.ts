import { json, type Answer } from '../../../sandbox/vendor/answer';

export type ErrorType = 'invalid_request_error' | 'card_error' | 'api_error' | 'idempotency_error';

export interface ErrorWords {
	type?: ErrorType;
	code?: string;
	param?: string;
	message: string;
}

/** Stripe's error envelope (docs.stripe.com, api/errors [D]). */
export function errorAnswer(
	status: number,
	{ type = 'invalid_request_error', code, param, message }: ErrorWords,
): Answer {
	return json(status, {
		error: {
			type,
			message,
			...(code !== undefined && { code, doc_url: `https://stripe.com/docs/error-codes/${code}` }),
			...(param !== undefined && { param }),
			request_log_url: 'https://dashboard.stripe.com/test/logs',
		},
	});
}

/** A request that is declined while it is executed: the answer is kept for its key. */
export class Declined extends Error {
	constructor(readonly words: ErrorWords) {
		super(words.message);
	}
}

/** A request that is refused before its execution begins, so that nothing is kept for its key. */
export class Refused extends Error {
	constructor(
		readonly status: number,
		readonly words: ErrorWords,
	) {
		super(words.message);
	}
}
