import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { failedItem, type ItemError } from './failedItem';
import { BadInput } from './inputs';

/** What one input item came to: output records, or an error. */
export type ItemResult = { json: IDataObject[] } | { error: ItemError & IDataObject };

/**
 * Results → n8n's items, each paired with its input item. Where the node is set to stop, the first
 * failure is thrown instead, with the lines of `summary` on what became of the others.
 */
export function emitItems(
	context: IExecuteFunctions,
	results: readonly ItemResult[],
	summary?: () => string[],
): INodeExecutionData[] {
	if (!context.continueOnFail()) {
		const item = results.findIndex(
			(result) => 'error' in result && result.error.outcome !== 'notTried',
		);
		if (item >= 0)
			throw itemError(context, results[item] as { error: ItemError }, item, summary?.());
	}
	return results.flatMap((result, item) =>
		'error' in result
			? [failedItem(item, result.error)]
			: result.json.map((json) => ({ json, pairedItem: { item } })),
	);
}

function itemError(
	context: IExecuteFunctions,
	{ error }: { error: ItemError },
	item: number,
	summary: string[] = [],
): NodeOperationError {
	const lines = summary.length > 0 ? ['', ...summary] : [];
	return new NodeOperationError(context.getNode(), `${error.message} [item ${item}]`, {
		description: [error.description, ...lines].join('\n'),
		itemIndex: item,
	});
}

/**
 * Runs an operation so that nothing unforeseen looks like success: in the continue modes n8n may
 * send the input items of a node that throws down the success branch.
 */
export async function withoutThrowing(
	context: IExecuteFunctions,
	ids: IDataObject,
	work: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	try {
		return await work();
	} catch (error) {
		const cause = error as Error;
		if (!context.continueOnFail()) throw new NodeOperationError(context.getNode(), cause);
		const { error: failed } = nothingSent(ids, {
			message: `The node stopped unexpectedly: ${cause.message}`,
			description:
				'It is not known what was done. Look at the system itself, and please report this with the steps that led to it.',
			code: 'unexpected',
			outcome: 'unknown',
		});
		return context.getInputData().map((_, item) => failedItem(item, failed));
	}
}

/** An item for which no request was sent: a parameter or the credential cannot be used. */
export function failedInput(
	code: 'badInput' | 'credential',
	error: Error,
	ids: IDataObject,
): { error: ItemError & IDataObject } {
	return nothingSent(ids, {
		message: error.message,
		description:
			error instanceof BadInput
				? error.advice
				: 'Nothing was sent. Open the credential and mend it.',
		code,
		outcome: 'refused',
	});
}

/** An item that was not begun because another one had failed. */
export function notTried(ids: IDataObject): { error: ItemError & IDataObject } {
	return nothingSent(ids, {
		message: 'The item was not tried',
		description: 'Another item has failed before. Mend it, and run the workflow again.',
		code: 'notTried',
		outcome: 'notTried',
	});
}

function nothingSent(
	ids: IDataObject,
	error: Pick<ItemError, 'message' | 'description' | 'code' | 'outcome'>,
): { error: ItemError & IDataObject } {
	return { error: { ...error, ...ids, before: null, after: null, attempts: 0 } };
}
