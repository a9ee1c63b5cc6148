import type { BulkSystem } from '../../../guarded-change/changeMany';
import type { ReadTools } from '../../../guarded-change/readWell';
import type { AdminApi } from '../operator/adminApi';
import { SETTLED_AFTER } from '../rules';
import { judge } from '../vendorAnswer';
import type { PeriodChange } from './periodChange';
import { daysLeft, openWrites, sharedLane } from './periodLanes';
import type { PeriodReader } from './periodReader';
import { periodRequest } from './periodRequest';
import { periodPlanFacts, periodRules } from './periodRules';
import { periodAbsenceProves, periodSees } from './periodSight';
import type { PeriodState } from './periodState';

export interface PeriodSystemOptions {
	api: AdminApi;
	reader: PeriodReader;
	tools: ReadTools;
}

/** Pause periods on the admin API for the engine. */
export function periodSystem({
	api,
	reader,
	tools,
}: PeriodSystemOptions): BulkSystem<PeriodChange, PeriodState> {
	return {
		begins: () => reader.begins(),
		ends: () => reader.ends(),
		replays: false,
		judge,
		rules: periodRules,
		planFacts: periodPlanFacts,
		sees: periodSees,
		read: async (change, notBefore, purpose) => await reader.read(change, notBefore, purpose),
		send: async (change, state, limit) =>
			await tools.transport(periodRequest(api, change, state), limit),
		absenceProves: (change, _before, verdict, sinceSent) =>
			periodAbsenceProves(change, verdict, sinceSent),
		// The list shows every period: only a request that was given up is still to come.
		hiddenUntil: () => tools.run.clock.now() + SETTLED_AFTER,
		settles: () => false,
		renewSession: async (since) => (await tools.renewSession?.(since)) ?? false,
		gateOf: () => tools.gate,
		shared: {
			of: sharedLane,
			actsFor: SETTLED_AFTER,
			refusal: openWrites,
			leaves: daysLeft,
		},
		rests: () => {
			reader.ends();
			return () => reader.begins();
		},
	};
}
