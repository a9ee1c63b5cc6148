import type { PlanFacts, Refusal, Rules, Sight, Verdict } from '../../../guarded-change/change';
import { SETTLED_AFTER } from '../rules';
import { around, contradicts, isFirstDay, missesBillingDay, nextAfter } from './billingDays';
import { localDay, type LocalDay } from './localDay';
import { notesOf, sameNotes } from './notes';
import type { CreateChange, DeleteChange, PeriodChange, UpdateChange } from './periodChange';
import { periodRefusal, type DateField } from './periodRefusals';
import { phaseOf, type PausedContract, type PausePeriod, type PeriodState } from './periodState';

/** What Nexudus' rules say of a change to pause periods, before anything is sent. Pure. */
export function periodRules(change: PeriodChange, state: PeriodState): Rules {
	switch (change.operation) {
		case 'create':
			return createRules(change, state);
		case 'update':
			return updateRules(change, state);
		case 'delete':
			return deleteRules(change, state);
	}
}

const refuse = (...refusals: Refusal[]): Rules => ({ do: 'refuse', refusals });

function createRules(change: CreateChange, state: PeriodState): Rules {
	const { contract } = state;
	if (contract === null) return refuse(periodRefusal.contractUnknown(change.contractId));
	const days = daysOf(change, state);
	const there = sameAs(state.periods, days) ?? sameAs(state.periods, change);
	if (there) {
		return change.ifAlreadyPaused === 'fail'
			? { do: 'refuse', sameAsAsked: true, refusals: [periodRefusal.alreadyPaused(there)] }
			: { do: 'nothing', sameAsAsked: true, proven: true };
	}
	const refusals = [...contractRefusals(contract, days.until), ...days.refusals];
	refusals.push(...overlapRefusals(state.periods, days, refusals));
	return refusals.length > 0 ? { do: 'refuse', refusals } : { do: 'write' };
}

function updateRules(change: UpdateChange, state: PeriodState): Rules {
	const { contract, period } = state;
	if (period === null) return refuse(periodRefusal.periodUnknown(change.pausePeriodId));
	const days = daysOf(change, state);
	if (isAsAsked(change, period, days)) return { do: 'nothing', sameAsAsked: true, proven: true };
	const refusals: Refusal[] = [];
	if (days.from !== period.from || days.until !== period.until) {
		if (contract === null) refusals.push(periodRefusal.contractUnknown(period.contractId));
		const phase = phaseOf(period, state.asOf);
		if (phase === 'over') refusals.push(periodRefusal.over(period));
		else if (phase === 'active' && days.from !== period.from) {
			refusals.push(periodRefusal.begun(period));
		}
		if (contract) refusals.push(...contractRefusals(contract, days.until));
		refusals.push(...days.refusals);
		const others = state.periods.filter(({ id }) => id !== period.id);
		refusals.push(...overlapRefusals(others, days, refusals));
	}
	return refusals.length > 0 ? { do: 'refuse', refusals } : { do: 'write' };
}

/** A pause whose days are not known may be at that time: said only where nothing else stands in the way. */
function overlapRefusals(
	periods: readonly PausePeriod[],
	days: WantedDays,
	already: readonly Refusal[],
): Refusal[] {
	const other = overlapping(periods, days);
	if (!other) return [];
	const isKnown = other.from !== null && other.until !== null;
	return isKnown || already.length === 0 ? [periodRefusal.overlaps(other, days)] : [];
}

function deleteRules(change: DeleteChange, { period, asOf }: PeriodState): Rules {
	if (period === null) {
		return change.ifAlreadyDeleted === 'fail'
			? refuse(periodRefusal.alreadyDeleted(change.pausePeriodId))
			: { do: 'nothing', sameAsAsked: true, proven: false, hint: GONE };
	}
	return phaseOf(period, asOf) === 'over' ? refuse(periodRefusal.over(period)) : { do: 'write' };
}

const GONE =
	'Nexudus shows this operator no pause period with this ID: it was deleted before, never was, or is of a location that the operator does not see.';

