import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { dryRunField, optionsField } from '../../../../../n8n/changeFields';
import { oneOf, oneOfOrFirst } from '../../../../../n8n/inputs';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { STRIPE_LIMITS } from '../limits';
import {
	IF_ALREADY_PAUSED,
	INVOICING_BEHAVIORS,
	PAUSE_TYPES,
	UNUSED_FROM,
	USAGE_THROUGH,
} from '../stripeChange';
import { subscriptionField } from '../subscriptionId';
import { changeEachSubscription } from '../subscriptionOperations';
import { ifAlreadyPausedField } from './ifPausedFields';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage(
		'pause',
		'The status becomes paused at once: no invoices, no service. It needs flexible billing mode and version 2026-09-30.endive or later.',
		'api/subscriptions/pause',
	),
	subscriptionField(showFor('pause')),
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 'subscription',
		options: [
			{
				name: 'Subscription',
				value: 'subscription',
				description: 'The whole subscription pauses',
			},
		],
		description: 'The kind of pause. Stripe knows one.',
		displayOptions: showFor('pause'),
	},
	{
		displayName: 'Invoicing Behavior',
		name: 'invoicing_behavior',
		type: 'options',
		default: 'pending_invoice_item',
		options: [
			{
				name: 'Invoice',
				value: 'invoice',
				description: 'Debits and credits are invoiced at once',
			},
			{
				name: 'Pending Invoice Item',
				value: 'pending_invoice_item',
				description: 'Debits and credits wait for the next invoice',
			},
		],
		description:
			"What happens to the debits and credits of the pause. Stripe's default is Pending Invoice Item.",
		displayOptions: showFor('pause'),
	},
	{
		displayName: 'Bill For',
		name: 'bill_for',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'What to bill and to credit at the pause. What is left out follows Stripe.',
		options: [
			{
				displayName: 'Outstanding Usage Through',
				name: 'outstanding_usage_through',
				type: 'options',
				default: 'now',
				options: [
					{ name: 'None', value: 'none', description: 'Metered usage is not billed' },
					{ name: 'Now', value: 'now', description: 'Metered usage up to now is billed' },
				],
				description: "Metered usage of the running period. Stripe's default is Now.",
			},
			{
				displayName: 'Unused Time From',
				name: 'unused_time_from',
				type: 'options',
				default: 'now',
				options: [
					{
						name: 'Item Current Period Start',
						value: 'item_current_period_start',
						description: 'The whole running period is credited',
					},
					{ name: 'None', value: 'none', description: 'Nothing is credited' },
					{ name: 'Now', value: 'now', description: 'The time from now on is credited' },
				],
				description: "Credit for time paid in advance. Stripe's default is Now.",
			},
		],
		displayOptions: showFor('pause'),
	},
	dryRunField(showFor('pause')),
	optionsField(
		showFor('pause'),
		'Stripe',
		ifAlreadyPausedField('Status paused counts, whatever has led to it'),
	),
	requestSettingsField(STRIPE_LIMITS, true, showFor('pause')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await changeEachSubscription(context, (item, options) => {
		const { outstanding_usage_through: usage, unused_time_from: unused } = context.getNodeParameter(
			'bill_for',
			item,
			{},
		) as IDataObject;
		return {
			operation: 'pause',
			type: oneOf(context.getNodeParameter('type', item, 'subscription'), PAUSE_TYPES, 'Type'),
			invoicing_behavior: oneOf(
				context.getNodeParameter('invoicing_behavior', item, 'pending_invoice_item'),
				INVOICING_BEHAVIORS,
				'Invoicing Behavior',
			),
			...(usage !== undefined && {
				outstanding_usage_through: oneOf(usage, USAGE_THROUGH, 'Outstanding Usage Through'),
			}),
			...(unused !== undefined && {
				unused_time_from: oneOf(unused, UNUSED_FROM, 'Unused Time From'),
			}),
			ifAlreadyPaused: oneOfOrFirst(
				options.ifAlreadyPaused,
				IF_ALREADY_PAUSED,
				'If Already Paused',
			),
		};
	});
}
