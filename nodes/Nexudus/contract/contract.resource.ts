import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { fieldsOf, runOperation } from '../../../n8n/operations';
import { coworkerIdField } from '../coworkerId';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getPauseMeta from './getPauseMeta.operation';
import * as pause from './pause.operation';
import * as previewBookings from './previewBookings.operation';
import * as resume from './resume.operation';

const operations = { get, getAll, getPauseMeta, pause, previewBookings, resume };

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'get',
	displayOptions: { show: { resource: ['contract'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get contract',
			description: 'Retrieve a plan contract with its pause state and dates',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many contracts',
			description: 'Retrieve a list of the plan contracts of the customer, by pause state',
		},
		{
			name: 'Get Pause Meta',
			value: 'getPauseMeta',
			action: 'Get pause limits and terms of contract',
			description: 'Retrieve eligibility, limits, options and terms for pausing',
		},
		{
			name: 'Pause',
			value: 'pause',
			action: 'Pause contract',
			description:
				'Freeze recurring charges for a number of billing cycles, from the next cycle on. Succeeds unchanged if already paused as asked.',
		},
		{
			name: 'Preview Affected Bookings',
			value: 'previewBookings',
			action: 'Preview bookings affected by pause of contract',
			description: 'Count the bookings of the customer in a period',
		},
		{
			name: 'Resume',
			value: 'resume',
			action: 'Resume contract',
			description:
				'Unfreeze recurring charges, immediately or at the end of the pause. Succeeds unchanged if not paused.',
		},
	],
};

const fields = fieldsOf(operations);
const isNotice = ({ type }: INodeProperties) => type === 'notice';

/** The resource Contract: its fields, and the operation that a name stands for. */
export const contractOperations = {
	properties: [
		operationField,
		// What an operation does stands right below it, also where it asks for a member first.
		...fields.filter(isNotice),
		coworkerIdField({
			show: {
				resource: ['contract'],
				actAs: ['operator'],
				// A list is read with the operator's own rights, across all members.
				operation: Object.keys(operations).filter((name) => name !== 'getAll'),
			},
		}),
		...fields.filter((field) => !isNotice(field)),
	],

	async execute(context: IExecuteFunctions, operation: string): Promise<INodeExecutionData[]> {
		return await runOperation(context, operations, operation);
	},
};
