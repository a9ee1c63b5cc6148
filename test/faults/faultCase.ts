import { checkReadings, type Readings } from '../../sandbox/vendor/readings';
import type { PeriodOperation, WriteOperation } from '../../sandbox/vendor/world';
import type { Fault } from './fault';

/** How the node is set to go on after an error. */
export const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
export type Mode = (typeof MODES)[number];

export type Operation = WriteOperation | PeriodOperation;

/** Of a customer, or of an operator who acts for them. */
export const CONTRACT_OPERATIONS: readonly WriteOperation[] = ['pause', 'resumeNow', 'resumeAtEnd'];
/** Of an operator at the admin API. */
export const PERIOD_OPERATIONS: readonly PeriodOperation[] = [
	'createPeriod',
	'updatePeriod',
	'deletePeriod',
];

export function isOfPeriod(operation: Operation): operation is PeriodOperation {
	return (PERIOD_OPERATIONS as readonly Operation[]).includes(operation);
}

/** One reading of what the vendor leaves open. */
export type Reading = Partial<Readings>;

/** What the process knows when the case begins, and what it still knows when the call is repeated. */
export type Memory =
	/** A portal that it has not seen before. */
	| 'new'
	/** It has seen this portal show a scheduled pause. */
	| 'known'
	/** As new, and all forgotten before the call is repeated: another process. */
	| 'lost';

/** Whose credential the node has: the customer's, or an operator's who acts for them. */
export type Way = 'customer' | 'operator';

/** One cell of the matrix. */
export interface FaultCase {
	fault: Fault;
	way: Way;
	operation: Operation;
	reading: Reading;
	memory: Memory;
	mode: Mode;
	/** Contracts of the call, or pause periods; the fault strikes the third where there are several. */
	contracts: 1 | 6;
}

export const READINGS: readonly Reading[] = (['visible', 'hidden'] as const).flatMap(
	(scheduledPause) =>
		(['refused', 'extends'] as const).flatMap((secondPause) =>
			(['periodEnd', 'nextCycle'] as const).map((resumeAtEnd) => ({
				scheduledPause,
				secondPause,
				resumeAtEnd,
			})),
		),
);

const ADMIN_READINGS = [
	'adminRows',
	'adminFilters',
	'adminPageSize',
	'sortDirection',
	'localDates',
	'periodBatch',
	'overlappingPeriods',
	'offCycleDates',
] as const;

/** Each value of each reading of the admin API, and those that bear on each other in most pairs. */
export const PERIOD_READINGS: readonly Reading[] = [
	'partial applied asAsked oneAscends bare known refused rejected',
	'keyFields ignored asAsked oneDescends withZ unknown accepted accepted',
	'full ignored atMost25 oneAscends withZ known accepted snapped',
	'keyFields applied atMost25 oneDescends bare known accepted rejected',
	'partial ignored atMost25 oneDescends bare unknown refused accepted',
	'full applied asAsked oneDescends withZ unknown accepted rejected',
].map((line) => {
	const values = line.split(' ');
	return checkReadings(Object.fromEntries(ADMIN_READINGS.map((name, i) => [name, values[i]])));
});

export function readingsOf(operation: Operation): readonly Reading[] {
	return isOfPeriod(operation) ? PERIOD_READINGS : READINGS;
}

/** Cycles that every pause of the matrix asks for. */
export const CYCLES = 2;
/** Cycles of the pause that a resume finds. */
export const PAUSED_BEFORE = 3;

/** The first contract of a case, the one whose pause the process has seen, and the first pause period. */
export const FIRST_ID = 910_001;
export const SCHEDULED_ID = 910_099;
export const FIRST_PERIOD = 3_500_001;

/**
 * Where nobody can prevent a second effect from outside once the record of sent writes is lost: a
 * second pause extends the first, and the first is hidden, or acts only after the second has left;
 * or a pause period that may overlap another is created only after the second has left.
 */
export function isOpen({ fault, operation, reading, memory }: FaultCase): boolean {
	if (memory !== 'lost') return false;
	const isLate = fault.lateMs !== undefined;
	if (operation === 'createPeriod') return reading.overlappingPeriods === 'accepted' && isLate;
	return (
		operation === 'pause' &&
		reading.secondPause === 'extends' &&
		(reading.scheduledPause === 'hidden' || isLate)
	);
}

/**
 * Where a repeated write that changes nothing is no double effect, for nobody can know of the first
 * one: it does not show and who sent it has forgotten, or it acts only after the second, which puts
 * the same whole record.
 */
export function mayRepeat({ fault, operation, memory }: FaultCase): boolean {
	if (operation === 'updatePeriod') return fault.lateMs !== undefined;
	return operation === 'resumeAtEnd' && memory === 'lost';
}

export function nameOf(faultCase: FaultCase): string {
	const { fault, way, operation, reading, memory, mode, contracts } = faultCase;
	const many = contracts > 1 ? ` of ${contracts}` : '';
	const by = way === 'operator' ? ', by the operator' : '';
	return `${fault.name} | ${operation}${many}${by} | ${Object.values(reading).join(' ')} | memory ${memory} | ${mode}`;
}
