import type { EngineBase, Patch } from './engine';
import { STEPS, type Step } from './faults';
import type { History } from './history';
import type { ScenarioBase } from './scenarioBase';

/** What a history has come to. */
export interface Judgement {
	findings: ReadonlyArray<{ property: string; detail: string }>;
	/** What nobody can guarantee from outside, by name: counted, never a pass. */
	open: Readonly<Partial<Record<string, number>>>;
}

export interface Lived {
	history: History;
	/** Holds the history, once it has come to its end, against all properties. */
	judge(): Judgement;
}

/** A plausible mistake in the engine or in what a system declares to it. */
export interface Mutant {
	name: string;
	patches: readonly Patch[];
	/** Takes hundreds of histories to be found: `npm test` leaves it to `npm run simulate -- --mutants`. */
	rare?: boolean;
}

/** A system, simulated: what can happen at it, what must hold, which mistakes must be found. */
export interface Simulated<
	Sc extends ScenarioBase = ScenarioBase,
	E extends EngineBase = EngineBase,
> {
	name: string;
	faults: readonly string[];
	/** Steps that a request can be at. */
	steps: readonly Step[];
	openColumns: readonly string[];
	/** Those that a few thousand histories must meet, or they would prove nothing about them. */
	met: readonly string[];
	mutants: readonly Mutant[];
	/** Histories of one `npm run simulate`. */
	histories: number;
	/** Histories of one `npm test`. */
	tested: number;
	loadEngine(patches?: readonly Patch[]): E;
	scenarioOf(seed: number): Sc;
	/** Small worlds, every one of them; none where only random histories are lived. */
	smallWorlds?(): Iterable<Sc>;
	live(scenario: Sc, engine: E, hits: number[], traced?: boolean): Lived;
}

/** Cells of the table fault × step that no history has reached. */
export function emptyCells({ faults, steps }: Simulated, hits: readonly number[]): string[] {
	return faults.flatMap((fault, f) =>
		steps
			.filter((step) => hits[f * STEPS.length + STEPS.indexOf(step)] === 0)
			.map((step) => `${fault} × ${step}`),
	);
}
