import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import type { Read } from '../../guarded-change/change';
import { readWell, unreadable, type ReadTools } from '../../guarded-change/readWell';
import { EDITOR_SETTINGS, hasWords, noList, pageOf } from './listSearch';
import { adminApi, type AdminApi } from './operator/adminApi';
import { adminTools } from './operator/adminTools';
import { openOperator } from './operator/openOperator';
import { isRefused, readAdminRecord } from './operator/readAdminRecords';
import { periodWords } from './pausePeriod/periodWords';
import { listPage, text, type VendorRecord } from './vendorRecord';

/** Contracts that are enough for a while: the list asks for more when it is scrolled to its end. */
const ENOUGH = 100;

/** Pages for one answer at the most: a sixth of the requests that Nexudus allows in a minute. */
const MOST_PAGES = 20;

/** No further page is read after this time, in ms. */
const LONGEST = 10_000;

/**
 * The active contracts of all members, for the list field of the editor: member, price plan, id.
 * No filter of the vendor for names of members or price plans is documented for contracts [?], so
 * the words are looked for here, page by page; an id is read as such (get-coworkercontracts-by-id [D]).
 */
export async function searchAllContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const operator = await openOperator({
		context: this,
		settings: EDITOR_SETTINGS,
	});
	const api = adminApi(operator.admin);
	const tools = adminTools(operator);
	const typed = (filter ?? '').trim();
	const page = pageOf(paginationToken);

	if (page === 1 && /^\d{1,15}$/.test(typed)) {
		const read = await readAdminRecord(api.contract(Number(typed)), Number(typed), tools);
		if (!read.known && !isRefused(read)) throw noList(this, periodWords, read.reason);
		if (read.known && read.value.record) return { results: [listed(read.value.record)] };
	}
	const read = await lookFor(typed, page, api, tools);
	if (!read.known) throw noList(this, periodWords, read.reason);
	const { found, looked, nextPage } = read.value;
	if (found.length === 0 && nextPage !== undefined && page === 1) {
		throw new NodeOperationError(
			this.getNode(),
			`Among the first ${looked} contracts none has "${typed}" in the name of its member or price plan`,
			{ description: "There are more contracts. Enter the contract's ID, or choose 'By ID'." },
		);
	}
	const results = found.map(listed).sort((a, b) => a.name.localeCompare(b.name));
	return nextPage === undefined ? { results } : { results, paginationToken: nextPage };
}

interface Found {
	found: VendorRecord[];
	/** Contracts that were looked at. */
	looked: number;
	/** Where there are more. */
	nextPage?: number;
}

/** Reads pages until there is enough to show, within bounds. */
async function lookFor(
	typed: string,
	firstPage: number,
	api: AdminApi,
	tools: ReadTools,
): Promise<Read<Found>> {
	const { clock } = tools.run;
	const began = clock.now();
	const found: VendorRecord[] = [];
	let looked = 0;
	for (let page = firstPage; ; page++) {
		const read = await readWell(api.contracts(page, { CoworkerContract_Active: true }), tools);
		if (!read.known) return read;
		const list = listPage(read.value.body);
		if (list === undefined) return unreadable(read.value, read.waited);
		looked += list.records.length;
		found.push(...list.records.filter((record) => isWanted(record, typed)));

		const isLast = !list.hasNextPage || list.records.length === 0;
		const isLate = page - firstPage + 1 >= MOST_PAGES || clock.now() - began >= LONGEST;
		if (isLast) return { ...read, value: { found, looked } };
		if (isLate || found.length >= ENOUGH) {
			return { ...read, value: { found, looked, nextPage: page + 1 } };
		}
	}
}

function isWanted(record: VendorRecord, typed: string): boolean {
	const { Id, Active } = record;
	return typeof Id === 'number' && Active !== false && hasWords(listed(record).name, typed);
}

function listed(record: VendorRecord): { name: string; value: string } {
	const parts = [text(record.CoworkerFullName), text(record.TariffName), String(record.Id)];
	return {
		name: parts.filter((part) => part !== null).join(' · '),
		value: String(record.Id),
	};
}
