import type { Sight, Verdict } from '../../../guarded-change/change';
import { SETTLED_AFTER } from '../rules';
import { notesOf, sameNotes } from './notes';
import type { PeriodChange, UpdateChange } from './periodChange';
import type { PausePeriod, PeriodState } from './periodState';
import { daysOf, sameAs, type WantedDays } from './wantedDays';

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
			// A second create makes a second period, and one that was accepted may show late in the list.
			return verdict.finished === true || sinceSent >= SETTLED_AFTER;
		case 'update':
			// A whole record put twice is the same record.
			return true;
		case 'delete':
			// What is gone cannot be deleted again.
			return true;
	}
}

/** Does a period show everything that an update names? Pure. */
export function isAsAsked(change: UpdateChange, period: PausePeriod, days: WantedDays): boolean {
	return (
		period.from === days.from &&
		period.until === days.until &&
		(change.notes === undefined || sameNotes(period.notes, notesOf(change, period)))
	);
}
