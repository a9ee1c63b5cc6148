import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { dryRunField, optionsField } from '../../../../../n8n/changeFields';
import { BadInput, oneOf, oneOfOrFirst } from '../../../../../n8n/inputs';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { STRIPE_LIMITS } from '../limits';
import { COLLECTION_BEHAVIORS, IF_ALREADY_PAUSED } from '../stripeChange';
import { subscriptionField } from '../subscriptionId';
import { changeEachSubscription } from '../subscriptionOperations';
import { isoOf, optionalUnixSeconds } from '../unixSeconds';
import { ifAlreadyPausedField } from './ifPausedFields';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage(
		'pauseCollection',
		'Invoices are still made, but not collected; status and service stay as they are. Older invoices are still collected.',
		'billing/subscriptions/pause-payment',
	),
	subscriptionField(showFor('pauseCollection')),
	{
		displayName: 'Behavior',
		name: 'behavior',
		type: 'options',
		default: 'keep_as_draft',
		required: true,
		options: [
			{
				name: 'Keep as Draft',
				value: 'keep_as_draft',
				description: 'Invoices wait as drafts, to be collected later',
			},
			{
				name: 'Mark Uncollectible',
				value: 'mark_uncollectible',
				description: 'The service is free, and the invoices count as bad debt',
			},
			{
				name: 'Void',
				value: 'void',
				description: 'The service is free, and the invoices are void',
			},
		],
		description: 'What happens to the invoices made while collection is paused',
		displayOptions: showFor('pauseCollection'),
	},
	{
		displayName: 'Resumes At',
		name: 'resumes_at',
		type: 'dateTime',
		default: '',
		description:
			'When Stripe begins to collect again by itself: ISO 8601, or unix seconds. Empty is until it is resumed.',
		displayOptions: showFor('pauseCollection'),
	},
	dryRunField(showFor('pauseCollection')),
	optionsField(
		showFor('pauseCollection'),
		'Stripe',
		ifAlreadyPausedField('Another behavior or end is refused, with both'),
	),
	requestSettingsField(STRIPE_LIMITS, true, showFor('pauseCollection')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await changeEachSubscription(context, (item, options) => {
		const resumesAt = futureSeconds(context, item);
		return {
			operation: 'pauseCollection',
			behavior: oneOf(
				context.getNodeParameter('behavior', item, 'keep_as_draft'),
				COLLECTION_BEHAVIORS,
				'Behavior',
			),
			...(resumesAt !== undefined && { resumes_at: resumesAt }),
			ifAlreadyPaused: oneOfOrFirst(
				options.ifAlreadyPaused,
				IF_ALREADY_PAUSED,
				'If Already Paused',
			),
		};
	});
}

function futureSeconds(context: IExecuteFunctions, item: number): number | undefined {
	const field = 'Resumes At';
	const given = context.getNodeParameter('resumes_at', item, '');
	const seconds = optionalUnixSeconds(given, field, context.getTimezone());
	if (seconds !== undefined && seconds * 1000 <= Date.now()) {
		throw new BadInput(field, `lies in the past: ${isoOf(seconds)}`, 'Enter a date to come.');
	}
	return seconds;
}
