import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { changeItems } from '../../../n8n/changeItems';
import { optionalText } from '../../../n8n/inputs';
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

interface OfItem {
	wanted: Wanted;
	reason: string | null;
	requestedBy: string | null;
}

/** Longest text of a reason or a name. */
const LONGEST_TEXT = 500;

/** An operation that changes the pause periods of all input items. */
export async function changeEachPeriod(
	context: IExecuteFunctions,
	wantedOf: (item: number, options: IDataObject) => Wanted,
): Promise<INodeExecutionData[]> {
	return await changeItems<OfItem, PeriodChange, PeriodState>(context, {
		show: periodPresentation,
		noIds: { pausePeriodId: null, contractId: null },
		limits: NEXUDUS_LIMITS,
		warning: limitWarning,
		wanted: (item, options) => ({
			wanted: wantedOf(item, options),
			reason: optionalText(options.reason, 'Reason', LONGEST_TEXT),
			requestedBy: optionalText(options.requestedBy, 'Requested By', LONGEST_TEXT),
		}),
		open: async (settings, failuresLeft) => {
			const signal = context.getExecutionCancelSignal();
			const session = await openOperator({
				context,
				limits: settings,
				settings,
				signal,
				failuresLeft,
			});
			const tools = adminTools(session);
			const api = adminApi(session.admin);
			return {
				change: ({ wanted, ...record }, guards) =>
					periodChange({
						...wanted,
						...guards,
						...record,
						portal: session.admin,
						account: session.operator,
					} as PeriodRequest),
				carryOut: async (changes, ended) => await changePeriods({ api, tools, changes, ended }),
			};
		},
	});
}