function contractRefusals(contract: PausedContract, until: LocalDay | null): Refusal[] {
	if (contract.cancelled) return [periodRefusal.cancelled(contract)];
	if (!contract.active) return [periodRefusal.inactive(contract)];
	const ends = contract.endsOn !== null && until !== null && contract.endsOn < until;
	return ends ? [periodRefusal.ending(contract)] : [];
}

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
	{ from, until }: { from: LocalDay | null; until: LocalDay | null },
): PausePeriod | undefined {
	return periods.find((period) => period.from === from && period.until === until);
}

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

/** Does a period show everything that an update names? */
function isAsAsked(change: UpdateChange, period: PausePeriod, days: Days): boolean {
	return (
		period.from === days.from &&
		period.until === days.until &&
		(change.notes === undefined || sameNotes(period.notes, notesOf(change, period)))
	);
}

/** Does a later state show the change? Pure. */
export function periodSees(change: PeriodChange, before: PeriodState, after: PeriodState): Sight {
	switch (change.operation) {
		case 'create': {
			const days = daysOf(change, before);
			if (sameAs(after.periods, days)) return 'there';
			const known = new Set(before.periods.map(({ id }) => id));
			// Somebody else's, or ours on other days: no reason to send it again.
			return after.periods.some(({ id }) => !known.has(id)) ? 'differs' : 'absent';
		}
		case 'update': {
			if (after.period === null || before.period === null) return 'differs';
			// What is not named may have been changed by somebody else since.
			if (isAsAsked(change, after.period, daysOf(change, { ...before, period: after.period }))) {
				return 'there';
			}
			return isUnchanged(before.period, after.period) ? 'absent' : 'differs';
		}
		case 'delete':
			return after.period === null ? 'there' : 'absent';
	}
}

function isUnchanged(before: PausePeriod, after: PausePeriod): boolean {
	// Its days need the location's time zone, which is not always read; its instants do not.
	return (
		before.fromUtc === after.fromUtc &&
		before.untilUtc === after.untilUtc &&
		sameNotes(before.notes, after.notes)
	);
}

/** See `System.absenceProves`. Pure. */
export function periodAbsenceProves(
	change: PeriodChange,
	verdict: Verdict,
	sinceSent: number,
): boolean {
	switch (change.operation) {
		case 'create':
			// The list shows every period, but a second create makes a second one: one that may still
			// act is not repeated.
			// An accepted one may show late in the list.
			return verdict.finished === true || sinceSent >= SETTLED_AFTER;
		case 'update':
			// A whole record put twice is the same record.
			return true;
		case 'delete':
			// What is gone cannot be deleted again.
			return true;
	}
}

/** What the plan id rests on, in this order for ever; the same whoever of the operators asks. Pure. */
export function periodPlanFacts(change: PeriodChange, state: PeriodState): PlanFacts {
	const { contract, period, asOf } = state;
	const days = change.operation === 'delete' ? { from: null, until: null } : daysOf(change, state);
	const open = state.periods
		.filter((one) => phaseOf(one, asOf) !== 'over')
		.map(({ id, from, until }) => [id, from, until])
		.sort(([a], [b]) => Number(a) - Number(b));
	const mine = change.operation === 'create' ? null : period;
	return [
		['portal', change.portal],
		['contract', change.operation === 'create' ? change.contractId : (period?.contractId ?? null)],
		['operation', change.operation],
		['pause period', change.operation === 'create' ? null : change.pausePeriodId],
		['pause from', days.from],
		['pause until', days.until],
		['notes', change.operation === 'delete' ? null : (change.notes ?? null)],
		['pause period as it is', mine && JSON.stringify([mine.fromUtc, mine.untilUtc, mine.notes])],
		['pauses of the contract', change.operation === 'create' ? JSON.stringify(open) : null],
		['renewal date', contract?.renewal ?? null],
		['time zone', contract?.zone.name ?? null],
	];
}
