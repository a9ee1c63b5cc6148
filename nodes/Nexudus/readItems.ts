import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Read, Reason } from '../../guarded-change/change';
import type { ReadTools } from '../../guarded-change/readWell';
import { runAll } from '../../guarded-change/runAll';
import type { RequestSettings } from '../../guarded-change/settings';
import { BadInput } from '../../n8n/inputs';
import { emitItems, failedInput, type ItemResult } from '../../n8n/itemResults';
import { readRequestSettings, type RunSettings } from '../../n8n/requestSettings';
import { readTools } from './changeContracts';
import { readFailure } from './changeFailure';
import { NEXUDUS_LIMITS } from './limits';
import { nexudusApi, type NexudusApi } from './nexudusApi';
import { openNexudus, whoIsSignedIn } from './session';

export interface ReadContext {
	api: NexudusApi;
	tools: ReadTools;
}

/** An operation that only reads: the parameters of one item, and what to read with them. */
export interface ReadOperation<P> {
	/** Throws BadInput. */
	parameters(item: number): P;
	/** The contract that an error is about, if any. */
	contractId(parameters: P): number | null;
	read(parameters: P, context: ReadContext): Promise<Read<IDataObject[]>>;
}

interface ItemInput<P> {
	parameters: P;
	settings: RequestSettings & RunSettings;
}

/** Reads for all input items, a few at a time, every parameter checked before the first request. */
export async function readItems<P>(
	context: IExecuteFunctions,
	operation: ReadOperation<P>,
): Promise<INodeExecutionData[]> {
	const inputs = context.getInputData().map((_, item) => readInput(context, item, operation));
	const first = inputs.find((input): input is ItemInput<P> => !(input instanceof BadInput));
	const stopAtOnce = !context.continueOnFail();
	const bad = (error: BadInput): ItemResult => failedInput('badInput', error);
	const isBad = inputs.some((input) => input instanceof BadInput);
	if (first === undefined || (stopAtOnce && isBad)) {
		return emitItems(
			context,
			inputs.map((input) => (input instanceof BadInput ? bad(input) : NOT_TRIED)),
		);
	}

	const session = await openNexudus({
		context,
		limits: first.settings,
		settings: first.settings,
		signal: context.getExecutionCancelSignal(),
	}).catch((error: Error) => failedInput('credential', error));
	if ('error' in session)
		return emitItems(
			context,
			inputs.map(() => session),
		);

	const tools = readTools(session);
	const api = nexudusApi(session.portal);
	let failed = false;
	let who: Promise<string | undefined> | undefined;
	const results = await runAll<ItemInput<P> | BadInput, ItemResult>({
		items: inputs,
		width: first.settings.concurrency,
		stopped: () => stopAtOnce && failed,
		skipped: () => NOT_TRIED,
		work: async (input) => {
			if (input instanceof BadInput) return bad(input);
			const { parameters, settings } = input;
			const read = await operation.read(parameters, { api, tools: { ...tools, settings } });
			if (read.known) return { json: read.value };
			failed = true;
			if (isAboutIdentity(read.reason)) who ??= whoIsSignedIn(session);
			return { error: readError(read.reason, operation.contractId(parameters), await who) };
		},
	});
	return emitItems(context, results);
}

const NOT_TRIED = failedInput(
	'notTried',
	new BadInput('Item', 'was not tried', 'An item before it has failed.'),
);

function readInput<P>(
	context: IExecuteFunctions,
	item: number,
	operation: ReadOperation<P>,
): ItemInput<P> | BadInput {
	try {
		const given = context.getNodeParameter('requestSettings', item, {}) as IDataObject;
		return {
			parameters: operation.parameters(item),
			settings: readRequestSettings(given, NEXUDUS_LIMITS),
		};
	} catch (error) {
		return error instanceof BadInput
			? error
			: new BadInput(
					'Parameters',
					`could not be read: ${(error as Error).message}`,
					'Mend the expression.',
				);
	}
}

/** 401 and 404 depend on who is signed in, so the message says it. */
export function isAboutIdentity(reason: Reason | undefined): boolean {
	if (reason?.code !== 'vendor' && reason?.code !== 'session') return false;
	const { reply } = reason;
	return reply.answered && (reply.status === 401 || reply.status === 404);
}

function readError(reason: Reason, contractId: number | null, signedInAs?: string) {
	const text =
		reason.code === 'rules'
			? {
					code: 'refused',
					message: reason.refusals[0]?.message ?? '',
					description: reason.refusals[0]?.description ?? '',
				}
			: readFailure(reason);
	const named = isAboutIdentity(reason) ? signedInAs : undefined;
	return {
		message: text.message,
		description: [text.description, named].filter((part) => part).join(' '),
		code: text.code,
		outcome:
			reason.code === 'vendor' || reason.code === 'rules'
				? ('refused' as const)
				: ('failed' as const),
		contractId,
		before: null,
		after: null,
		attempts: 0,
	};
}
