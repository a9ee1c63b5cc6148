import type { Refusal } from '../../../guarded-change/change';
import { around, contradicts, isFirstDay, missesBillingDay, nextAfter } from './billingDays';
import { localDay, type LocalDay } from './localDay';
import type { CreateChange, UpdateChange } from './periodChange';
import { periodRefusal, type DateField } from './periodRefusals';
import type { PausePeriod, PeriodState } from './periodState';

/** The days that a pause period gets, and what stands in the way of them. */
export interface WantedDays {
	from: LocalDay | null;
	until: LocalDay | null;
	refusals: Refusal[];
}

/**
 * The days asked for, each the first one of a billing cycle of the contract: refused where it is
 * not, or the next one. A day that the period has already needs no check. Pure.
 */
export function daysOf(change: CreateChange | UpdateChange, state: PeriodState): WantedDays {
	const { contract } = state;
	const has = change.operation === 'update' ? state.period : null;
	const unchecked = {
		from: change.from ?? has?.from ?? null,
		until: change.until ?? has?.until ?? null,
	};
	const isNew = { from: unchecked.from !== has?.from, until: unchecked.until !== has?.until };
	if (contract === null || (!isNew.from && !isNew.until)) return { ...unchecked, refusals: [] };
	const { zone, billingDays } = contract;
	if (zone.name === null) {
		return { ...unchecked, refusals: [periodRefusal.timeZoneUnknown(zone)] };
	}
	if (billingDays === null) {
		return { ...unchecked, refusals: [periodRefusal.cycleUnknown(contract)] };
	}
	if (contradicts(billingDays, contract.invoicedUntil)) {
		return { ...unchecked, refusals: [periodRefusal.cycleContradicted(contract, billingDays)] };
	}
	if (missesBillingDay(billingDays)) {
		return {
			...unchecked,
			refusals: [periodRefusal.billingDayContradicted(contract, billingDays)],
		};
	}
	const today = localDay(new Date(state.asOf).toISOString(), zone.name);
	const refusals: Refusal[] = [];
	const firstDay = (day: LocalDay | null, field: DateField, isNewDay: boolean, floor = today) => {
		if (day === null || !isNewDay) return day;
		const { after } = around(billingDays, day);
		if (change.onOffCycleDate === 'refuse' && !isFirstDay(billingDays, day)) {
			refusals.push(periodRefusal.offCycle(field, day, contract, billingDays, floor));
			return day;
		}
		if (after <= today) {
			refusals.push(periodRefusal.tooEarly(field, after, billingDays, { today, floor }));
		}
		return after;
	};
	const from = firstDay(unchecked.from, 'Pause From', isNew.from);
	// What is named for the end has to come after the first day that is possible.
	const earliest = isNew.from ? nextAfter(billingDays, today) : today;
	const first = unchecked.from === null ? earliest : around(billingDays, unchecked.from).before;
	const floor = first > earliest ? first : earliest;
	const until = firstDay(unchecked.until, 'Pause Until', isNew.until, floor);
	if (refusals.length === 0 && from !== null && until !== null && until <= from) {
		refusals.push(periodRefusal.empty(from, until));
	}
	return { from, until, refusals };
}

type Days = Pick<PausePeriod, 'from' | 'until'>;

/** The period that has exactly these days. */
export function sameAs(
	periods: readonly PausePeriod[],
	{ from, until }: Days,
): PausePeriod | undefined {
	return periods.find((period) => period.from === from && period.until === until);
}

/** A period that may be at the same time. */
export function overlapping(
	periods: readonly PausePeriod[],
	{ from, until }: Days,
): PausePeriod | undefined {
	if (from === null || until === null) return undefined;
	return periods.find(
		(period) =>
			// Days that are not known may overlap: better a refusal than a second pause.
			period.from === null || period.until === null || (period.from < until && from < period.until),
	);
}
