/** How long to wait. Pure: randomness comes in from outside. All times in milliseconds. */

export interface BackoffSettings {
	retryInterval: number;
	backoffRate: number;
}

/** No single wait between two tries is longer than this, whatever the rate. */
const LONGEST = 30_000;

/**
 * Full jitter: anything from 0 to the exponential step of this retry (1 for the first).
 * AWS Architecture Blog, "Exponential Backoff And Jitter".
 */
export function backoff(retry: number, settings: BackoffSettings, random: () => number): number {
	return Math.round(random() * step(retry, settings));
}

/** The same step without jitter: how far apart the reads that resolve a doubt stand. */
export function step(retry: number, settings: BackoffSettings): number {
	return Math.min(LONGEST, settings.retryInterval * settings.backoffRate ** (retry - 1));
}

/**
 * Retry-After in milliseconds from now, from seconds or an HTTP date (RFC 9110, 10.2.3);
 * undefined where it is missing or unreadable. A date is compared with the vendor's own Date.
 */
export function retryAfter(headers: Record<string, string>, now: number): number | undefined {
	const text = headers['retry-after']?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	if (!/[a-z]/i.test(text)) return undefined;
	const at = Date.parse(text);
	if (Number.isNaN(at)) return undefined;
	return Math.max(0, at - vendorNow(headers, now));
}

/** The vendor's clock as its Date header tells it, else ours (ms since 1970). */
export function vendorNow(headers: Record<string, string>, now: number): number {
	const told = Date.parse(headers.date ?? '');
	return Number.isNaN(told) ? now : told;
}
