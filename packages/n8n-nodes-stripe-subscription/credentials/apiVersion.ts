import { UserError } from 'n8n-workflow';

/** The versions that the form offers; each was tested with the official client that pins it. */
export const API_VERSIONS = [
	'2026-10-28.endive',
	'2026-09-30.endive',
	'2026-07-29.dahlia',
] as const;

/** The first version that can pause, takes the anchor as an object and knows `payment_behavior` (docs.stripe.com, changelog/endive/2026-09-30 [D]). */
export const PAUSING_SINCE = '2026-09-30';

/**
 * Reads the field 'API Version': any dated version, such as `2026-10-28.endive`.
 * @throws UserError
 */
export function parseApiVersion(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(text)) return text;
	throw new UserError(
		`'API Version' is not a version of Stripe's API. Choose one from the list, or enter one such as ${API_VERSIONS[0]}`,
	);
}

/** Does this version have the pause call, the anchor as an object and `payment_behavior`? Pure. */
export function knowsPausing(version: string): boolean {
	return version.slice(0, PAUSING_SINCE.length) >= PAUSING_SINCE;
}
