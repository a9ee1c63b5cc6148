import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { dryRunField, optionsField } from '../../../../../n8n/changeFields';
import { oneOf, oneOfOrFirst } from '../../../../../n8n/inputs';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { parseExpand } from '../expand';
import { STRIPE_LIMITS } from '../limits';
import { ANCHORS, IF_NOT_PAUSED, PAYMENT_BEHAVIORS, PRORATION_BEHAVIORS } from '../stripeChange';
import { subscriptionField } from '../subscriptionId';
import { changeEachSubscription } from '../subscriptionOperations';
import { optionalUnixSeconds } from '../unixSeconds';
import { ifNotPausedField } from './ifPausedFields';
import { anchorFields } from './resumeFields';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage(
		'resume',
		'Lifts the pause that is there: the status paused, or else the pause of payment collection. Charges begin again.',
		'api/subscriptions/resume',
	),
	subscriptionField(showFor('resume')),
	...anchorFields('resume'),
	{
		displayName: 'Proration Date',
		name: 'proration_date',
		type: 'dateTime',
		default: '',
		description:
			"Prorate as if resumed at this time: ISO 8601, or unix seconds. 'Preview Resume' gives it as prorationDate, so that the same amounts are charged.",
		displayOptions: {
			show: { ...showFor('resume').show, billing_cycle_anchor: ['unchanged'] },
		},
	},
	{
		displayName: 'Payment Behavior',
		name: 'payment_behavior',
		type: 'options',
		default: 'resume_on_payment_attempt',
		options: [
			{
				name: 'Resume on Payment Attempt',
				value: 'resume_on_payment_attempt',
				description: 'Resumes also when the payment fails: then the subscription is past due',
			},
			{
				name: 'Resume on Payment Success',
				value: 'resume_on_payment_success',
				description: 'Stays paused until the payment succeeds. Stripe recommends it.',
			},
		],
		description:
			"What the payment of the resumption invoice decides. Stripe's default is Resume on Payment Attempt. Versions before 2026-09-30.endive know only that.",
		displayOptions: showFor('resume'),
	},
	{
		displayName: 'Expand',
		name: 'expand',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer, default_payment_method',
		description:
			'Fields that Stripe shows in full instead of by their ID, divided by commas. They are under "raw" in the output.',
		displayOptions: showFor('resume'),
	},
	dryRunField(showFor('resume')),
	optionsField(showFor('resume'), 'Stripe', ifNotPausedField),
	requestSettingsField(STRIPE_LIMITS, true, showFor('resume')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await changeEachSubscription(context, (item, options) => {
		const anchor = oneOf(
			context.getNodeParameter('billing_cycle_anchor', item, 'now'),
			ANCHORS,
			'Billing Cycle Anchor',
		);
		return {
			operation: 'resume',
			billing_cycle_anchor: anchor,
			...(anchor === 'unchanged' && proration(context, item)),
			payment_behavior: oneOf(
				context.getNodeParameter('payment_behavior', item, 'resume_on_payment_attempt'),
				PAYMENT_BEHAVIORS,
				'Payment Behavior',
			),
			expand: parseExpand(context.getNodeParameter('expand', item, '')),
			ifNotPaused: oneOfOrFirst(options.ifNotPaused, IF_NOT_PAUSED, 'If Not Paused'),
		};
	});
}

function proration(context: IExecuteFunctions, item: number) {
	const date = optionalUnixSeconds(
		context.getNodeParameter('proration_date', item, ''),
		'Proration Date',
		context.getTimezone(),
	);
	return {
		proration_behavior: oneOf(
			context.getNodeParameter('proration_behavior', item, 'create_prorations'),
			PRORATION_BEHAVIORS,
			'Proration Behavior',
		),
		...(date !== undefined && { proration_date: date }),
	};
}
