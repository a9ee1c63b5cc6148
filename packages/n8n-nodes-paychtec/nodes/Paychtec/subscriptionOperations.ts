import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { changeItems, inBulk } from '../../../../n8n/changeItems';
import { PAYCHTEC_LIMITS } from './limits';
import {
	paychtecChange,
	type PauseRequest,
	type PaychtecChange,
	type ResumeRequest,
} from './paychtecChange';
import { paychtecSystem } from './paychtecSystem';
import { presentation } from './presentation';
import { openPaychtec } from './session';
import { parseSubscriptionId } from './subscriptionId';
import type { SubscriptionState } from './subscriptionState';

/** What an operation asks for; subscription, account and guards are the same for all of them. */
export type Wanted =
	| Pick<PauseRequest, 'operation' | 'body' | 'at' | 'ifAlreadyPaused'>
	| Pick<ResumeRequest, 'operation' | 'body' | 'at' | 'ifNotPaused'>;

/** An operation that changes the subscriptions of all input items. */
export async function changeEachSubscription(
	context: IExecuteFunctions,
	wantedOf: (item: number, options: IDataObject) => Wanted,
): Promise<INodeExecutionData[]> {
	type OfItem = { subscriptionId: string; wanted: Wanted };
	return await changeItems<OfItem, PaychtecChange, SubscriptionState>(context, {
		show: presentation,
		noIds: { subscriptionId: null },
		limits: PAYCHTEC_LIMITS,
		wanted: (item, options) => ({
			subscriptionId: parseSubscriptionId(context.getNodeParameter('subscriptionId', item)),
			wanted: wantedOf(item, options),
		}),
		open: async (settings, failuresLeft) => {
			const { tools, baseUrl, profileId } = await openPaychtec({
				context,
				settings,
				failuresLeft,
			});
			return {
				change: ({ subscriptionId, wanted }, guards) =>
					paychtecChange({ ...wanted, ...guards, subscriptionId, baseUrl, profileId }),
				carryOut: inBulk(tools.run, settings, () => paychtecSystem(tools)),
			};
		},
	});
}
