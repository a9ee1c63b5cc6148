import type { PaceLimits, RequestSettings } from '../../../guarded-change/settings';
import {
	drawExecutions,
	drawFaultRate,
	drawInterruptions,
	drawRestart,
	drawSignIn,
	drawSkews,
	drawSoon,
} from './drawScenario';
import type { Fault } from './faults';
import { Random } from './random';
import type { Execution as AnyExecution, Happening, ScenarioBase } from './scenarioBase';
import {
	cycleIndex,
	cycleStart,
	LIST_SHAPES,
	READINGS,
	type ContractSeed,
	type Cycles,
	type ListShape,
	type Operation,
	type Readings,
} from './vendor';

/** One change that a caller asks for. */
export interface Ask {
	contractId: number;
	operation: Operation;
	cycles: number;
	ifAlreadyPaused: 'unchanged' | 'accept' | 'fail';
	ifNotPaused: 'unchanged' | 'fail';
	dryRun: boolean;
	termsAccepted: boolean;
	expectedPlanId?: string;
	planRequired: boolean;
	/** The member that an operator acts for. */
	coworkerId?: number;
}

type Execution = AnyExecution<Ask>;

/** Everything that a history of contracts is made of. */
export interface Scenario extends ScenarioBase<Ask> {
	readings: Readings;
	list: ListShape;
	sendsDate: boolean;
	contracts: ContractSeed[];
}

export const DAY = 86_400_000;
const MINUTE = 60_000;
const PRICE_PLANS: ReadonlyArray<Pick<ContractSeed, 'cycle' | 'cyclesLimit'>> = [
	{ cycle: { months: 1 }, cyclesLimit: 3 },
	{ cycle: { days: 7 }, cyclesLimit: 4 },
	{ cycle: { months: 3 }, cyclesLimit: 2 },
];

const SETTINGS: RequestSettings = {
	timeout: 10_000,
	writeTimeout: 60_000,
	maxAttempts: 3,
	retryInterval: 1_000,
	backoffRate: 2,
	deadline: 120_000,
	maxThrottleWait: 300_000,
};

const LIMITS: PaceLimits = {
	concurrency: 4,
	requestsPerMinute: 120,
	writesPerMinute: 60,
	minSpacing: 100,
};

/** The scenario of a seed. */
export function scenarioOf(seed: number): Scenario {
	return scenarioWith(seed, [1, 1, 1, 1, 2, 3]);
}

/** The scenario of a seed, with so many contracts, one of these, unless it has very many. */
export function scenarioWith(seed: number, counts: readonly number[]): Scenario {
	const random = new Random(seed);
	const bulk = random.chance(0.005);
	const { start, contracts } = drawContracts(random, bulk, counts);
	const executions = drawExecutions(random, {
		counts: [1, 1, 2, 2, 2, 2, 2, 3],
		tries: [1, 1, 1, 1, 2, 3],
		asks: () => drawAsks(random, contracts, bulk),
	});
	const { calm, faultRate } = drawFaultRate(random);
	return {
		seed,
		start,
		contracts,
		executions,
		readings: {
			scheduled: random.pick(READINGS.scheduled),
			secondPause: random.pick(READINGS.secondPause),
			resumeAtEnd: random.pick(READINGS.resumeAtEnd),
			throttle: random.pick(READINGS.throttle),
			rowsCarryEligibility: random.pick(READINGS.rowsCarryEligibility),
		},
		list: random.pick(LIST_SHAPES),
		sendsDate: random.chance(0.8),
		skews: drawSkews(random),
		happenings: calm ? [] : drawHappenings(random, contracts, executions),
		restartAfter: drawRestart(random),
		...drawSignIn(random),
		faultRate,
		script: new Map(),
	};
}

function drawContracts(random: Random, bulk: boolean, counts: readonly number[]) {
	const count = bulk ? random.between(10, 30) : random.pick(counts);
	const renewal = Date.UTC(2026, random.between(0, 11), random.between(1, 28));
	// Now and then the renewal is so near that it passes within the history.
	const untilRenewal = random.chance(0.2)
		? random.between(2_000, 6 * MINUTE)
		: random.between(MINUTE * 30, 6 * DAY);
	const start = renewal - untilRenewal;
	const contracts = Array.from({ length: count }, (_, i): ContractSeed => {
		const pricePlan = random.between(1, PRICE_PLANS.length);
		const plan = PRICE_PLANS[pricePlan - 1];
		const cycles = { cycle: plan.cycle, anchor: anchorOf(plan.cycle, renewal) };
		return {
			id: 700100 + i,
			...cycles,
			pricePlan,
			cyclesLimit: plan.cyclesLimit,
			pause: drawPause(random, cycles, start),
			eligible: random.chance(0.94),
			cancelled: random.chance(0.02),
			missingFromList: random.chance(0.1),
		};
	});
	return { start, contracts };
}

/** Ten cycles before a renewal. */
function anchorOf(cycle: Cycles['cycle'], renewal: number): number {
	return cycleStart({ anchor: renewal, cycle }, -10);
}

