import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { yesNo } from '../../../../../n8n/inputs';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { STRIPE_LIMITS } from '../limits';
import { readSubscription, stateOf } from '../stripeSystem';
import { parseSubscriptionId, subscriptionField } from '../subscriptionId';
import { readForEachItem } from '../subscriptionOperations';
import { subscriptionView } from '../subscriptionView';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage('get', 'Reads one subscription with its pauses.', 'api/subscriptions/retrieve'),
	subscriptionField(showFor('get')),
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: showFor('get'),
	},
	{ ...requestSettingsField(STRIPE_LIMITS, false), displayOptions: showFor('get') },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await readForEachItem(context, {
		parameters: (item) => ({
			subscription: parseSubscriptionId(context.getNodeParameter('subscription', item)),
			simplify: yesNo(context.getNodeParameter('simplify', item, true), 'Simplify'),
		}),
		read: async ({ subscription, simplify }, { api, tools }) => {
			const read = await readSubscription(api, tools, subscription, []);
			if (!read.known) return read;
			const state = stateOf(read.value, tools);
			return { ...read, value: [simplify ? subscriptionView(state) : (state.raw as IDataObject)] };
		},
	});
}
