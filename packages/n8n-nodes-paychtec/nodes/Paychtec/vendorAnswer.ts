import type { Reply, Verdict } from '../../../../guarded-change/change';
import type { AnsweredReply } from '../../../../guarded-change/readWell';
import { isRecord } from '../../../../n8n/vendorRecord';
import { isWebPage, quotable } from '../../../../n8n/vendorReply';
import { statusOf } from './subscriptionState';

/**
 * What only Paychtec's replies mean; undefined leaves it to the engine. Pure.
 * - Two systems stand behind one call: an error 5xx of the first does not tell that the second is
 *   not at work any more (juspay/hyperswitch, BillingHandler [I]).
 * - A success names the subscription; anything else with 2xx is no answer of the API.
 */
export function judge(reply: Reply): Verdict | undefined {
	if (!reply.answered) return undefined;
	const { status, body } = reply;
	if (status >= 500) return { class: 'ambiguous', finished: false };
	if (status < 200 || status >= 300) return undefined;
	return isRecord(body) && typeof body.id === 'string'
		? undefined
		: { class: 'ambiguous', finished: false };
}

/**
 * As `judge`, for a read of the subscription `id`: another one, or one without a status, tells
 * nothing of it. Pure.
 */
export function judgeRead(reply: Reply, id: string): Verdict | undefined {
	const verdict = judge(reply);
	if (verdict !== undefined || !reply.answered || reply.status >= 300) return verdict;
	const { body } = reply;
	const tells = isRecord(body) && body.id === id && statusOf(body) !== null;
	return tells ? undefined : { class: 'ambiguous', finished: false };
}

/**
 * Code and text of an error: `{ error: { type, message, code } }`, as Hyperswitch documents it
 * (api-reference.hyperswitch.io, error codes [D]; for Paychtec [I]), or any plainer form. Pure.
 */
export function vendorWords(reply: AnsweredReply): { code: string | null; text: string | null } {
	if (isWebPage(reply)) return { code: null, text: null };
	const { body } = reply;
	if (!isRecord(body)) return { code: null, text: tidy(body) };
	const error = isRecord(body.error) ? body.error : body;
	return {
		code: tidy(error.code) ?? tidy(error.error_code),
		text:
			tidy(error.message) ?? tidy(error.error_message) ?? tidy(body.error) ?? tidy(error.reason),
	};
}

function tidy(value: unknown): string | null {
	return quotable(value, /\b(snd|prd)_\w+/g, '$1_***');
}
