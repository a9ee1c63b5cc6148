import type { Change } from '../../../guarded-change/change';
import { contractLane, periodLane } from '../operatorLanes';
import type { LocalDay } from './localDay';

/** What to do with a date that is not the first day of a billing cycle. */
export type OnOffCycleDate = 'refuse' | 'nextCycle';

interface OfOperator extends Change {
	/** Origin of the admin API. */
	portal: string;
	/** The administrator who is signed in. */
	account: string;
	/** For the vendor's `Notes` and the audit record. */
	reason: string | null;
	requestedBy: string | null;
}

export interface CreateChange extends OfOperator {
	operation: 'create';
	contractId: number;
	from: LocalDay;
	/** The first day that is charged again. */
	until: LocalDay;
	notes: string | null;
	onOffCycleDate: OnOffCycleDate;
	ifAlreadyPaused: 'unchanged' | 'fail';
	/** IANA name, where it is not read from the location. */
	timeZone: string | null;
}

export interface UpdateChange extends OfOperator {
	operation: 'update';
	pausePeriodId: number;
	/** Fields that are named; the others stay as they are. */
	from?: LocalDay;
	until?: LocalDay;
	/** Null clears them. */
	notes?: string | null;
	onOffCycleDate: OnOffCycleDate;
	timeZone: string | null;
}

export interface DeleteChange extends OfOperator {
	operation: 'delete';
	pausePeriodId: number;
	ifAlreadyDeleted: 'unchanged' | 'fail';
	timeZone: string | null;
}

export type PeriodChange = CreateChange | UpdateChange | DeleteChange;

type Request<C> = Omit<C, 'id' | 'key' | 'lane'>;
export type PeriodRequest = Request<CreateChange> | Request<UpdateChange> | Request<DeleteChange>;

/** Gives a change its identity, whoever of the operators makes it. */
export function periodChange(request: PeriodRequest): PeriodChange {
	const id = request.operation === 'create' ? request.contractId : request.pausePeriodId;
	const lane = ownLane(request);
	return {
		...request,
		id: String(id),
		lane,
		key: JSON.stringify([lane, request.operation, ...wantedOf(request)]),
	} as PeriodChange;
}

/**
 * The lane that is known before anything is read: the contract of a new period, else the period.
 * Whoever of the operators makes the change. Pure.
 */
function ownLane(request: PeriodRequest): string {
	return request.operation === 'create'
		? contractLane(request.portal, request.contractId)
		: periodLane(request.portal, request.pausePeriodId);
}

/** The state that is asked for, as a list of plain values. */
function wantedOf(request: PeriodRequest): Array<string | null> {
	if (request.operation === 'delete') return [];
	const { from, until, onOffCycleDate } = request;
	if (request.operation === 'create') return [from ?? null, until ?? null, onOffCycleDate];
	return [from ?? null, until ?? null, onOffCycleDate, JSON.stringify(request.notes) ?? null];
}
