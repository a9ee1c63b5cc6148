import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { changeItems } from '../../../n8n/changeItems';
import { adminApi } from '../operator/adminApi';
import { limitWarning, NEXUDUS_LIMITS } from '../limits';
import { adminTools } from '../operator/adminTools';
import { openOperator } from '../operator/openOperator';
import { changePeriods } from './changePeriods';
import { periodChange, type PeriodChange, type PeriodRequest } from './periodChange';
import { periodPresentation } from './periodPresentation';
import type { PeriodState } from './periodState';

type Given =
	'portal' | 'account' | 'dryRun' | 'expectedPlanId' | 'planRequired' | 'reason' | 'requestedBy';
type Own<R> = R extends unknown ? Omit<R, Given> : never;

/** What an operation asks for; account, guards and record are the same for all of them. */
export type Wanted = Own<PeriodRequest>;

/** An operation that changes the pause periods of all input items. */
export async function changeEachPeriod(
	context: IExecuteFunctions,
	wantedOf: (item: number, options: IDataObject) => Wanted,
): Promise<INodeExecutionData[]> {
	return await changeItems<Wanted, PeriodChange, PeriodState>(context, {
		show: periodPresentation,
		noIds: { pausePeriodId: null, contractId: null },
		limits: NEXUDUS_LIMITS,
		warning: limitWarning,
		wanted: wantedOf,
		open: async (settings, failuresLeft) => {
			const signal = context.getExecutionCancelSignal();
			const session = await openOperator({
				context,
				settings,
				signal,
				failuresLeft,
			});
			const tools = adminTools(session);
			const api = adminApi(session.admin);
			return {
				change: (wanted, guards, asked) =>
					periodChange({
						...wanted,
						...guards,
						...asked,
						portal: session.admin,
						account: session.operator,
					} as PeriodRequest),
				carryOut: async (changes, ended) => await changePeriods({ api, tools, changes, ended }),
			};
		},
	});
}
