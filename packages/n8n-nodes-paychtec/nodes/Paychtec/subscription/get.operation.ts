import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { readItems } from '../../../../../n8n/readItems';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { isSimplified, simplifyField } from '../../../../../n8n/simplify';
import { PAYCHTEC_LIMITS } from '../limits';
import { readSubscription } from '../paychtecSystem';
import { paychtecWords } from '../paychtecWords';
import { openPaychtec } from '../session';
import { parseSubscriptionId, subscriptionIdField } from '../subscriptionId';
import { asOutput, stateView } from '../subscriptionState';
import { showFor } from './show';

export const description: INodeProperties[] = [
	subscriptionIdField(showFor('get')),
	simplifyField(showFor('get')),
	requestSettingsField(PAYCHTEC_LIMITS, false, showFor('get')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	type OfItem = { subscriptionId: string; simplify: boolean };
	return await readItems<OfItem>(context, {
		words: paychtecWords,
		limits: PAYCHTEC_LIMITS,
		ids: (parameters) => ({ subscriptionId: parameters?.subscriptionId ?? null }),
		parameters: (item) => ({
			subscriptionId: parseSubscriptionId(context.getNodeParameter('subscriptionId', item)),
			simplify: isSimplified(context, item),
		}),
		open: async (settings) => {
			const { baseUrl, tools } = await openPaychtec({ context, settings });
			return {
				read: async ({ subscriptionId, simplify }, own) => {
					const read = await readSubscription(baseUrl, subscriptionId, {
						...tools,
						settings: own,
					});
					if (!read.known) return read;
					const { raw } = read.value;
					if (!simplify) return { ...read, value: [asOutput(raw)] };
					const state: IDataObject = { ...stateView(read.value) };
					delete state.raw;
					const customerId = (raw.customer_id as string | undefined) ?? null;
					return { ...read, value: [{ subscriptionId, ...state, customerId }] };
				},
			};
		},
	});
}
