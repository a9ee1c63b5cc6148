import { BadInput, shown } from '../../../../n8n/inputs';
import { instant } from '../../../../n8n/instant';

/** Seconds from 2001 to 2286; what is shorter or longer is no such date, or milliseconds. */
const SECONDS = /^[1-9]\d{9}$/;

/**
 * A date for Stripe: ISO 8601 (without a zone local to `timeZone`), a date object, or unix seconds
 * as they are. Fractions of a second are cut off.
 * @throws BadInput
 */
function unixSeconds(value: unknown, field: string, timeZone: string): number {
	const digits = typeof value === 'number' ? String(value) : value;
	if (typeof digits === 'string' && /^\s*-?[\d.e+]+\s*$/i.test(digits)) {
		if (SECONDS.test(digits.trim())) return Number(digits);
		throw new BadInput(
			field,
			`is not a date in unix seconds: ${shown(value)}`,
			'Enter an ISO 8601 date such as 2027-03-01T00:00:00Z, or whole seconds since 1970 (10 digits, not milliseconds).',
		);
	}
	return Math.floor(Date.parse(instant(value, field, timeZone)) / 1000);
}

/** As `unixSeconds`; undefined where nothing is entered. @throws BadInput */
export function optionalUnixSeconds(
	value: unknown,
	field: string,
	timeZone: string,
): number | undefined {
	return value === undefined || value === null || value === ''
		? undefined
		: unixSeconds(value, field, timeZone);
}

/** Unix seconds of an answer as ISO 8601 UTC; null for no date. Pure. */
export function isoOf(seconds: unknown): string | null {
	return typeof seconds === 'number' && Number.isFinite(seconds)
		? new Date(seconds * 1000).toISOString()
		: null;
}
