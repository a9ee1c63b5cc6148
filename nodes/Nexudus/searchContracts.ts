import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { DEFAULT_SETTINGS } from '../../guarded-change/settings';
import { readTools } from './changeContracts';
import { readFailure } from '../../n8n/failureText';
import { readContracts } from './contractReader';
import { contractLabel } from './contractView';
import { NEXUDUS_LIMITS } from './limits';
import { nexudusApi } from './nexudusApi';
import { nexudusWords } from './nexudusWords';
import { openNexudus } from './session';

/** The customer's contracts for the list field of the editor: price plan, state, id. */
export async function searchContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const session = await openNexudus({
		context: this,
		limits: NEXUDUS_LIMITS,
		settings: { ...DEFAULT_SETTINGS, maxAttempts: 2 },
	});
	const read = await readContracts(nexudusApi(session.portal), readTools(session));
	if (!read.known) {
		const { message, description } = readFailure(nexudusWords, read.reason);
		throw new NodeOperationError(this.getNode(), message, { description });
	}
	const { records, now } = read.value;
	const words = (filter ?? '')
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== '');
	const results = records
		.map((record) => ({ name: contractLabel(record, now), value: String(record.Id) }))
		.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
	return { results };
}
