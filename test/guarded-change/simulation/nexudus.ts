import { loadEngine, type Engine } from './engine';
import { FAULTS, STEPS_OF_CHANGES } from './faults';
import { MUTANTS } from './mutants';
import { NexudusHistory } from './nexudusHistory';
import { judge, OPEN_COLUMNS } from './properties';
import { scenarioOf, type Scenario } from './scenario';
import type { Simulated } from './simulated';
import { smallWorlds } from './smallWorlds';

/** Contracts of a Nexudus portal. */
export const NEXUDUS: Simulated<Scenario, Engine> = {
	name: 'nexudus',
	faults: FAULTS,
	steps: STEPS_OF_CHANGES,
	openColumns: OPEN_COLUMNS,
	met: OPEN_COLUMNS.slice(0, 2),
	mutants: MUTANTS,
	histories: 100_000,
	tested: 5_000,
	loadEngine,
	scenarioOf,
	smallWorlds,
	live: (scenario, engine, hits, traced) => {
		const history = new NexudusHistory(scenario, engine, hits, traced);
		return { history: history as never, judge: () => judge(history) };
	},
};
