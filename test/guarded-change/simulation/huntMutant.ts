import type { EngineBase } from './engine';
import { runHistories, scenariosOf, seedsFrom, type Failure } from './runHistories';
import type { ScenarioBase } from './scenarioBase';
import type { Mutant, Simulated } from './simulated';

/** More histories than any mutant may survive. */
const MOST_HISTORIES = 4_000;

export interface Hunt {
	/** A history that the mutant breaks and the real engine does not. */
	killedBy: Failure | undefined;
	histories: number;
}

/** Runs histories on a mutant until one breaks a property that the real engine keeps in it. */
export async function huntMutant<Sc extends ScenarioBase, E extends EngineBase>(
	of: Simulated<Sc, E>,
	{ patches }: Mutant,
	seed: number,
): Promise<Hunt> {
	const engine = of.loadEngine(patches);
	const tally = await runHistories({
		of,
		engine,
		scenarios: scenariosOf(of, seedsFrom(seed, MOST_HISTORIES)),
		untilFailure: true,
	});
	const [failure] = tally.failures;
	if (failure === undefined) return { killedBy: undefined, histories: tally.histories };
	const scenarios = scenariosOf(of, [failure.seed]);
	const real = await runHistories({ of, engine: of.loadEngine(), scenarios });
	return { killedBy: real.failed === 0 ? failure : undefined, histories: tally.histories };
}
