import type { Reply } from '../guarded-change/change';
import type { AnsweredReply } from '../guarded-change/readWell';

/** A portal shell or a gateway spoke, not the API. Pure. */
export function isWebPage(reply: Reply): boolean {
	if (!reply.answered) return false;
	if ((reply.headers['content-type'] ?? '').toLowerCase().includes('text/html')) return true;
	return typeof reply.body === 'string' && /^\s*<(!doctype|html|head|body)/i.test(reply.body);
}

/**
 * A reply in a few words, for `VendorWords.reply`. Pure.
 * @param said the vendor's own words as they follow the status, such as ` ("…")`; may be empty
 */
export function replyInWords(reply: AnsweredReply, said: string): string {
	const { status } = reply;
	if (isWebPage(reply)) return `it answered with a web page (status ${status})`;
	if (status < 300) return `its answer is not what the API documents (status ${status})`;
	return `it answered with status ${status}${said}`;
}

/** Longest text of a vendor in an error message. */
const LONGEST = 300;

/**
 * A text of the vendor for an error message: on one line, short, and with what looks like a secret
 * replaced. Null for no text. Pure.
 * @param secret a global expression
 */
export function quotable(value: unknown, secret: RegExp, replacement: string): string | null {
	if (typeof value !== 'string') return null;
	const clean = value.replace(secret, replacement).replace(/\s+/g, ' ').trim();
	if (clean === '') return null;
	return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}
