import type { PlanFacts, Refusal, Rules } from '../../../guarded-change/change';
import type { LocalDay } from './localDay';
import type { CreateChange, DeleteChange, PeriodChange, UpdateChange } from './periodChange';
import { periodRefusal } from './periodRefusals';
import { isAsAsked } from './periodSight';
import { phaseOf, type PausedContract, type PausePeriod, type PeriodState } from './periodState';
import { daysOf, overlapping, sameAs, type WantedDays } from './wantedDays';

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
