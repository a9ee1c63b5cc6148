import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Read } from '../../guarded-change/change';
import type { ReadTools } from '../../guarded-change/readWell';
import { changeItems } from '../../n8n/changeItems';
import { readItems } from '../../n8n/readItems';
import { actAsOf, type ActAs } from './actAs';
import { changeContracts } from './changeContracts';
import { parseContractId } from './contractId';
import { parseCoworkerId } from './coworkerId';
import { limitWarning, NEXUDUS_LIMITS } from './limits';
import { nexudusApi, type NexudusApi } from './nexudusApi';
import {
	nexudusChange,
	type NexudusChange,
	type PauseRequest,
	type ResumeRequest,
} from './nexudusChange';
import { wordsFor } from './nexudusWords';
import { openAccess } from './openAccess';
import type { ContractState } from './pauseState';
import { presentationFor } from './presentation';

/** What an operation asks for; contract, account and guards are the same for all of them. */
export type Wanted =
	| Pick<PauseRequest, 'operation' | 'cycles' | 'termsAccepted' | 'ifAlreadyPaused'>
	| Pick<ResumeRequest, 'operation' | 'ifNotPaused'>;

/** An operation that changes the contracts of all input items. */
export async function changeEachContract(
	context: IExecuteFunctions,
	wantedOf: (item: number, options: IDataObject) => Wanted,
): Promise<INodeExecutionData[]> {
	type OfItem = { contractId: number; coworkerId: number | null; wanted: Wanted };
	const actAs = actAsOf(context.getNodeParameter('actAs', 0, 'customer'));
	return await changeItems<OfItem, NexudusChange, ContractState>(context, {
		show: presentationFor(actAs),
		noIds: idsOf(null, actAs === 'operator' ? null : undefined),
		limits: NEXUDUS_LIMITS,
		warning: limitWarning,
		wanted: (item, options) => ({
			coworkerId: coworkerIdOf(context, actAs, item),
			contractId: parseContractId(context.getNodeParameter('contractId', item)),
			wanted: wantedOf(item, options),
		}),
		open: async (settings, failuresLeft) => {
			const signal = context.getExecutionCancelSignal();
			const access = await openAccess(actAs, {
				context,
				settings,
				signal,
				failuresLeft,
			});
			return {
				change: ({ contractId, coworkerId, wanted }, guards) =>
					nexudusChange({
						...wanted,
						...guards,
						contractId,
						portal: access.portal,
						...access.actor(coworkerId),
					}),
				carryOut: async (changes, ended) => await changeContracts({ access, changes, ended }),
				whoIsSignedIn: async () => await access.whoIsSignedIn?.(),
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
	type OfItem = { coworkerId: number | null; own: P };
	const actAs = actAsOf(context.getNodeParameter('actAs', 0, 'customer'));
	return await readItems<OfItem>(context, {
		words: wordsFor(actAs),
		limits: NEXUDUS_LIMITS,
		ids: (item) =>
			idsOf(
				item === undefined ? null : operation.contractId(item.own),
				actAs === 'operator' ? (item?.coworkerId ?? null) : undefined,
			),
		parameters: (item) => ({
			coworkerId: coworkerIdOf(context, actAs, item),
			own: operation.parameters(item),
		}),
		open: async (settings) => {
			const signal = context.getExecutionCancelSignal();
			const access = await openAccess(actAs, { context, settings, signal });
			const api = nexudusApi(access.portal);
			return {
				read: async ({ coworkerId, own }, itemSettings) => {
					const session = access.sessionOf(coworkerId);
					const opened = await session.open?.();
					if (opened?.known === false) return opened;
					return await operation.read(own, {
						api,
						tools: { ...session.tools, settings: itemSettings },
					});
				},
				whoIsSignedIn: async () => await access.whoIsSignedIn?.(),
			};
		},
	});
}

/** For whom an operator acts; a customer acts for themselves. Throws BadInput. */
function coworkerIdOf(context: IExecuteFunctions, actAs: ActAs, item: number): number | null {
	if (actAs === 'customer') return null;
	return parseCoworkerId(context.getNodeParameter('coworkerId', item, ''));
}

function idsOf(contractId: number | null, coworkerId: number | null | undefined): IDataObject {
	return { contractId, ...(coworkerId !== undefined && { coworkerId }) };
}
