import type { Refusal, SentWrite } from '../../../guarded-change/change';
import { contractLane, stillOpen } from '../contractLane';
import type { PeriodChange, PeriodRequest } from './periodChange';
import type { PeriodState } from './periodState';

/**
 * The lane that is known before anything is read: the contract of a new period, else the period.
 * Whoever of the operators makes the change. Pure.
 */
export function ownLane(request: PeriodRequest): string {
	return request.operation === 'create'
		? contractLane(request.portal, request.contractId)
		: periodLane(request.portal, request.pausePeriodId);
}

/** The contract's lane: that of a period is known when the period has been read. Pure. */
export function sharedLane(change: PeriodChange, { period }: PeriodState): string | undefined {
	const contractId = change.operation === 'create' ? change.contractId : period?.contractId;
	return contractId == null ? undefined : contractLane(change.portal, contractId);
}

/**
 * Does a write of the contract that may still act stand in the way? One that makes or moves a pause
 * could overlap; what is deleted is out of the way, unless it is what this change is about. Pure.
 */
export function openWrites(
	change: PeriodChange,
	{ period }: PeriodState,
	others: readonly SentWrite[],
): Refusal | undefined {
	if (change.operation === 'delete') return undefined;
	const mine = period && periodLane(change.portal, period.id);
	return stillOpen(others.filter((one) => one.operation !== 'delete' || one.lane === mine));
}

function periodLane(admin: string, pausePeriodId: number): string {
	return JSON.stringify(['nexudus', admin, 'pausePeriod', pausePeriodId]);
}
