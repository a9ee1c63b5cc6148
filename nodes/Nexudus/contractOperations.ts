import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Read } from '../../guarded-change/change';
import type { ReadTools } from '../../guarded-change/readWell';
import { changeItems } from '../../n8n/changeItems';
import { readItems } from '../../n8n/readItems';
import { changeContracts, readTools } from './changeContracts';
import { parseContractId } from './contractId';
import { limitWarning, NEXUDUS_LIMITS } from './limits';
import { nexudusApi, type NexudusApi } from './nexudusApi';
import {
	nexudusChange,
	type NexudusChange,
	type PauseRequest,
	type ResumeRequest,
} from './nexudusChange';
import { nexudusWords } from './nexudusWords';
import type { ContractState } from './pauseState';
import { presentation } from './presentation';
import { openNexudus, whoIsSignedIn } from './session';

/** What an operation asks for; contract, account and guards are the same for all of them. */
export type Wanted =
	| Pick<PauseRequest, 'operation' | 'cycles' | 'termsAccepted' | 'ifAlreadyPaused'>
	| Pick<ResumeRequest, 'operation' | 'ifNotPaused'>;

/** An operation that changes the contracts of all input items. */
export async function changeEachContract(
	context: IExecuteFunctions,
	wantedOf: (item: number, options: IDataObject) => Wanted,
): Promise<INodeExecutionData[]> {
	type OfItem = { contractId: number; wanted: Wanted };
	return await changeItems<OfItem, NexudusChange, ContractState>(context, {
		show: presentation,
		noIds: { contractId: null },
		limits: NEXUDUS_LIMITS,
		warning: limitWarning,
		wanted: (item, options) => ({
			contractId: parseContractId(context.getNodeParameter('contractId', item)),
			wanted: wantedOf(item, options),
		}),
		open: async (settings, failuresLeft) => {
			const signal = context.getExecutionCancelSignal();
			const session = await openNexudus({
				context,
				limits: settings,
				settings,
				signal,
				failuresLeft,
			});
			const { portal, account } = session;
			return {
				change: ({ contractId, wanted }, guards) =>
					nexudusChange({ ...wanted, ...guards, contractId, portal, account }),
				carryOut: async (changes, ended) => await changeContracts({ session, changes, ended }),
				whoIsSignedIn: async () => await whoIsSignedIn(session),
			};
		},
	});
}

/** What a reading operation reads with. */
export interface ReadContext {
	api: NexudusApi;
	tools: ReadTools;
}

export interface ContractRead<P> {
	/** Throws BadInput. */
	parameters(item: number): P;
	contractId(parameters: P): number | null;
	read(parameters: P, context: ReadContext): Promise<Read<IDataObject[]>>;
}

/** An operation that reads for all input items. */
export async function readForEachItem<P>(
	context: IExecuteFunctions,
	operation: ContractRead<P>,
): Promise<INodeExecutionData[]> {
	return await readItems<P>(context, {
		words: nexudusWords,
		limits: NEXUDUS_LIMITS,
		ids: (parameters) => ({
			contractId: parameters === undefined ? null : operation.contractId(parameters),
		}),
		parameters: (item) => operation.parameters(item),
		open: async (settings) => {
			const signal = context.getExecutionCancelSignal();
			const session = await openNexudus({ context, limits: settings, settings, signal });
			const tools = readTools(session);
			const api = nexudusApi(session.portal);
			return {
				read: async (parameters, own) =>
					await operation.read(parameters, { api, tools: { ...tools, settings: own } }),
				whoIsSignedIn: async () => await whoIsSignedIn(session),
			};
		},
	});
}
