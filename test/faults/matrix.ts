import { MODES, OPERATIONS, READINGS, type FaultCase, type Memory, type Mode } from './faultCase';
import { faults, type Fault } from './faults';

const single = faults.filter(({ bulk, way }) => bulk !== 'only' && way === undefined);
const forMany = faults.filter(({ bulk }) => bulk !== undefined);
/** An operator meets all of them, and some that nobody else does. */
const forOperator = faults.filter(({ bulk }) => bulk !== 'only');
/** Without the process's memory it matters what a first call may have left behind. */
const forgettable = single.filter(
	({ group, hand }) => ['none', 'write', 'read after'].includes(group) && !hand,
);

const [firstReading] = READINGS;
const lastReading = READINGS[READINGS.length - 1];
/** What the process knows of a portal matters to a pause, and only where it shows what is scheduled. */
const memories = (operation: string, reading: FaultCase['reading']): Memory[] =>
	operation === 'pause' && reading.scheduledPause === 'visible' ? ['new', 'known'] : ['new'];

/** Every fault × operation × reading × way to go on after an error, and the same for many contracts. */
export function wholeMatrix(): FaultCase[] {
	const cases: FaultCase[] = [];
	for (const operation of OPERATIONS) {
		for (const mode of MODES) {
			for (const reading of READINGS) {
				for (const memory of memories(operation, reading)) {
					for (const fault of single) {
						cases.push({ fault, way: 'customer', operation, reading, memory, mode, contracts: 1 });
					}
				}
			}
			for (const reading of [firstReading, lastReading]) {
				for (const memory of memories(operation, reading)) {
					for (const fault of forMany) {
						if ((fault.only ?? operation) !== operation) continue;
						cases.push({ fault, way: 'customer', operation, reading, memory, mode, contracts: 6 });
					}
				}
			}
		}
		for (const reading of READINGS) {
			forgettable.forEach((fault, row) => {
				const mode = MODES[row % MODES.length];
				cases.push({
					fault,
					way: 'customer',
					operation,
					reading,
					memory: 'lost',
					mode,
					contracts: 1,
				});
			});
		}
	}
	return [...cases, ...operatorCases(MODES)];
}

/**
 * What an operator meets: every fault with every operation, in the two readings that are furthest
 * apart by turns, and every fault for many contracts.
 */
function operatorCases(modes: readonly Mode[]): FaultCase[] {
	const cases: FaultCase[] = [];
	OPERATIONS.forEach((operation, column) => {
		for (const turn of modes.keys()) {
			forOperator.forEach((fault, row) => {
				const reading = (row + column + turn) % 2 === 0 ? firstReading : lastReading;
				const mode = MODES[(row + column + turn) % MODES.length];
				cases.push({
					fault,
					way: 'operator',
					operation,
					reading,
					memory: 'new',
					mode,
					contracts: 1,
				});
			});
		}
	});
	forMany.forEach((fault, row) => {
		for (const turn of modes.keys()) {
			const operation = fault.only ?? OPERATIONS[(row + turn) % OPERATIONS.length];
			const mode = MODES[(row + turn) % MODES.length];
			cases.push({
				fault,
				way: 'operator',
				operation,
				reading: row % 2 === 0 ? firstReading : lastReading,
				memory: 'new',
				mode,
				contracts: 6,
			});
		}
	});
	return cases;
}

/**
 * A part that always holds the same: every fault × operation once, while readings, memory and mode
 * go round, so that every combination of them comes up with many faults; every fault for many
 * contracts once; and forgotten memory for a fifth of the faults with each operation.
 */
export function representativePart(): FaultCase[] {
	const cases: FaultCase[] = [];
	OPERATIONS.forEach((operation, column) => {
		const columns = READINGS.flatMap((reading) =>
			memories(operation, reading).map((memory) => ({ reading, memory })),
		);
		single.forEach((fault, row) => {
			// Steps without a common divisor with the number of columns visit all of them.
			const { reading, memory } = columns[(row * 5 + column) % columns.length];
			const mode = MODES[(row + column) % MODES.length];
			cases.push({ fault, way: 'customer', operation, reading, memory, mode, contracts: 1 });
		});
	});
	forMany.forEach((fault: Fault, row) => {
		const operation = fault.only ?? OPERATIONS[row % OPERATIONS.length];
		const mode = MODES[Math.floor(row / OPERATIONS.length) % MODES.length];
		const reading = row % 2 === 0 ? firstReading : lastReading;
		cases.push({ fault, way: 'customer', operation, reading, memory: 'new', mode, contracts: 6 });
	});
	OPERATIONS.forEach((operation, column) => {
		forgettable
			.filter((_, row) => row % 5 === column)
			.forEach((fault, row) => {
				const reading = READINGS[row % READINGS.length];
				const mode = 'continueRegularOutput';
				cases.push({
					fault,
					way: 'customer',
					operation,
					reading,
					memory: 'lost',
					mode,
					contracts: 1,
				});
			});
	});
	return [...cases, ...operatorCases(MODES.slice(0, 1))];
}
