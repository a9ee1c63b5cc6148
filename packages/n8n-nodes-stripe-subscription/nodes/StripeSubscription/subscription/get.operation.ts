import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { isSimplified, simplifyField } from '../../../../../n8n/simplify';
import { STRIPE_LIMITS } from '../limits';
import { readSubscription, stateOf } from '../stripeSystem';
import { parseSubscriptionId, subscriptionField } from '../subscriptionId';
import { readForEachItem } from '../subscriptionOperations';
import { subscriptionView } from '../subscriptionView';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage('get', 'Reads one subscription with its pauses.', 'api/subscriptions/retrieve'),
	subscriptionField(showFor('get')),
	simplifyField(showFor('get')),
	requestSettingsField(STRIPE_LIMITS, false, showFor('get')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await readForEachItem(context, {
		parameters: (item) => ({
			subscription: parseSubscriptionId(context.getNodeParameter('subscription', item)),
			simplify: isSimplified(context, item),
		}),
		read: async ({ subscription, simplify }, { api, tools }) => {
			const read = await readSubscription(api, tools, subscription, []);
			if (!read.known) return read;
			const state = stateOf(read.value, tools);
			return { ...read, value: [simplify ? subscriptionView(state) : (state.raw as IDataObject)] };
		},
	});
}
