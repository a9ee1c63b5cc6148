import type { Read, Reply, Verdict } from '../../guarded-change/change';
import type { AnsweredReply } from '../../guarded-change/readWell';
import { isWebPage, quotable } from '../../n8n/vendorReply';
import { isRecord } from './vendorRecord';

/**
 * What only Nexudus' replies mean; undefined leaves it to the engine. Pure.
 * - 200 with `WasSuccessful: false` is a refusal (seen in portal traffic, unverified [O]).
 * - 200 with a web page is no answer of the API: a portal shell or a gateway spoke.
 * - 200 with JSON that breaks off is half an answer.
 */
export function judge(reply: Reply): Verdict | undefined {
	if (!reply.answered || reply.status < 200 || reply.status >= 300) return undefined;
	if (isRecord(reply.body) && reply.body.WasSuccessful === false) return { class: 'refused' };
	if (isWebPage(reply) || isBrokenJson(reply)) return { class: 'ambiguous', finished: false };
	return undefined;
}

/** A read of JSON must bring JSON: an object or a list. Pure. */
export function judgeRead(reply: Reply): Verdict | undefined {
	const verdict = judge(reply);
	if (verdict || !reply.answered || reply.status < 200 || reply.status >= 300) return verdict;
	return isRecord(reply.body) || Array.isArray(reply.body)
		? undefined
		: { class: 'ambiguous', finished: false };
}

/** Text where a helper that reads JSON would have given an object. */
function isBrokenJson({ body }: AnsweredReply): boolean {
	return typeof body === 'string' && /^\s*[{[]/.test(body);
}

/** The reply that says that there is no such thing for whoever is signed in (404). Pure. */
export function notFound(read: Read<unknown>): AnsweredReply | undefined {
	if (read.known || read.reason.code !== 'vendor') return undefined;
	const { reply } = read.reason;
	return reply.answered && reply.status === 404 ? reply : undefined;
}

/** As `notFound`, from the vendor itself: a web page speaks for a gateway, not for the vendor's records. Pure. */
export function knowsNone(read: Read<unknown>): AnsweredReply | undefined {
	const reply = notFound(read);
	return reply === undefined || isWebPage(reply) ? undefined : reply;
}

/**
 * The vendor's own words in a reply, for an error message: code and text as far as there are any.
 * Accepts an object, a JSON string, plain text, nothing; a web page is never shown. Pure.
 */
export function vendorWords(reply: Reply): { code: string | null; text: string | null } {
	if (!reply.answered || isWebPage(reply)) return { code: null, text: null };
	const { body } = reply;
	if (typeof body === 'string') return { code: codeLike(body), text: tidy(body) };
	if (!isRecord(body)) return { code: null, text: null };
	const errors = Array.isArray(body.Errors) ? body.Errors.filter(isRecord) : [];
	const code = [body.ErrorCode, body.errorCode, body.Code, body.code, body.error].find(
		(value) => typeof value === 'string' && value !== '',
	);
	const words = [
		body.Message,
		body.message,
		body.error_description,
		...errors.map((error) => error.Message),
		body.error,
	].find((value) => typeof value === 'string' && value !== '');
	return { code: typeof code === 'string' ? tidy(code) : null, text: tidy(words) };
}

/** The vendor's words as they follow a status; empty where there are none. Pure. */
export function quoted(reply: AnsweredReply): string {
	const { text } = vendorWords(reply);
	return text === null ? '' : ` ("${text}")`;
}

/** A bare string may be "an error code" (api overview [D]): one word counts as one. */
function codeLike(text: string): string | null {
	const bare = text.trim().replace(/^"|"$/g, '');
	return /^[\w.-]{2,60}$/.test(bare) ? bare : null;
}

function tidy(value: unknown): string | null {
	return quotable(value, /[Bb]earer\s+[\w.~+/=-]+/g, 'Bearer ***');
}
