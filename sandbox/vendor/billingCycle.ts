import { DateTime } from 'luxon';
import type { LocalDate } from './location';

/** How long one billing cycle of a price plan is. */
export interface BillingCycle {
	every: number;
	unit: 'weeks' | 'months';
}

export const weekly: BillingCycle = { every: 1, unit: 'weeks' };
export const monthly: BillingCycle = { every: 1, unit: 'months' };
export const quarterly: BillingCycle = { every: 3, unit: 'months' };
export const yearly: BillingCycle = { every: 12, unit: 'months' };

/** Calendar arithmetic is slow enough to be worth remembering: most contracts share their dates. */
const remembered = 20_000;
const boundaries = new Map<string, LocalDate>();
const indices = new Map<string, number>();

/**
 * The first day of cycle number `index`; cycle 0 begins on `anchor`. Counted from the anchor and
 * not from the cycle before, so that a contract billed on the 31st comes back to the 31st after
 * February. How Nexudus treats short months is not documented [?].
 */
export function cycleStart(anchor: LocalDate, cycle: BillingCycle, index: number): LocalDate {
	const key = `${anchor} ${cycle.unit} ${cycle.every * index}`;
	let date = boundaries.get(key);
	if (date === undefined) {
		if (boundaries.size >= remembered) boundaries.clear();
		date = DateTime.fromISO(anchor, { zone: 'utc' })
			.plus({ [cycle.unit]: cycle.every * index })
			.toISODate()!;
		boundaries.set(key, date);
	}
	return date;
}

/** The number of the cycle that a day lies in; negative before the anchor. */
export function cycleIndex(anchor: LocalDate, cycle: BillingCycle, day: LocalDate): number {
	const key = `${anchor} ${cycle.unit} ${cycle.every} ${day}`;
	let index = indices.get(key);
	if (index === undefined) {
		if (indices.size >= remembered) indices.clear();
		index = countCycles(anchor, cycle, day);
		indices.set(key, index);
	}
	return index;
}

function countCycles(anchor: LocalDate, cycle: BillingCycle, day: LocalDate): number {
	const from = DateTime.fromISO(anchor, { zone: 'utc' });
	const distance = DateTime.fromISO(day, { zone: 'utc' }).diff(from, cycle.unit).as(cycle.unit);
	let index = Math.floor(distance / cycle.every);
	while (cycleStart(anchor, cycle, index + 1) <= day) index++;
	while (cycleStart(anchor, cycle, index) > day) index--;
	return index;
}

/** How many cycles begin in [from, until). */
export function cyclesBetween(
	anchor: LocalDate,
	cycle: BillingCycle,
	from: LocalDate,
	until: LocalDate,
): number {
	const first = cycleIndex(anchor, cycle, from);
	const last = cycleIndex(anchor, cycle, until);
	const offset = (day: LocalDate, index: number) =>
		cycleStart(anchor, cycle, index) < day ? 1 : 0;
	return last + offset(until, last) - (first + offset(from, first));
}
