import { DateTime } from 'luxon';
import { json, refusal, type Answer } from './answer';

/** A booking of a customer, as far as the pause preview counts it. */
export interface Booking {
	account: string;
	/** When it begins, in ms. */
	start: number;
	charged: boolean;
	invoiced: boolean;
	paid: boolean;
}

/**
 * `GET …/pause/bookings?start=&end=`: counts over the whole customer, not one contract; 400 when a
 * date is missing or invalid. learn.nexudus.com contract-pause-bookings [D].
 */
export function bookingsPreview(
	bookings: readonly Booking[],
	account: string,
	query: URLSearchParams,
): Answer {
	const start = dateOf(query.get('start'));
	const end = dateOf(query.get('end'));
	if (!start.isValid || !end.isValid || end < start) {
		return refusal('Invalid booking date - start and end must be valid dates in order');
	}
	const affected = bookings.filter(
		(booking) =>
			booking.account === account &&
			booking.start >= start.toMillis() &&
			booking.start < end.toMillis(),
	);
	const count = (what: 'charged' | 'invoiced' | 'paid') =>
		affected.filter((booking) => !booking[what]).length;
	return json(200, {
		Total: affected.length,
		NotCharged: count('charged'),
		NotInvoiced: count('invoiced'),
		NotPaid: count('paid'),
	});
}

function dateOf(text: string | null): DateTime {
	return DateTime.fromISO(text ?? '', { zone: 'utc' });
}
