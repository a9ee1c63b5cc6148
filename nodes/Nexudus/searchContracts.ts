import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import type { NotKnown } from '../../guarded-change/change';
import { actAsOf } from './actAs';
import { readContracts } from './readContracts';
import { contractLabel } from './contractView';
import { parseCoworkerId } from './coworkerId';
import { EDITOR_SETTINGS, hasWords, noList } from './listSearch';
import { nexudusApi } from './nexudusApi';
import { wordsFor } from './nexudusWords';
import { openAccess } from './openAccess';

/** The contracts of the customer, or of the member chosen, for the list field of the editor. */
export async function searchContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const actAs = actAsOf(this.getNodeParameter('actAs', 'customer'));
	const failed = ({ reason }: NotKnown) => noList(this, wordsFor(actAs), reason);
	const coworkerId = actAs === 'operator' ? chosenCoworker(this) : null;
	const access = await openAccess(actAs, {
		context: this,
		settings: EDITOR_SETTINGS,
	});
	const session = access.sessionOf(coworkerId);
	const opened = await session.open?.();
	if (opened?.known === false) throw failed(opened);
	const read = await readContracts(nexudusApi(access.portal), session.tools);
	if (!read.known) throw failed(read);
	const { records, now } = read.value;
	const results = records
		.map((record) => ({ name: contractLabel(record, now), value: String(record.Id) }))
		.filter(({ name }) => hasWords(name, filter ?? ''));
	return { results };
}

/** The field above must say for whom: the contracts of all members are no list to choose from. */
function chosenCoworker(context: ILoadOptionsFunctions): number {
	try {
		return parseCoworkerId(context.getCurrentNodeParameter('coworkerId'));
	} catch {
		throw new NodeOperationError(
			context.getNode(),
			"Choose the member under 'Coworker' first: the list shows their contracts",
			{
				description:
					"Where 'Coworker' is an expression, choose the contract by its ID, or by an expression too.",
			},
		);
	}
}
