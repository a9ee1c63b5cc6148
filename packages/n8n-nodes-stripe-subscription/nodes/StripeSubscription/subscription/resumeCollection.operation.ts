import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { dryRunField, optionsField } from '../../../../../n8n/changeFields';
import { oneOfOrFirst } from '../../../../../n8n/inputs';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { STRIPE_LIMITS } from '../limits';
import { IF_NOT_PAUSED } from '../stripeChange';
import { subscriptionField } from '../subscriptionId';
import { changeEachSubscription } from '../subscriptionOperations';
import { ifNotPausedField } from './ifPausedFields';
import { showFor, vendorPage } from './show';

export const description: INodeProperties[] = [
	vendorPage(
		'resumeCollection',
		'Clears pause_collection: invoices made from now on are collected again.',
		'billing/subscriptions/pause-payment',
	),
	subscriptionField(showFor('resumeCollection')),
	dryRunField(showFor('resumeCollection')),
	optionsField(showFor('resumeCollection'), 'Stripe', ifNotPausedField),
	requestSettingsField(STRIPE_LIMITS, true, showFor('resumeCollection')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await changeEachSubscription(context, (_item, options) => ({
		operation: 'resumeCollection',
		ifNotPaused: oneOfOrFirst(options.ifNotPaused, IF_NOT_PAUSED, 'If Not Paused'),
	}));
}
