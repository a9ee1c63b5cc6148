import { loadSources } from '../engine';
import { FAULTS, STEPS_OF_CHANGES } from '../faults';
import type { Simulated } from '../simulated';
import { PeriodHistory, type PeriodEngine } from './periodHistory';
import { PERIOD_MUTANTS } from './periodMutants';
import { judgePeriods, PERIOD_OPEN_COLUMNS } from './periodProperties';
import { periodScenarioOf, type PeriodScenario } from './periodScenario';

const NODE = 'nodes/Nexudus';

/** Pause periods on the admin API of Nexudus. */
export const PAUSE_PERIODS: Simulated<PeriodScenario, PeriodEngine> = {
	name: 'pausePeriods',
	faults: FAULTS,
	steps: STEPS_OF_CHANGES,
	openColumns: PERIOD_OPEN_COLUMNS,
	met: PERIOD_OPEN_COLUMNS.slice(0, 2),
	histories: 30_000,
	tested: 1_500,
	loadEngine: (patches) =>
		loadSources<PeriodEngine>(
			[
				'guarded-change/world.ts',
				`${NODE}/pausePeriod/changePeriods.ts`,
				`${NODE}/pausePeriod/periodChange.ts`,
				`${NODE}/operator/adminApi.ts`,
				`${NODE}/operator/adminTools.ts`,
			],
			patches,
		),
	scenarioOf: periodScenarioOf,
	live: (scenario, engine, hits, traced) => {
		const history = new PeriodHistory(scenario, engine, hits, traced);
		return { history: history as never, judge: () => judgePeriods(history) };
	},
	mutants: PERIOD_MUTANTS,
};
