import type { Outcome } from '../../../guarded-change/change';
import { changeMany, type ItemChange } from '../../../guarded-change/changeMany';
import type { ReadTools } from '../../../guarded-change/readWell';
import type { AdminApi } from '../operator/adminApi';
import type { PeriodChange } from './periodChange';
import { periodReader } from './periodReader';
import type { PeriodState } from './periodState';
import { periodSystem } from './periodSystem';

export interface ChangePeriodsOptions {
	api: AdminApi;
	/** The operator's session. */
	tools: ReadTools;
	changes: ReadonlyArray<ItemChange<PeriodChange>>;
	ended(outcome: Outcome<PeriodState>, index: number): void;
}

/** Carries out the changes of one run in the operator's session. */
export async function changePeriods(options: ChangePeriodsOptions): Promise<void> {
	const { api, tools, changes } = options;
	await changeMany<PeriodChange, PeriodState>({
		changes,
		run: tools.run,
		limits: tools.limits,
		ended: (outcome, index) => options.ended(outcome, index),
		system: (width) => {
			const reader = periodReader({ api, tools, width, items: changes.length });
			return periodSystem({ api, reader, tools });
		},
	});
}
