import {
	drawExecutions,
	drawInterruptions,
	drawRestart,
	drawSkews,
	drawSoon,
	pickFaultRate,
} from '../drawScenario';
import { type Random } from '../random';
import type { Execution, Happening, ScenarioBase } from '../scenarioBase';

/** One change that a caller asks for; what is asked for besides, the system knows. */
export interface KeyedAsk {
	subscription: string;
	operation: string;
	ifPaused: 'unchanged' | 'fail';
	dryRun: boolean;
	expectedPlanId?: string;
	planRequired: boolean;
}

export interface KeyedScenario<A extends KeyedAsk> extends ScenarioBase<A> {
	start: number;
}

/** What a system draws of its own. */
export interface Draw<A extends KeyedAsk> {
	/** Wants something of a subscription; `turn` counts on within one execution: there and back. */
	wanted(random: Random, turn: number): Omit<A, keyof KeyedAsk> & Pick<A, 'operation'>;
}

/** The part of a scenario that is the same for every system with keys. */
export function drawScenario<A extends KeyedAsk>(
	seed: number,
	random: Random,
	ids: readonly string[],
	draw: Draw<A>,
): KeyedScenario<A> {
	const executions = drawExecutions(random, {
		counts: [1, 1, 2, 2, 2, 3],
		tries: [1, 1, 2, 3],
		asks: () => drawAsks(random, ids, draw),
	});
	const calm = random.chance(0.15);
	return {
		seed,
		start: Date.UTC(2026, random.between(0, 11), random.between(1, 28)),
		executions,
		skews: drawSkews(random),
		happenings: calm ? [] : drawHappenings(random, ids, executions),
		restartAfter: drawRestart(random),
		session: 'good',
		signInWorks: true,
		faultRate: calm ? 0 : pickFaultRate(random),
		script: new Map(),
	};
}

function drawAsks<A extends KeyedAsk>(random: Random, ids: readonly string[], draw: Draw<A>): A[] {
	const askOf = (subscription: string, turn: number): A =>
		({
			...draw.wanted(random, turn),
			subscription,
			ifPaused: random.pick(['unchanged', 'unchanged', 'unchanged', 'fail'] as const),
			dryRun: random.chance(0.03),
			...(random.chance(0.02) && { expectedPlanId: '0123456789ab-00112233445566778899' }),
			planRequired: random.chance(0.02),
		}) as A;
	// Pause, resume, pause in one execution: each is a change of its own.
	if (random.chance(0.3)) {
		const subscription = random.pick(ids);
		return [0, 1, 2].map((turn) => askOf(subscription, turn));
	}
	const turn = random.between(0, 1);
	const asks = ids.filter(() => random.chance(0.8)).map((id) => askOf(id, turn));
	if (asks.length === 0) asks.push(askOf(ids[0], turn));
	if (random.chance(0.01)) asks.push(askOf('sub_none', turn));
	return asks;
}

function drawHappenings<A extends KeyedAsk>(
	random: Random,
	ids: readonly string[],
	executions: ReadonlyArray<Execution<A>>,
): Happening[] {
	const happenings: Happening[] = [];
	const soon = () => drawSoon(random);
	if (random.chance(0.12)) {
		const what = random.pick(['pause', 'resumeNow'] as const);
		happenings.push({ at: soon(), what, thing: random.pick(ids), cycles: 0 });
	}
	if (random.chance(0.3)) {
		happenings.push({ at: soon(), what: 'pays', thing: random.pick(ids), cycles: 0 });
	}
	return [...happenings, ...drawInterruptions(random, executions)];
}