function drawPause(random: Random, cycles: Cycles, start: number): ContractSeed['pause'] {
	const now = cycleIndex(cycles, start);
	const length = random.between(1, 3);
	const kind = random.pick(['none', 'none', 'none', 'scheduled', 'active', 'active'] as const);
	if (kind === 'none') return null;
	const first = kind === 'scheduled' ? now + 1 : now - random.between(0, length - 1);
	return { from: cycleStart(cycles, first), until: cycleStart(cycles, first + length) };
}

function drawAsks(random: Random, contracts: readonly ContractSeed[], bulk: boolean): Ask[] {
	const operation = random.pick(['pause', 'pause', 'resumeNow', 'resumeAtEnd'] as const);
	const cycles = random.pick([1, 1, 2, 3]);
	const askOf = ({ id }: ContractSeed): Ask => ({
		...PLAIN_ASK,
		contractId: id,
		operation: random.chance(0.85)
			? operation
			: random.pick(['pause', 'resumeNow', 'resumeAtEnd'] as const),
		cycles: random.chance(0.85) ? cycles : random.between(1, 3),
		ifAlreadyPaused: random.pick(['unchanged', 'unchanged', 'accept', 'fail'] as const),
		ifNotPaused: random.pick(['unchanged', 'unchanged', 'fail'] as const),
		dryRun: random.chance(0.03),
		termsAccepted: random.chance(0.98),
		...(random.chance(0.02) && { expectedPlanId: '0123456789ab-00112233445566778899' }),
		planRequired: random.chance(0.02),
	});
	if (bulk) return contracts.map(askOf);
	const asks = contracts.filter(() => random.chance(0.8)).map(askOf);
	if (asks.length === 0) asks.push(askOf(contracts[0]));
	if (random.chance(0.15)) asks.push(askOf(random.pick(contracts)));
	if (random.chance(0.01)) asks.push(askOf({ ...contracts[0], id: 999999 }));
	return asks;
}

const PLAIN_ASK = {
	cycles: 1,
	ifAlreadyPaused: 'unchanged',
	ifNotPaused: 'unchanged',
	dryRun: false,
	termsAccepted: true,
	planRequired: false,
} as const;

function drawHappenings(
	random: Random,
	contracts: readonly ContractSeed[],
	executions: readonly Execution[],
): Happening[] {
	const happenings: Happening[] = [];
	const soon = () => drawSoon(random);
	const contractId = () => random.pick(contracts).id;
	if (random.chance(0.12)) {
		const what = random.pick(['pause', 'resumeNow', 'resumeAtEnd'] as const);
		happenings.push({ at: soon(), what, thing: contractId(), cycles: random.between(1, 2) });
	}
	if (random.chance(0.03)) {
		const what = random.pick(['eligible', 'notEligible'] as const);
		happenings.push({ at: soon(), what, thing: contractId(), cycles: 0 });
	}
	if (random.chance(0.15)) happenings.push({ at: soon(), what: 'expiry' });
	return [...happenings, ...drawInterruptions(random, executions)];
}

export interface SmallWorld {
	readings: Readings;
	operation: Operation;
	/** The second delivery: beside the first, after it, or in another process. */
	second: 'sameTime' | 'later' | 'otherProcess' | 'otherProcessLater';
	fault: Fault;
	/** Which request the fault befalls, counted from 0. */
	request: number;
}

/** Two executions ask for the same change of one contract, and one thing goes wrong. */
export function smallScenario(world: SmallWorld): Scenario {
	const renewal = Date.UTC(2026, 5, 1);
	const start = renewal - 10 * DAY;
	const cycle = { months: 1 };
	const cycles = { cycle, anchor: anchorOf(cycle, renewal) };
	const now = cycleIndex(cycles, start);
	const paused = { from: cycleStart(cycles, now), until: cycleStart(cycles, now + 3) };
	const later = world.second === 'later' || world.second === 'otherProcessLater';
	const execution: Execution = {
		process: 0,
		at: 0,
		asks: [{ ...PLAIN_ASK, contractId: 700100, operation: world.operation }],
		settings: SETTINGS,
		limits: LIMITS,
		tries: 1,
		betweenTries: 0,
		stopAfterFailures: 0,
	};
	const process = world.second === 'sameTime' || world.second === 'later' ? 0 : 1;
	return {
		seed: 1,
		start,
		readings: world.readings,
		list: 'Contracts',
		sendsDate: true,
		skews: [0, 0],
		contracts: [
			{
				id: 700100,
				...cycles,
				pricePlan: 1,
				pause: world.operation === 'pause' ? null : paused,
				eligible: true,
				cancelled: false,
				cyclesLimit: 3,
				missingFromList: false,
			},
		],
		executions: [execution, { ...execution, process, at: later ? 10 * MINUTE : 40 }],
		happenings: [],
		restartAfter: 20_000,
		session: 'good',
		signInWorks: true,
		faultRate: 0,
		script: new Map([[world.request, world.fault]]),
	};
}
