import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { DEFAULT_SETTINGS } from '../../guarded-change/settings';
import { readFailure } from '../../n8n/failureText';
import { NEXUDUS_LIMITS } from './limits';
import { adminApi } from './operator/adminApi';
import { adminTools } from './operator/adminTools';
import { openOperator } from './operator/openOperator';
import { readAdminList } from './operator/readAdminList';
import { periodWords } from './pausePeriod/periodWords';
import { text, type VendorRecord } from './vendorRecord';

/** The list field shows so many; a filter finds the others. */
const MOST_SHOWN = 100;

/** The active contracts of all members, for the list field of the editor: member, price plan, id. */
export async function searchAllContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const operator = await openOperator({
		context: this,
		limits: NEXUDUS_LIMITS,
		settings: { ...DEFAULT_SETTINGS, maxAttempts: 2 },
	});
	const api = adminApi(operator.admin);
	const read = await readAdminList(
		(page) => api.contracts(page, { CoworkerContract_Active: true }),
		adminTools(operator),
	);
	if (!read.known) {
		const { message, description } = readFailure(periodWords, read.reason);
		throw new NodeOperationError(this.getNode(), message, { description });
	}
	const words = (filter ?? '').toLowerCase().split(/\s+/);
	const results = read.value.records
		.filter(({ Id, Active }) => typeof Id === 'number' && Active !== false)
		.map((record) => ({ name: memberLabel(record), value: String(record.Id) }))
		.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
		.sort((a, b) => a.name.localeCompare(b.name))
		.slice(0, MOST_SHOWN);
	return { results };
}

function memberLabel(record: VendorRecord): string {
	const parts = [text(record.CoworkerFullName), text(record.TariffName), String(record.Id)];
	return parts.filter((part) => part !== null).join(' · ');
}
