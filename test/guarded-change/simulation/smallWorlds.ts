import { FAULTS, type Fault } from './faults';
import { smallScenario, type Scenario, type SmallWorld } from './scenario';
import { READINGS, type Operation, type Readings } from './vendor';

/** More requests than the longest small world has. */
const MOST_REQUESTS = 10;

/** Every small world: two executions, one contract, one fault at any step, in each reading. */
export function* smallWorlds(): Generator<Scenario> {
	let number = 0;
	for (const world of worlds()) yield { ...smallScenario(world), seed: number++ };
}

function* worlds(): Generator<SmallWorld> {
	for (const operation of ['pause', 'resumeNow', 'resumeAtEnd'] as const) {
		for (const fault of FAULTS) {
			for (const readings of readingsThatMatter(operation, fault)) {
				for (const second of ['sameTime', 'later', 'otherProcess', 'otherProcessLater'] as const) {
					for (let request = 0; request < MOST_REQUESTS; request++) {
						yield { readings, operation, second, fault, request };
					}
				}
			}
		}
	}
}

/**
 * What a resume at end means matters to that alone, the status of a throttle to a throttle alone,
 * and the rows of a list not to a single contract.
 */
function* readingsThatMatter(operation: Operation, fault: Fault): Generator<Readings> {
	const ends = operation === 'resumeAtEnd' ? READINGS.resumeAtEnd : (['periodEnd'] as const);
	const throttles = fault.startsWith('throttled') ? READINGS.throttle : ([429] as const);
	for (const scheduled of READINGS.scheduled) {
		for (const secondPause of READINGS.secondPause) {
			for (const resumeAtEnd of ends) {
				for (const throttle of throttles) {
					yield { scheduled, secondPause, resumeAtEnd, throttle, rowsCarryEligibility: true };
				}
			}
		}
	}
}
