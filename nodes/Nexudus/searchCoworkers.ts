import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { readWell } from '../../guarded-change/readWell';
import { EDITOR_SETTINGS, noList, pageOf } from './listSearch';
import { adminApi } from './operator/adminApi';
import { adminWords } from './operator/adminWords';
import { openOperator } from './operator/openOperator';
import { sessionTools } from './sessionTools';
import { listPage, text, type VendorRecord } from './vendorRecord';

/** The members of the network, page by page, for the list field of the editor. */
export async function searchCoworkers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const operator = await openOperator({
		context: this,
		settings: EDITOR_SETTINGS,
	});
	const api = adminApi(operator.admin);
	const page = pageOf(paginationToken);
	const wanted = (filter ?? '').trim();
	const property = wanted.includes('@') ? 'Email' : 'FullName';
	const request = api.coworkers(page, wanted === '' ? undefined : { property, text: wanted });
	const read = await readWell(request, sessionTools(operator, request));
	if (!read.known) throw noList(this, adminWords, read.reason);
	const list = listPage(read.value.body);
	if (list === undefined) {
		throw new NodeOperationError(this.getNode(), 'Nexudus did not answer with a list of members', {
			description: adminWords.foreignAnswer,
		});
	}
	const results = list.records
		.filter(({ Id }) => typeof Id === 'number')
		.map((record) => ({ name: coworkerLabel(record), value: String(record.Id) }));
	return list.hasNextPage ? { results, paginationToken: page + 1 } : { results };
}

/** Name, e-mail and id of a member: names alone may repeat. Pure. */
function coworkerLabel(record: VendorRecord): string {
	const parts = [text(record.FullName) ?? text(record.CompanyName), text(record.Email)];
	return [...parts.filter((part) => part !== null), String(record.Id)].join(' · ');
}
