import type { EngineBase } from './engine';
import { STEPS } from './faults';
import type { ScenarioBase } from './scenarioBase';
import type { Lived, Simulated } from './simulated';

export interface Failure {
	seed: number;
	property: string;
	detail: string;
}

/** What many histories have come to; sums and order-free hashes, so that parts can be added up. */
export interface Tally {
	histories: number;
	requests: number;
	faults: number;
	hits: number[];
	outcomes: Record<string, number>;
	open: Record<string, number>;
	/** The first failures by seed; `failed` counts all histories with one. */
	failures: Failure[];
	failed: number;
	hash: number;
}

const MOST_FAILURES = 20;

export function emptyTally({ faults, openColumns }: Simulated): Tally {
	return {
		histories: 0,
		requests: 0,
		faults: 0,
		hits: Array.from({ length: faults.length * STEPS.length }, () => 0),
		outcomes: {},
		open: Object.fromEntries(openColumns.map((column) => [column, 0])),
		failures: [],
		failed: 0,
		hash: 0,
	};
}

/** Adds the tally of one part to another. */
export function addTally(to: Tally, part: Tally): void {
	to.histories += part.histories;
	to.requests += part.requests;
	to.faults += part.faults;
	to.failed += part.failed;
	to.hash = (to.hash + part.hash) >>> 0;
	part.hits.forEach((count, i) => (to.hits[i] += count));
	for (const [name, count] of Object.entries(part.outcomes)) add(to.outcomes, name, count);
	for (const [name, count] of Object.entries(part.open)) add(to.open, name, count);
	to.failures = [...to.failures, ...part.failures]
		.sort((a, b) => a.seed - b.seed)
		.slice(0, MOST_FAILURES);
}

function add(counts: Record<string, number>, name: string, count: number): void {
	counts[name] = (counts[name] ?? 0) + count;
}

/** The numbers of the histories of one part of the work. */
export function* seedsFrom(first: number, count: number, step = 1): Generator<number> {
	for (let i = 0; i < count; i++) yield first + i * step;
}

export interface RunOptions<Sc extends ScenarioBase, E extends EngineBase> {
	of: Simulated<Sc, E>;
	engine: E;
	scenarios: Iterable<Sc>;
	/** Ends at the first failure. */
	untilFailure?: boolean;
}

/** Histories that run side by side: each event needs the microtasks drained, one drain serves all. */
const SIDE_BY_SIDE = 24;

/** Runs histories to their end and judges them. */
export async function runHistories<Sc extends ScenarioBase, E extends EngineBase>(
	options: RunOptions<Sc, E>,
): Promise<Tally> {
	const { of, engine, untilFailure } = options;
	const tally = emptyTally(of as never);
	const scenarios = options.scenarios[Symbol.iterator]();
	const active: Lived[] = [];
	let more = true;
	const fill = () => {
		while (more && active.length < SIDE_BY_SIDE) {
			const next = scenarios.next();
			if (next.done) more = false;
			else active.push(of.live(next.value, engine, tally.hits));
		}
	};
	await new Promise<void>((resolve, reject) => {
		const turn = () => {
			try {
				fill();
				for (let i = active.length - 1; i >= 0; i--) {
					if (active[i].history.step()) continue;
					tallyUp(tally, active[i]);
					active[i] = active[active.length - 1];
					active.pop();
				}
				if ((untilFailure && tally.failed > 0) || (active.length === 0 && !more)) resolve();
				else setImmediate(turn);
			} catch (error) {
				reject(error as Error);
			}
		};
		turn();
	});
	return tally;
}

function tallyUp(tally: Tally, { history, judge }: Lived): void {
	const { findings, open } = judge();
	tally.histories += 1;
	tally.requests += history.requests;
	tally.faults += history.faults;
	tally.hash = (tally.hash + Math.imul(history.hash ^ history.scenario.seed, 0x9e3779b1)) >>> 0;
	for (const { outcome } of history.items) {
		if (outcome) add(tally.outcomes, `${outcome.outcome} ${outcome.verification}`, 1);
	}
	for (const [column, count] of Object.entries(open)) add(tally.open, column, count ?? 0);
	const first = findings[0];
	if (first === undefined) return;
	tally.failed += 1;
	if (tally.failures.length < MOST_FAILURES) {
		tally.failures.push({ seed: history.scenario.seed, ...first });
	}
}

/** One history with every event written down. */
export async function traceOf<Sc extends ScenarioBase, E extends EngineBase>(
	of: Simulated<Sc, E>,
	scenario: Sc,
	engine: E,
): Promise<string[]> {
	const { hits } = emptyTally(of as never);
	const { history, judge } = of.live(scenario, engine, hits, true);
	while (history.step()) await new Promise((resolve) => setImmediate(resolve));
	const { open } = judge();
	return [
		...history.trace,
		...Object.entries(open).map(([name, count]) => `open: ${name}: ${count}`),
	];
}

export function* scenariosOf<Sc extends ScenarioBase>(
	{ scenarioOf }: Pick<Simulated<Sc, never>, 'scenarioOf'>,
	seeds: Iterable<number>,
): Generator<Sc> {
	for (const seed of seeds) yield scenarioOf(seed);
}
