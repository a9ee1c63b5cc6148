import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import { fieldsOf, runOperation } from '../../../n8n/operations';
import { actAsOf } from '../actAs';
import * as create from './create.operation';
import * as deleteOperation from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

const operations = { create, update, delete: deleteOperation, get, getAll };

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'getAll',
	displayOptions: { show: { actAs: ['operator'], resource: ['pausePeriod'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create pause period',
			description:
				'Pause a contract of any member from and until chosen days. Succeeds unchanged if the same pause is there.',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete pause period',
			description: 'Lift a pause. Succeeds unchanged if it is not there.',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get pause period',
			description: 'Retrieve a pause period by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many pause periods',
			description: 'Retrieve a list of pause periods',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update pause period',
			description: 'Change days or notes of a pause period; other fields stay as they are',
		},
	],
};

/** The resource Pause Period: its fields, and the operation that a name stands for. */
export const pausePeriodOperations = {
	properties: [operationField, ...fieldsOf(operations)],

	async execute(context: IExecuteFunctions, operation: string): Promise<INodeExecutionData[]> {
		if (actAsOf(context.getNodeParameter('actAs', 0, 'customer')) === 'customer') {
			throw new NodeOperationError(
				context.getNode(),
				"'Act As' must be Operator for pause periods",
				{
					description:
						"Only an operator's account has pause periods. A customer pauses a contract with 'Pause' of contracts.",
				},
			);
		}
		return await runOperation(context, operations, operation);
	},
};
