import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Read, Reason } from '../guarded-change/change';
import { runAll } from '../guarded-change/runAll';
import type { PaceLimits } from '../guarded-change/settings';
import { readFailure, type VendorWords } from './failureText';
import type { ItemError } from './failedItem';
import { isAboutIdentity } from './identity';
import { BadInput } from './inputs';
import { emitItems, withoutThrowing, type ItemResult } from './itemResults';
import { openForItems } from './openForItems';
import { readRequestSettings, type ItemSettings } from './requestSettings';

/** A system that is ready to be read in one run. */
export interface OpenedReader<P> {
	read(parameters: P, settings: ItemSettings): Promise<Read<IDataObject[]>>;
	/** Who is signed in, for errors that depend on it. */
	whoIsSignedIn?(): Promise<string | undefined>;
}

/** One operation of one system that only reads. */
export interface ReadOperation<P> {
	words: VendorWords;
	limits: PaceLimits;
	/** The names of the thing that an error is about. */
	ids(parameters: P | undefined): IDataObject;
	/** What one item asks for. Throws BadInput. */
	parameters(item: number): P;
	/** Throws UserError where the credential cannot be used. */
	open(settings: ItemSettings): Promise<OpenedReader<P>>;
}

interface ItemInput<P> {
	parameters: P;
	settings: ItemSettings;
}

/** Reads for all input items, a few at a time, every parameter checked before the first request. */
export async function readItems<P>(
	context: IExecuteFunctions,
	operation: ReadOperation<P>,
): Promise<INodeExecutionData[]> {
	const noIds = operation.ids(undefined);
	return await withoutThrowing(context, noIds, async () => await read(context, operation, noIds));
}

async function read<P>(
	context: IExecuteFunctions,
	operation: ReadOperation<P>,
	noIds: IDataObject,
): Promise<INodeExecutionData[]> {
	const ready = await openForItems<ItemInput<P>, OpenedReader<P>>(context, {
		noIds,
		input: (item) => ({
			parameters: operation.parameters(item),
			settings: readRequestSettings(
				context.getNodeParameter('requestSettings', item, {}) as IDataObject,
				operation.limits,
			),
		}),
		open: async ({ settings }) => await operation.open(settings),
	});
	if ('results' in ready) return emitItems(context, ready.results);
	const { opened: reader, inputs, valid, notBegun } = ready;

	const stopAtOnce = !context.continueOnFail();
	let failed = false;
	let who: Promise<string | undefined> | undefined;
	const results = await runAll<ItemInput<P> | BadInput, ItemResult>({
		items: inputs,
		width: valid[0].settings.concurrency,
		stopped: () => stopAtOnce && failed,
		skipped: (input) => notBegun(input),
		work: async (input) => {
			if (input instanceof BadInput) return notBegun(input);
			const { parameters, settings } = input;
			const read = await reader.read(parameters, settings);
			if (read.known) return { json: read.value };
			failed = true;
			const identity = isAboutIdentity(read.reason);
			if (identity) who ??= reader.whoIsSignedIn?.();
			const signedInAs = identity ? await who : undefined;
			return { error: readError(operation, read.reason, parameters, signedInAs) };
		},
	});
	return emitItems(context, results);
}

function readError<P>(
	{ words, ids }: ReadOperation<P>,
	reason: Reason,
	parameters: P,
	signedInAs?: string,
): ItemError & IDataObject {
	const text = readFailure(words, reason);
	return {
		message: text.message,
		description: [text.description, signedInAs].filter((part) => part).join(' '),
		code: text.code,
		outcome: reason.code === 'vendor' || reason.code === 'rules' ? 'refused' : 'failed',
		...ids(parameters),
		before: null,
		after: null,
		attempts: 0,
	};
}
