import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { changeHints } from '../../../../n8n/changeHints';
import { CREDENTIAL } from './session';
import { subscriptionOperations } from './subscription/subscription.resource';

/** Pauses and resumes Paychtec subscriptions. */
export class Paychtec implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Paychtec',
		name: 'paychtec',
		icon: { light: 'file:paychtec.svg', dark: 'file:paychtec.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Pause and resume Paychtec subscriptions, safely',
		defaults: { name: 'Paychtec' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		hints: changeHints(['pause', 'resume']),
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
