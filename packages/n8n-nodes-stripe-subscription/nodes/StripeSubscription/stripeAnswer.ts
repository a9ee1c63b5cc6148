import type { Reply, Verdict } from '../../../../guarded-change/change';
import { retryAfter } from '../../../../guarded-change/backoff';
import type { AnsweredReply } from '../../../../guarded-change/readWell';
import { isRecord } from '../../../../n8n/vendorRecord';
import { quotable } from '../../../../n8n/vendorReply';

/** Stripe's error envelope, as far as it is there (docs.stripe.com, api/errors [D]). */
export interface StripeError {
	type: string | null;
	code: string | null;
	declineCode: string | null;
	param: string | null;
	message: string | null;
	requestId: string | null;
}

/** The error that a reply holds; every field null where it holds none. Pure. */
export function stripeError({ body, headers }: AnsweredReply): StripeError {
	const error = isRecord(body) && isRecord(body.error) ? body.error : {};
	return {
		type: text(error.type),
		code: text(error.code),
		declineCode: text(error.decline_code),
		param: text(error.param),
		message: text(error.message),
		requestId: text(headers['request-id']),
	};
}

/** The reply was kept for an earlier request with the same key (docs.stripe.com, api/idempotent_requests; the header [M]). Pure. */
export function isReplay(reply: Reply): boolean {
	return reply.answered && reply.headers['idempotent-replayed'] === 'true';
}

/**
 * What only Stripe's replies to a write mean; undefined leaves it to the engine. Pure.
 * `Stripe-Should-Retry` goes before everything else (stripe-node, RequestSender [D]).
 */
export function judge(reply: Reply): Verdict | undefined {
	if (!reply.answered) return undefined;
	const { status } = reply;
	if (status >= 200 && status < 300) {
		return isObject(reply) ? undefined : { class: 'ambiguous', finished: false };
	}
	if (status < 400 || status === 401) return undefined;
	const advice = reply.headers['stripe-should-retry'];
	if (isRateLimit(reply)) {
		return advice === 'false' ? { class: 'refused' } : throttled(reply);
	}
	if (advice === 'false') {
		return status >= 500 ? { class: 'ambiguous', finished: true } : { class: 'refused' };
	}
	// 409: a request with this key is still at work, or another one holds the subscription.
	if (advice === 'true' || status === 409) return { class: 'ambiguous', finished: false };
	return undefined;
}

/** A read may be sent again unless Stripe says that it may not. Pure. */
export function judgeRead(reply: Reply): Verdict | undefined {
	const verdict = judge(reply);
	return verdict?.class === 'ambiguous' && verdict.finished ? { class: 'refused' } : verdict;
}

/**
 * As `judgeRead`, for one subscription: any other object, or one without a status, tells nothing of
 * it. Pure.
 */
export function judgeSubscription(reply: Reply): Verdict | undefined {
	const verdict = judgeRead(reply);
	if (verdict !== undefined || !reply.answered || reply.status >= 300) return verdict;
	const { body } = reply;
	const tells = isRecord(body) && body.object === 'subscription' && text(body.status) !== null;
	return tells ? undefined : { class: 'ambiguous', finished: false };
}

/** 429, or 400 with code rate_limit (stripe-node, Error [D]); a lock that was not got in time comes as 429 too. */
function isRateLimit(reply: AnsweredReply): boolean {
	return reply.status === 429 || (reply.status === 400 && stripeError(reply).code === 'rate_limit');
}

function throttled(reply: AnsweredReply): Verdict {
	const wait = retryAfter(reply.headers, Date.parse(reply.headers.date ?? ''));
	return {
		class: 'throttled',
		...(wait !== undefined && !Number.isNaN(wait) && { retryAfter: wait }),
	};
}

/** Every answer of this API is an object that names its kind. */
function isObject({ body }: AnsweredReply): boolean {
	return isRecord(body) && typeof body.object === 'string';
}

function text(value: unknown): string | null {
	return quotable(value, /\b(sk|rk|pk|whsec)_[\w*]+/g, '$1_***');
}
