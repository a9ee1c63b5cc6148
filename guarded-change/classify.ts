import { NO_ANSWER, type Reply, type Verdict } from './change';
import { retryAfter } from './backoff';

/**
 * Codes that a request can only get before it leaves: the connection was refused, the name was
 * not found, or the certificate was not accepted. Everything else may have reached the vendor.
 */
const NEVER_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** A gateway speaks for an application that may still be at work. */
const GATEWAY = new Set([502, 503, 504, 520, 521, 522, 523, 524]);

/**
 * What a reply to a request means. Pure.
 * @param now ms since 1970, for a Retry-After that is a date and comes without a Date header.
 */
export function classify(reply: Reply, now: number): Verdict {
	if (!reply.answered) {
		if (reply.code === NO_ANSWER.noSession) return { class: 'noSession' };
		if (reply.code === NO_ANSWER.cancelled) return { class: 'cancelled' };
		if (NEVER_SENT.has(reply.code)) return { class: 'neverSent' };
		return { class: 'ambiguous', finished: false };
	}
	const { status, headers } = reply;
	const wait = retryAfter(headers, now);
	if (status === 429 || (status === 409 && wait !== undefined)) {
		return { class: 'throttled', retryAfter: wait };
	}
	if (status >= 200 && status < 300) return { class: 'ok' };
	if (status === 401) return { class: 'unauthorized' };
	if (status >= 500) return { class: 'ambiguous', finished: !GATEWAY.has(status) };
	if (status === 408 || status < 200) return { class: 'ambiguous', finished: false };
	return { class: 'refused' };
}
