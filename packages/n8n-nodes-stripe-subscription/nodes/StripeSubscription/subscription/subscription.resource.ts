import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { fieldsOf, runOperation } from '../../../../../n8n/operations';
import * as get from './get.operation';
import * as pause from './pause.operation';
import * as pauseCollection from './pauseCollection.operation';
import * as previewResume from './previewResume.operation';
import * as resume from './resume.operation';
import * as resumeCollection from './resumeCollection.operation';

const operations = { get, pause, pauseCollection, previewResume, resume, resumeCollection };

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
			description: 'Retrieve a subscription with its status and pauses',
		},
		{
			name: 'Pause',
			value: 'pause',
			action: 'Pause subscription',
			description:
				'Pause service and invoices at once. Succeeds unchanged if the status is paused already.',
		},
		{
			name: 'Pause Collection',
			value: 'pauseCollection',
			action: 'Pause payment collection of subscription',
			description:
				'Stop collecting payments while service and invoices go on. Succeeds unchanged if paused as asked.',
		},
		{
			name: 'Preview Resume',
			value: 'previewResume',
			action: 'Preview resume of subscription',
			description: 'Retrieve the invoice that a resume would make now',
		},
		{
			name: 'Resume',
			value: 'resume',
			action: 'Resume subscription',
			description:
				'Lift the pause that is there, of the subscription or of its payment collection. Succeeds unchanged if not paused.',
		},
		{
			name: 'Resume Collection',
			value: 'resumeCollection',
			action: 'Resume payment collection of subscription',
			description: 'Collect payments again. Succeeds unchanged if collection is not paused.',
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
