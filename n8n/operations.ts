import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

/** One operation of a resource, as its file exports it. */
export interface Operation {
	/** Its fields in the form. */
	description: INodeProperties[];
	/** Runs it for all input items. */
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** The operations of a resource, by their names in the form. */
export type Operations = Readonly<Record<string, Operation>>;

/** The fields of all operations, in their order. */
export function fieldsOf(operations: Operations): INodeProperties[] {
	return Object.values(operations).flatMap(({ description }) => description);
}

/**
 * Runs the operation of that name for all input items.
 * @throws NodeOperationError where there is no such operation
 */
export async function runOperation(
	context: IExecuteFunctions,
	operations: Operations,
	operation: string,
): Promise<INodeExecutionData[]> {
	if (!Object.keys(operations).includes(operation)) {
		throw new NodeOperationError(context.getNode(), `There is no operation '${operation}'`, {
			description: 'Choose one of the operations in the form.',
		});
	}
	return await operations[operation].execute(context);
}
