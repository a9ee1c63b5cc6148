import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** What a failed item carries in both continue modes, beside the ids of the system. An interface for ever. */
export interface ItemError {
	message: string;
	description: string;
	code: string;
	outcome: 'refused' | 'unknown' | 'notTried' | 'failed';
	before: IDataObject | null;
	after: IDataObject | null;
	attempts: number;
}

/**
 * One key `error` that holds an object reaches the error branch of every n8n version; a second key
 * beside it keeps the item on the success branch of some.
 */
export function failedItem(item: number, error: ItemError & IDataObject): INodeExecutionData {
	return { json: { error }, pairedItem: { item } };
}
