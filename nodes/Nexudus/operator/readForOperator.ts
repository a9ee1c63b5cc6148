import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Read } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import { readItems } from '../../../n8n/readItems';
import { adminApi, type AdminApi } from './adminApi';
import { periodWords } from '../pausePeriod/periodWords';
import { NEXUDUS_LIMITS } from '../limits';
import { adminTools } from './adminTools';
import { openOperator } from './openOperator';

/** What a reading operation of an operator reads with. */
export interface AdminContext {
	api: AdminApi;
	tools: ReadTools;
}

export interface AdminRead<P> {
	/** Throws BadInput. */
	parameters(item: number): P;
	/** The names of the thing that an error is about. */
	ids(parameters: P | undefined): IDataObject;
	read(parameters: P, context: AdminContext): Promise<Read<IDataObject[]>>;
}

/** An operation that reads from the admin API for all input items. */
export async function readForOperator<P>(
	context: IExecuteFunctions,
	operation: AdminRead<P>,
): Promise<INodeExecutionData[]> {
	return await readItems<P>(context, {
		words: periodWords,
		limits: NEXUDUS_LIMITS,
		ids: (parameters) => operation.ids(parameters),
		parameters: (item) => operation.parameters(item),
		open: async (settings) => {
			const signal = context.getExecutionCancelSignal();
			const session = await openOperator({ context, settings, signal });
			const tools = adminTools(session);
			const api = adminApi(session.admin);
			return {
				read: async (parameters, own) =>
					await operation.read(parameters, { api, tools: { ...tools, settings: own } }),
			};
		},
	});
}
