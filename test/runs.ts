import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { NodeResult } from '../embedded-n8n';

/** A run in "Continue". */
export const CONTINUE = { onError: 'continueRegularOutput' } as const;

export const EACH_ID = '={{ $json.id }}';

/** Input items for a parameter `EACH_ID`. */
export function itemsOf(ids: readonly unknown[]): INodeExecutionData[] {
	return ids.map((id) => ({ json: { id } as IDataObject }));
}

/** The one output record of a run. */
export function only(result: NodeResult): IDataObject {
	expect(result.error).toBeUndefined();
	expect(result.items).toHaveLength(1);
	return result.items[0]!.json;
}

/** The error of a failed item of a run in "Continue". */
export function failure(result: NodeResult, index = 0): IDataObject {
	const { json } = result.items[index]!;
	expect(Object.keys(json)).toEqual(['error']);
	return json.error as IDataObject;
}
