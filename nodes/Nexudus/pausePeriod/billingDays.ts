import { count, type VendorRecord } from '../vendorRecord';
import { addDays, daysBetween, type LocalDay } from './localDay';

/**
 * The first days of a contract's billing cycles, at its location. A pause begins and ends on one of
 * them (freezing-contracts-as-an-admin [D]).
 */
export interface BillingDays {
	/** A first day of a cycle: the next renewal. `contradicts` tells where it may be none. */
	anchor: LocalDay;
	/** Day of the month, 31 where the last one is meant; what Nexudus does in short months is not documented [?]. */
	dayOfMonth: number;
	/** As the contract has it; null where it is not shown, or bills by weeks. */
	billingDay: number | null;
	every: { months: number } | { weeks: number };
}

/**
 * From the contract's renewal and its price plan; null where they do not say how long a cycle is.
 * `TariffInvoiceEvery` counts months, `TariffInvoiceEveryWeeks` weeks; only one of them is set.
 */
export function billingDaysOf(
	contract: VendorRecord,
	renewal: LocalDay | null,
): BillingDays | null {
	const months = count(contract.TariffInvoiceEvery);
	const weeks = count(contract.TariffInvoiceEveryWeeks);
	if (renewal === null || (months === null) === (weeks === null)) return null;
	const billingDay = months === null ? null : count(contract.BillingDay);
	return {
		anchor: renewal,
		dayOfMonth: dayOfMonth(renewal, billingDay),
		billingDay,
		every: months === null ? { weeks: weeks as number } : { months },
	};
}

/** A contract billed on the 31st renews on 28 February and then on 31 March again. */
function dayOfMonth(renewal: LocalDay, billingDay: number | null): number {
	const day = Number(renewal.slice(8));
	const isLast = addDays(renewal, 1).endsWith('-01');
	return isLast && billingDay !== null && billingDay > day ? billingDay : day;
}

/** The first day of the cycle so many cycles after the anchor's. */
function firstDay({ anchor, dayOfMonth, every }: BillingDays, index: number): LocalDay {
	if ('weeks' in every) return addDays(anchor, every.weeks * 7 * index);
	const [year, month] = [Number(anchor.slice(0, 4)), Number(anchor.slice(5, 7)) - 1];
	const first = new Date(Date.UTC(year, month + every.months * index, 1));
	const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
	first.setUTCDate(Math.min(dayOfMonth, last));
	return first.toISOString().slice(0, 10);
}

/** The last first day that is not after `day`, and the first one that is not before it. */
export function around(days: BillingDays, day: LocalDay): { before: LocalDay; after: LocalDay } {
	const length = 'weeks' in days.every ? days.every.weeks * 7 : days.every.months * 30.4;
	let index = Math.floor(daysBetween(days.anchor, day) / length);
	while (firstDay(days, index) > day) index -= 1;
	while (firstDay(days, index + 1) <= day) index += 1;
	const before = firstDay(days, index);
	return { before, after: before === day ? day : firstDay(days, index + 1) };
}

/** The first day of a billing cycle that is later than `day`. */
export function nextAfter(days: BillingDays, day: LocalDay): LocalDay {
	return around(days, addDays(day, 1)).after;
}

/** Does a cycle begin on this day? Pure. */
export function isFirstDay(days: BillingDays, day: LocalDay): boolean {
	return around(days, day).before === day;
}

/**
 * Is the period of the next invoice no cycle of these days? `RenewalDate` is when the next invoice
 * is issued, `InvoicedPeriod` where the period that it covers begins: the same day as a rule, whole
 * cycles ahead where several are invoiced in advance, and any day where an administrator has set
 * them apart (post-coworkercontracts, understanding-contract-dates [D]). Which of the two a pause
 * has to begin on is then not documented [?]. Pure.
 */
export function contradicts(days: BillingDays, nextInvoicePeriod: LocalDay | null): boolean {
	return nextInvoicePeriod !== null && !isFirstDay(days, nextInvoicePeriod);
}

/**
 * Is the next invoice on another day than the billing day? Then the cycle that it begins is shorter
 * or longer than those that follow: the first one of a contract that begins between two billing
 * days, invoiced in part or in full (prorating-contracts [D]), or after an administrator has set one
 * of the days (understanding-contract-dates [D]). On which days a pause may begin then is not
 * documented [?]. Pure.
 */
export function missesBillingDay({ dayOfMonth, billingDay }: BillingDays): boolean {
	return billingDay !== null && dayOfMonth !== billingDay;
}

/** The cycle in words, such as "monthly, from day 10". */
export function inWords({ anchor, dayOfMonth, every }: BillingDays): string {
	if ('weeks' in every) {
		const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
		const length = every.weeks === 1 ? 'weekly' : `every ${every.weeks} weeks`;
		return `${length}, on a ${weekday.format(Date.parse(anchor))}`;
	}
	const length = every.months === 1 ? 'monthly' : `every ${every.months} months`;
	return `${length}, on day ${dayOfMonth}`;
}
