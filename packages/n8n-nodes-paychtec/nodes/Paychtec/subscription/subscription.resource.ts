import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
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
	properties: [
		operationField,
		...Object.values(operations).flatMap(({ description }) => description),
	],

	async execute(context: IExecuteFunctions, operation: string): Promise<INodeExecutionData[]> {
		if (!Object.keys(operations).includes(operation)) {
			throw new NodeOperationError(context.getNode(), `There is no operation '${operation}'`, {
				description: 'Choose one of the operations in the form.',
			});
		}
		return await operations[operation as keyof typeof operations].execute(context);
	},
};
