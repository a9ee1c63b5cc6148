import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { changeHints } from '../../../../n8n/changeHints';
import { CREDENTIAL } from './account';
import { subscriptionOperations } from './subscription/subscription.resource';

/** Pauses and resumes subscriptions of a Stripe account. */
export class StripeSubscription implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stripe Subscription',
		name: 'stripeSubscription',
		icon: { light: 'file:stripeSubscription.svg', dark: 'file:stripeSubscription.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Pause and resume Stripe subscriptions, safely',
		defaults: { name: 'Stripe Subscription' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		hints: changeHints(['pause', 'resume', 'pauseCollection', 'resumeCollection']),
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'subscription',
				options: [{ name: 'Subscription', value: 'subscription' }],
			},
			...subscriptionOperations.properties,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0);
		return [await subscriptionOperations.execute(this, operation)];
	}
}
