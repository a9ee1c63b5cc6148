import {
	CONTRACT_OPERATIONS,
	MODES,
	PERIOD_OPERATIONS,
	PERIOD_READINGS,
	READINGS,
	readingsOf,
	type FaultCase,
	type Memory,
	type Mode,
	type Operation,
	type Reading,
} from './faultCase';
import { meets, type Fault } from './fault';
import { faults } from './faults';

const single = faults.filter(({ bulk, way }) => bulk !== 'only' && way === undefined);
const forMany = faults.filter(({ bulk }) => bulk !== undefined);
/** An operator meets all of them, and some that nobody else does. */
const forOperator = faults.filter(({ bulk }) => bulk !== 'only');
/** Without the process's memory it matters what a first call may have left behind. */
const forgettable = single.filter(
	({ group, hand }) => ['none', 'write', 'read after'].includes(group) && !hand,
);

const lastOf = <T>(list: readonly T[]) => list[list.length - 1];
/** What the process knows of a portal matters to a pause, and only where it shows what is scheduled. */
const memories = (operation: Operation, reading: Reading): Memory[] =>
	operation === 'pause' && reading.scheduledPause === 'visible' ? ['new', 'known'] : ['new'];

/** The faults that an operation meets under any reading, or under this one. */
const metBy = (list: readonly Fault[], operation: Operation, reading?: Reading) =>
	list.filter((fault) => meets(fault, operation, reading));

/** The readings in which an operation meets a fault. */
const readingsFor = (fault: Fault, operation: Operation) =>
	readingsOf(operation).filter((reading) => meets(fault, operation, reading));

/** The one of a list that comes next; step and length without a common divisor visit all of them. */
const turn = <T>(list: readonly T[], place: number): T => list[place % list.length];

const CUSTOMER = { way: 'customer', memory: 'new', contracts: 1 } as const;
const OPERATOR = { way: 'operator', memory: 'new', contracts: 1 } as const;

/** Every fault × operation × reading × way to go on after an error, and the same for many contracts. */
export function wholeMatrix(): FaultCase[] {
	const cases: FaultCase[] = [];
	for (const operation of CONTRACT_OPERATIONS) {
		for (const mode of MODES) {
			for (const reading of READINGS) {
				for (const memory of memories(operation, reading)) {
					for (const fault of metBy(single, operation)) {
						cases.push({ ...CUSTOMER, fault, operation, reading, memory, mode });
					}
				}
			}
			for (const reading of [READINGS[0], lastOf(READINGS)]) {
				for (const memory of memories(operation, reading)) {
					for (const fault of metBy(forMany, operation)) {
						cases.push({ ...CUSTOMER, fault, operation, reading, memory, mode, contracts: 6 });
					}
				}
			}
		}
		for (const reading of READINGS) {
			metBy(forgettable, operation).forEach((fault, row) => {
				const mode = turn(MODES, row);
				cases.push({ ...CUSTOMER, fault, operation, reading, memory: 'lost', mode });
			});
		}
	}
	return [...cases, ...operatorCases(MODES), ...periodCases()];
}

/**
 * What an operator meets: every fault with every operation, in the two readings that are furthest
 * apart by turns, and every fault for many contracts.
 */
function operatorCases(modes: readonly Mode[]): FaultCase[] {
	const cases: FaultCase[] = [];
	const readings = [READINGS[0], lastOf(READINGS)];
	CONTRACT_OPERATIONS.forEach((operation, column) => {
		for (const round of modes.keys()) {
			metBy(forOperator, operation).forEach((fault, row) => {
				const reading = turn(readings, row + column + round);
				const mode = turn(MODES, row + column + round);
				cases.push({ ...OPERATOR, fault, operation, reading, mode });
			});
		}
	});
	const many = forMany.filter((fault) => CONTRACT_OPERATIONS.some((one) => meets(fault, one)));
	many.forEach((fault, row) => {
		for (const round of modes.keys()) {
			const met = CONTRACT_OPERATIONS.filter((operation) => meets(fault, operation));
			const operation = turn(met, row + round);
			const mode = turn(MODES, row + round);
			const reading = turn(readings, row);
			cases.push({ ...OPERATOR, fault, operation, reading, mode, contracts: 6 });
		}
	});
	return cases;
}

