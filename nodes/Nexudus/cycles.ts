/**
 * Billing cycles between dates that the vendor shows. Nexudus' member pages know no cycle length, so
 * it is inferred from the current period: same day of the month counts as months, anything else as
 * days (a four-weekly February reads as a month). All dates ISO 8601 UTC in and out.
 */
export type Cycle = { months: number } | { days: number };

const DAY = 86_400_000;

/** The local day that a UTC instant near local midnight belongs to, and how far off midnight it is. */
function localDay(utc: string): { day: Date; offset: number } {
	const ms = Date.parse(utc);
	const day = new Date(Math.floor((ms + DAY / 2) / DAY) * DAY);
	return { day, offset: ms - day.getTime() };
}

/** The cycle of a billing period, or null where its dates make none. */
export function cycleOf(startUtc: string | null, endUtc: string | null): Cycle | null {
	if (startUtc === null || endUtc === null) return null;
	const months = monthsBetween(startUtc, endUtc);
	if (months !== null && months > 0) return { months };
	const days = daysBetween(startUtc, endUtc);
	return days > 0 ? { days } : null;
}

/** `count` cycles later, at the same local midnight; a day that a month lacks is its last one. */
export function addCycles(fromUtc: string, cycle: Cycle, count: number): string {
	const { day, offset } = localDay(fromUtc);
	const end =
		'days' in cycle
			? day.getTime() + cycle.days * count * DAY
			: addMonths(day, cycle.months * count).getTime();
	return new Date(end + offset).toISOString();
}

/** Whole cycles between two dates; null where they do not fit. */
export function countCycles(fromUtc: string, untilUtc: string, cycle: Cycle): number | null {
	const units =
		'days' in cycle
			? daysBetween(fromUtc, untilUtc) / cycle.days
			: (monthsBetween(fromUtc, untilUtc) ?? NaN) / cycle.months;
	return Number.isInteger(units) && units > 0 ? units : null;
}

function daysBetween(fromUtc: string, untilUtc: string): number {
	return (localDay(untilUtc).day.getTime() - localDay(fromUtc).day.getTime()) / DAY;
}

function monthsBetween(fromUtc: string, untilUtc: string): number | null {
	const from = localDay(fromUtc).day;
	const until = localDay(untilUtc).day;
	const months =
		(until.getUTCFullYear() - from.getUTCFullYear()) * 12 +
		until.getUTCMonth() -
		from.getUTCMonth();
	const fits =
		addMonths(from, months).getTime() === until.getTime() ||
		addMonths(until, -months).getTime() === from.getTime();
	return fits ? months : null;
}

function addMonths(day: Date, months: number): Date {
	const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + months];
	const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	return new Date(Date.UTC(year, month, Math.min(day.getUTCDate(), lastDay)));
}
