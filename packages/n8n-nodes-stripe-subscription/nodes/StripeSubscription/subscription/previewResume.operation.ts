import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { readWell } from '../../../../../guarded-change/readWell';
import { oneOf } from '../../../../../n8n/inputs';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { isRecord } from '../../../../../n8n/vendorRecord';
import { STRIPE_LIMITS } from '../limits';
import { previewView } from '../previewView';
import { ANCHORS, PRORATION_BEHAVIORS } from '../stripeChange';
import { parseSubscriptionId, subscriptionField } from '../subscriptionId';
import { readForEachItem } from '../subscriptionOperations';
import { anchorField } from '../writeRequest';
import { anchorFields } from './resumeFields';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage(
		'previewResume',
		'Shows the invoice that a resume of a paused subscription would make now. Nothing is changed.',
		'api/invoices/create_preview',
	),
	subscriptionField(showFor('previewResume')),
	...anchorFields('previewResume'),
	requestSettingsField(STRIPE_LIMITS, false, showFor('previewResume')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await readForEachItem(context, {
		parameters: (item) => {
			const anchor = oneOf(
				context.getNodeParameter('billing_cycle_anchor', item, 'now'),
				ANCHORS,
				'Billing Cycle Anchor',
			);
			return {
				subscription: parseSubscriptionId(context.getNodeParameter('subscription', item)),
				anchor,
				...(anchor === 'unchanged' && {
					proration_behavior: oneOf(
						context.getNodeParameter('proration_behavior', item, 'create_prorations'),
						PRORATION_BEHAVIORS,
						'Proration Behavior',
					),
				}),
			};
		},
		read: async ({ subscription, anchor, proration_behavior }, { api, apiVersion, tools }) => {
			const request = api.previewInvoice({
				subscription,
				subscription_details: {
					resume_at: 'now',
					billing_cycle_anchor: anchorField(anchor, apiVersion),
					...(proration_behavior && { proration_behavior }),
				},
			});
			const read = await readWell(request, tools);
			if (!read.known) return read;
			const { body } = read.value;
			return { ...read, value: [previewView(subscription, isRecord(body) ? body : {})] };
		},
	});
}