/**
 * Every fault × operation on pause periods × reading, while the way to go on after an error goes
 * round; and the same for many.
 */
function periodCases(): FaultCase[] {
	const cases: FaultCase[] = [];
	for (const operation of PERIOD_OPERATIONS) {
		metBy(single, operation).forEach((fault, row) => {
			const readings = readingsFor(fault, operation);
			// Where few readings have the read that is struck, each of them meets every mode.
			const rounds = readings.length < MODES.length ? MODES.length : 1;
			for (const [place, reading] of readings.entries()) {
				for (let round = 0; round < rounds; round++) {
					const mode = turn(MODES, row + place + round);
					cases.push({ ...OPERATOR, fault, operation, reading, mode });
				}
			}
		});
		for (const reading of PERIOD_READINGS) {
			metBy(forMany, operation, reading).forEach((fault, row) => {
				const mode = turn(MODES, row);
				cases.push({ ...OPERATOR, fault, operation, reading, mode, contracts: 6 });
			});
			metBy(forgettable, operation, reading).forEach((fault, row) => {
				const mode = turn(MODES, row);
				cases.push({ ...OPERATOR, fault, operation, reading, memory: 'lost', mode });
			});
		}
	}
	return cases;
}

/**
 * A part that always holds the same: every fault × operation once, while readings, memory and mode
 * go round, so that every combination of them comes up with many faults; every fault for many
 * contracts once; and forgotten memory for a fifth of the faults with each operation.
 */
export function representativePart(): FaultCase[] {
	const cases: FaultCase[] = [];
	CONTRACT_OPERATIONS.forEach((operation, column) => {
		const columns = READINGS.flatMap((reading) =>
			memories(operation, reading).map((memory) => ({ reading, memory })),
		);
		metBy(single, operation).forEach((fault, row) => {
			const mode = turn(MODES, row + column);
			cases.push({ ...CUSTOMER, fault, operation, ...turn(columns, row * 5 + column), mode });
		});
	});
	const many = forMany.filter((fault) => CONTRACT_OPERATIONS.some((one) => meets(fault, one)));
	many.forEach((fault, row) => {
		const met = CONTRACT_OPERATIONS.filter((operation) => meets(fault, operation));
		const operation = turn(met, row);
		const mode = turn(MODES, Math.floor(row / CONTRACT_OPERATIONS.length));
		const reading = turn([READINGS[0], lastOf(READINGS)], row);
		cases.push({ ...CUSTOMER, fault, operation, reading, mode, contracts: 6 });
	});
	CONTRACT_OPERATIONS.forEach((operation, column) => {
		metBy(forgettable, operation)
			.filter((_, row) => row % 5 === column)
			.forEach((fault, row) => {
				const reading = turn(READINGS, row);
				const mode = 'continueRegularOutput';
				cases.push({ ...CUSTOMER, fault, operation, reading, memory: 'lost', mode });
			});
	});
	return [...cases, ...operatorCases(MODES.slice(0, 1)), ...periodPart()];
}

/** The same of changes of pause periods. */
function periodPart(): FaultCase[] {
	const cases: FaultCase[] = [];
	PERIOD_OPERATIONS.forEach((operation, column) => {
		metBy(single, operation).forEach((fault, row) => {
			const reading = turn(readingsFor(fault, operation), row * 5 + column);
			const mode = turn(MODES, Math.floor(row / 2) + column);
			cases.push({ ...OPERATOR, fault, operation, reading, mode });
		});
		metBy(forgettable, operation)
			.filter((_, row) => row % 5 === column)
			.forEach((fault, row) => {
				const reading = turn(readingsFor(fault, operation), row + column);
				cases.push({ ...OPERATOR, fault, operation, reading, memory: 'lost', mode: MODES[1] });
			});
	});
	const many = forMany.filter((fault) => PERIOD_OPERATIONS.some((one) => meets(fault, one)));
	many.forEach((fault, row) => {
		const operation = turn(
			PERIOD_OPERATIONS.filter((one) => meets(fault, one)),
			row,
		);
		const reading = turn(readingsFor(fault, operation), row);
		const mode = turn(MODES, Math.floor(row / PERIOD_OPERATIONS.length));
		cases.push({ ...OPERATOR, fault, operation, reading, mode, contracts: 6 });
	});
	return cases;
}
