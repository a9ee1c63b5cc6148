import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { BadInput, inputOf } from './inputs';
import { failedInput, notTried, type ItemResult } from './itemResults';

/** A system that is ready, and the input of every item, or what is wrong with it. */
export interface OpenedForItems<I, O> {
	opened: O;
	inputs: ReadonlyArray<I | BadInput>;
	/** Those that can be used, at least one. */
	valid: readonly [I, ...I[]];
	/** What becomes of an item that was not begun. */
	notBegun(input: I | BadInput): ItemResult;
}

/** What all items have come to, where nothing can be begun. */
export interface NothingBegun {
	results: ItemResult[];
}

export interface ForItems<I, O> {
	/** The names of the thing that an item is about, where its parameters cannot be read. */
	noIds: IDataObject;
	/** Throws BadInput. */
	input(item: number): I;
	/** Throws UserError where the credential cannot be used. */
	open(first: I): Promise<O>;
}

/**
 * Reads the parameters of every item before the first request leaves, and opens the system with
 * those of the first item that has good ones. Where the node stops at a failure, one that is bad
 * keeps all from being begun.
 */
export async function openForItems<I, O>(
	context: IExecuteFunctions,
	{ noIds, input, open }: ForItems<I, O>,
): Promise<OpenedForItems<I, O> | NothingBegun> {
	const inputs = context.getInputData().map((_, item) => inputOf(() => input(item)));
	const [first, ...others] = inputs.filter((one): one is I => !(one instanceof BadInput));
	const notBegun = (one: I | BadInput): ItemResult =>
		one instanceof BadInput ? failedInput('badInput', one, noIds) : notTried(noIds);
	const anyBad = inputs.some((one) => one instanceof BadInput);
	if (first === undefined || (anyBad && !context.continueOnFail())) {
		return { results: inputs.map(notBegun) };
	}
	try {
		return { opened: await open(first), inputs, valid: [first, ...others], notBegun };
	} catch (error) {
		const unopened = failedInput('credential', error as Error, noIds);
		return { results: inputs.map((one) => (one instanceof BadInput ? notBegun(one) : unopened)) };
	}
}
