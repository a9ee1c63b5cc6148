import type { PaceLimits, RequestSettings } from '../../../guarded-change/settings';
import type { Random } from './random';
import type { Execution, Happening, ScenarioBase } from './scenarioBase';

/** The parts of a scenario that every system draws alike. */

const MINUTE = 60_000;

/** Milliseconds until a process that died is there again. */
const RESTARTS = [1_000, 20_000, 5 * MINUTE, 15 * MINUTE] as const;

export interface RunsToDraw<A> {
	/** How many executions, one of these. */
	counts: readonly number[];
	/** How often n8n tries each, one of these. */
	tries: readonly number[];
	asks(): A[];
}

/** Executions, some of which ask for the same as another. */
export function drawExecutions<A>(random: Random, draw: RunsToDraw<A>): Array<Execution<A>> {
	const executions: Array<Execution<A>> = [];
	const count = random.pick(draw.counts);
	for (let i = 0; i < count; i++) {
		const twin = i > 0 && random.chance(0.6) ? random.pick(executions) : undefined;
		executions.push({
			process: random.chance(0.7) ? 0 : 1,
			at: i === 0 ? 0 : random.pick([random.between(0, 2_000), random.between(0, 10 * MINUTE)]),
			asks: twin?.asks ?? draw.asks(),
			settings: drawSettings(random),
			limits: drawLimits(random),
			tries: random.pick(draw.tries),
			betweenTries: random.pick([0, 1_000, 5_000]),
			stopAfterFailures: random.pick([0, 0, 1, 2]),
		});
	}
	return executions;
}

function drawSettings(random: Random): RequestSettings {
	return {
		timeout: random.pick([10_000, 10_000, 3_000]),
		writeTimeout: random.pick([60_000, 60_000, 5_000]),
		maxAttempts: random.pick([3, 3, 1, 2, 5]),
		retryInterval: random.pick([1_000, 1_000, 200]),
		backoffRate: 2,
		deadline: random.pick([120_000, 120_000, 20_000, 0]),
		maxThrottleWait: random.pick([300_000, 300_000, 20_000, 0]),
	};
}

function drawLimits(random: Random): PaceLimits {
	return {
		concurrency: random.pick([4, 4, 1, 2]),
		requestsPerMinute: random.pick([120, 120, 0, 20]),
		writesPerMinute: random.pick([60, 60, 0, 6]),
		minSpacing: random.pick([100, 100, 0]),
	};
}

/** Our clocks minus the vendor's, in ms, one for each of two processes. */
export function drawSkews(random: Random): number[] {
	return [0, 1].map(() => (random.chance(0.7) ? 0 : random.between(-90_000, 90_000)));
}

/** A moment in the first minutes, ms after the start. */
export function drawSoon(random: Random): number {
	return random.pick([random.between(0, 3_000), random.between(0, 3 * MINUTE)]);
}

/** Now and then an execution is cancelled, or the first process dies. */
export function drawInterruptions(
	random: Random,
	executions: ReadonlyArray<Pick<Execution, 'at'>>,
): Happening[] {
	const happenings: Happening[] = [];
	if (random.chance(0.08)) {
		const execution = random.between(0, executions.length - 1);
		const at = executions[execution].at + drawSoon(random);
		happenings.push({ at, what: 'cancel', execution });
	}
	if (random.chance(0.08)) {
		happenings.push({ at: drawSoon(random), what: 'crash', process: 0 });
	}
	return happenings;
}

/** How often a request meets a fault, and whether nothing goes wrong at all. */
export function drawFaultRate(random: Random): { calm: boolean; faultRate: number } {
	const calm = random.chance(0.1);
	return { calm, faultRate: calm ? 0 : pickFaultRate(random) };
}

/** The same where something may go wrong. */
export function pickFaultRate(random: Random): number {
	return random.pick([0.02, 0.08, 0.2, 0.4]);
}

/** When a process that died is there again. */
export function drawRestart(random: Random): number {
	return random.pick(RESTARTS);
}

/** How signing in goes. */
export function drawSignIn(random: Random): Pick<ScenarioBase, 'session' | 'signInWorks'> {
	return {
		session: random.pick(['good', 'good', 'none', 'expired']),
		signInWorks: random.chance(0.97),
	};
}
