import { NodeOperationError, type ILoadOptionsFunctions } from 'n8n-workflow';
import type { Reason } from '../../guarded-change/change';
import {
	DEFAULT_SETTINGS,
	type PaceLimits,
	type RequestSettings,
} from '../../guarded-change/settings';
import { readFailure, type VendorWords } from '../../n8n/failureText';
import { NEXUDUS_LIMITS } from './limits';

/** Somebody waits in the editor: rather a message soon than a list late. */
export const EDITOR_SETTINGS: RequestSettings & PaceLimits = {
	...DEFAULT_SETTINGS,
	...NEXUDUS_LIMITS,
	maxAttempts: 2,
	maxThrottleWait: 5_000,
};

/** The page to read, from 1: n8n hands back the token of the page before as a text. Pure. */
export function pageOf(paginationToken: unknown): number {
	const page = Number(paginationToken ?? 1);
	return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

/** Every word that was typed stands in the text; case does not matter. Pure. */
export function hasWords(text: string, typed: string): boolean {
	const words = typed.toLowerCase().split(/\s+/);
	return words.every((word) => text.toLowerCase().includes(word));
}

/** Why there is no list, for the list field itself. */
export function noList(
	context: ILoadOptionsFunctions,
	words: VendorWords,
	reason: Reason,
): NodeOperationError {
	const { message, description } = readFailure(words, reason);
	return new NodeOperationError(context.getNode(), message, { description });
}
