import type { Refusal, SentWrite } from '../../../guarded-change/change';
import { contractLane, periodLane, stillOpen } from '../operatorLanes';
import type { PeriodChange } from './periodChange';
import { daysOf } from './wantedDays';
import type { PausePeriod, PeriodState } from './periodState';

/** The contract's lane: that of a period is known when the period has been read. Pure. */
export function sharedLane(change: PeriodChange, { period }: PeriodState): string | undefined {
	const contractId = change.operation === 'create' ? change.contractId : period?.contractId;
	return contractId == null ? undefined : contractLane(change.portal, contractId);
}

/**
 * Does a write of the contract that may still act stand in the way? One that makes or moves a pause
 * could overlap with this change, or undo it; what is deleted is out of the way, unless it is what
 * this change is about. Pure.
 */
export function openWrites(
	change: PeriodChange,
	{ period, periods }: PeriodState,
	others: readonly SentWrite[],
): Refusal | undefined {
	if (change.operation === 'delete') return undefined;
	const mine = period && periodLane(change.portal, period.id);
	return stillOpen(
		others.filter(({ operation, lane, leaves }) => {
			if (operation === 'delete') return lane === mine;
			// Two new ones of a contract: its lane is the own one of both, and tells.
			if (operation === 'create') return lane !== change.lane;
			if (operation !== 'update' || lane === mine) return true;
			// Put again it changes nothing, and this change is planned around the pause that it puts.
			const put = periods.find(({ id }) => periodLane(change.portal, id) === lane);
			return leaves === undefined || put === undefined || daysText(put) !== leaves;
		}),
	);
}

/** The days that an update puts: what else it puts is in nobody's way. Pure. */
export function daysLeft(change: PeriodChange, state: PeriodState): string | undefined {
	return change.operation === 'update' ? daysText(daysOf(change, state)) : undefined;
}

function daysText({ from, until }: Pick<PausePeriod, 'from' | 'until'>): string | undefined {
	return from === null || until === null ? undefined : `${from} ${until}`;
}
