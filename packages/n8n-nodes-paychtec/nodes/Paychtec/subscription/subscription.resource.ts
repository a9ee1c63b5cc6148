import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { fieldsOf, runOperation } from '../../../../../n8n/operations';
import * as get from './get.operation';
import * as pause from './pause.operation';
import * as resume from './resume.operation';

const operations = { get, pause, resume };

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'get',
	displayOptions: { show: { resource: ['subscription'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get subscription',
			description: 'Retrieve a subscription with its status',
		},
		{
			name: 'Pause',
			value: 'pause',
			action: 'Pause subscription',
			description:
				'Stop billing at once, at the end of the term or on a date. Succeeds unchanged if already paused.',
		},
		{
			name: 'Resume',
			value: 'resume',
			action: 'Resume subscription',
			description: 'Start billing again, at once or on a date. Succeeds unchanged if not paused.',
		},
	],
};

/** The resource Subscription: its fields, and the operation that a name stands for. */
export const subscriptionOperations = {
	properties: [operationField, ...fieldsOf(operations)],

	async execute(context: IExecuteFunctions, operation: string): Promise<INodeExecutionData[]> {
		return await runOperation(context, operations, operation);
	},
};
