import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { oneOf } from '../../../n8n/inputs';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { isSimplified, simplifyField } from '../../../n8n/simplify';
import type { ListFilters } from '../operator/adminApi';
import { parseContractId } from '../contractId';
import { coworkerFilter, filterOf, filtersField, limitFields, parseLimit } from '../listFields';
import { NEXUDUS_LIMITS } from '../limits';
import { asOutput, type VendorRecord } from '../vendorRecord';
import { dayField } from './dayField';
import { parseDay } from './fields';
import type { PausePeriod, PeriodPhase } from './periodState';
import { showFor, vendorPage } from './show';

const STATES = ['any', 'scheduled', 'active', 'over'] as const;

export const description: INodeProperties[] = [
	vendorPage(
		'getAll',
		'Reads pause periods of all members, by their first day.',
		'get-contractpausedperiods',
	),
	...limitFields(showFor('getAll')),
	filtersField(showFor('getAll'), [
		dayField('Begins Before', 'beginsBefore', 'Only pauses that begin before this day'),
		{
			displayName: 'Contract ID',
			name: 'contractId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 700100',
			description: 'Only pauses of this contract',
		},
		{
			displayName: 'Coworker ID',
			name: 'coworkerId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 15001',
			description: "Only pauses of this member's contracts. Nexudus calls it CoworkerId.",
		},
		dayField('Ends After', 'endsAfter', 'Only pauses that end after this day'),
		{
			displayName: 'Pause State',
			name: 'pauseState',
			type: 'options',
			default: 'any',
			options: [
				{ name: 'Active', value: 'active', description: 'Has begun and is not over' },
				{ name: 'Any', value: 'any', description: 'Whatever its dates are' },
				{ name: 'Over', value: 'over', description: 'Has ended' },
				{ name: 'Scheduled', value: 'scheduled', description: 'Has not begun' },
			],
			description: 'Only pauses in this state',
		},
	]),
	simplifyField(showFor('getAll')),
	requestSettingsField(NEXUDUS_LIMITS, false, showFor('getAll')),
];

interface Filters {
	contractId: number | null;
	coworkerId: number | null;
	beginsBefore: string | null;
	endsAfter: string | null;
	state: (typeof STATES)[number];
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { readForOperator } = await import('../operator/readForOperator');
	const { readAdminList } = await import('../operator/readAdminList');
	const { wholeRows } = await import('./periodRows');
	const { pausePeriod, phaseOf } = await import('./periodState');
	const { periodView } = await import('./periodView');
	return await readForOperator(context, {
		parameters: (item) => ({
			limit: parseLimit(context, item),
			simplify: isSimplified(context, item),
			filters: parseFilters(context.getNodeParameter('filters', item, {}) as IDataObject),
		}),
		ids: (wanted) => ({ pausePeriodId: null, contractId: wanted?.filters.contractId ?? null }),
		read: async ({ limit, simplify, filters }, { api, tools }) => {
			const { contractId } = filters;
			const asked: ListFilters =
				contractId === null ? {} : { ContractPausedPeriod_CoworkerContract: contractId };
			const list = await readAdminList((page) => api.periods(page, asked), tools);
			if (!list.known) return list;
			// Rows are partial: what is shown and what is filtered by is read whole.
			const read = await wholeRows(list, api, tools, isWhole);
			if (!read.known) return read;
			const { records, now } = read.value;
			const found = records
				.map((record) => pausePeriod(record, null))
				.filter((period) => passes(period, filters, phaseOf(period, now)))
				.sort(byFirstDay)
				.slice(0, limit);
			return {
				...read,
				value: found.map((period) => (simplify ? periodView(period, now) : asOutput(period.raw))),
			};
		},
	});
}

function parseFilters(filters: IDataObject): Filters {
	const given = (name: string, field: string) => filterOf(filters, name, field);
	const day = (name: string, field: string) => {
		const value = given(name, field);
		return value === undefined ? null : parseDay(value, field);
	};
	const contractId = given('contractId', 'Contract ID');
	return {
		contractId: contractId === undefined ? null : parseContractId(contractId),
		coworkerId: coworkerFilter(given('coworkerId', 'Coworker ID')),
		beginsBefore: day('beginsBefore', 'Begins Before'),
		endsAfter: day('endsAfter', 'Ends After'),
		state: oneOf(given('pauseState', 'Pause State') ?? 'any', STATES, 'Pause State'),
	};
}

function isWhole(row: VendorRecord): boolean {
	return ['CoworkerContractId', 'PauseFromLocal', 'PauseUntilLocal', 'Notes'].every(
		(name) => name in row,
	);
}

/** The vendor may know no such filter, and whether it does is not told: everything is checked here. */
function passes(period: PausePeriod, filters: Filters, phase: PeriodPhase): boolean {
	const { contractId, coworkerId, beginsBefore, endsAfter, state } = filters;
	return (
		(contractId === null || period.contractId === contractId) &&
		(coworkerId === null || period.coworkerId === coworkerId) &&
		(beginsBefore === null || (period.from !== null && period.from < beginsBefore)) &&
		(endsAfter === null || (period.until !== null && period.until > endsAfter)) &&
		(state === 'any' || phase === state)
	);
}

/** Sorted here, for which way the vendor's `dir` sorts is documented both ways [D conflict]. */
function byFirstDay(a: PausePeriod, b: PausePeriod): number {
	const [first, second] = [a.fromUtc ?? '', b.fromUtc ?? ''];
	return first === second ? a.id - b.id : first < second ? -1 : 1;
}
