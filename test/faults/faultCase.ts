import type { Readings } from '../../sandbox/vendor/readings';
import type { WriteOperation } from '../../sandbox/vendor/world';
import type { Fault } from './faults';

/** How the node is set to go on after an error. */
export const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
export type Mode = (typeof MODES)[number];

export const OPERATIONS: readonly WriteOperation[] = ['pause', 'resumeNow', 'resumeAtEnd'];

/** One reading of what the vendor leaves open. */
export type Reading = Pick<Readings, 'scheduledPause' | 'secondPause' | 'resumeAtEnd'>;

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
	operation: WriteOperation;
	reading: Reading;
	memory: Memory;
	mode: Mode;
	/** Contracts of the call; the fault strikes the third where there are several. */
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

/** Cycles that every pause of the matrix asks for. */
export const CYCLES = 2;

/**
 * Where nobody can prevent a second effect from outside once the record of sent writes is lost: a
 * second pause extends the first, and the first is hidden, or acts only after the second has left.
 */
export function isOpen({ fault, operation, reading, memory }: FaultCase): boolean {
	return (
		memory === 'lost' &&
		operation === 'pause' &&
		reading.secondPause === 'extends' &&
		(reading.scheduledPause === 'hidden' || fault.lateMs !== undefined)
	);
}

export function nameOf(faultCase: FaultCase): string {
	const { fault, way, operation, reading, memory, mode, contracts } = faultCase;
	const { scheduledPause, secondPause, resumeAtEnd } = reading;
	const many = contracts > 1 ? `, ${contracts} contracts` : '';
	const by = way === 'operator' ? ', by the operator' : '';
	return `${fault.name} | ${operation}${many}${by} | ${scheduledPause}, second ${secondPause}, end ${resumeAtEnd} | portal ${memory} | ${mode}`;
}
