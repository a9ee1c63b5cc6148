import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Known, Read } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import { oneOf, optionalText } from '../../../n8n/inputs';
import { isSimplified } from '../../../n8n/simplify';
import type { AdminApi } from '../operator/adminApi';
import { coworkerFilter, filterOf, parseLimit } from '../listFields';
import { readForOperator } from '../operator/readForOperator';
import { pausePeriod, phaseOf, type PausePeriod } from '../pausePeriod/periodState';
import { openPeriods, wholeRows } from '../pausePeriod/periodRows';
import { readAdminList, type AdminRows } from '../operator/readAdminList';
import { isRefused, readAdminBatch, readAdminRecord } from '../operator/readAdminRecords';
import { asOutput, flag, text, utc, type VendorRecord } from '../vendorRecord';
import { dayOfLocal } from '../pausePeriod/localDay';

const PAUSE_STATES = ['any', 'none', 'scheduled', 'active'] as const;
const ACTIVE = ['any', 'yes', 'no'] as const;

interface Filters {
	active: (typeof ACTIVE)[number];
	coworkerId: number | null;
	/** ID or name. */
	pricePlan: string | null;
	pauseState: (typeof PAUSE_STATES)[number];
}

/** Contracts of all members that an administrator may see, with their pause, by id. */
export async function getAllForOperator(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await readForOperator(context, {
		parameters: (item) => ({
			limit: parseLimit(context, item),
			simplify: isSimplified(context, item),
			filters: parseFilters(context.getNodeParameter('filters', item, {}) as IDataObject),
		}),
		ids: () => ({ contractId: null }),
		read: async ({ limit, simplify, filters }, { api, tools }) => {
			const contracts = await readContracts(api, tools, filters);
			if (!contracts.known) return contracts;
			const open = await openPeriods(api, tools, {});
			if (!open.known) return open;
			const periods = await wholeRows(open, api, tools);
			if (!periods.known) return periods;
			const { now } = contracts.value;
			const pauses = firstPauses(periods.value.records, now);
			const found = contracts.value.records
				.map((record) => ({ record, pause: pauses.get(Number(record.Id)) ?? null }))
				.filter(({ record, pause }) => passes(record, filters, phaseOf(pause, now)))
				.sort((a, b) => Number(a.record.Id) - Number(b.record.Id))
				.slice(0, limit);
			return {
				...contracts,
				value: found.map(({ record, pause }) =>
					simplify ? contractOfMember(record, pause, now) : asOutput(record),
				),
			};
		},
	});
}

function parseFilters(filters: IDataObject): Filters {
	const given = (name: string, field: string) => filterOf(filters, name, field);
	return {
		active: oneOf(given('active', 'Active') ?? 'any', ACTIVE, 'Active'),
		coworkerId: coworkerFilter(given('coworkerId', 'Coworker ID')),
		pricePlan: optionalText(given('pricePlan', 'Price Plan'), 'Price Plan', 200)?.trim() || null,
		pauseState: oneOf(given('pauseState', 'Pause State') ?? 'any', PAUSE_STATES, 'Pause State'),
	};
}

async function readContracts(
	api: AdminApi,
	tools: ReadTools,
	{ active, coworkerId, pricePlan }: Filters,
): Promise<Read<AdminRows>> {
	const asked = {
		...(active !== 'any' && { CoworkerContract_Active: active === 'yes' }),
		...(coworkerId !== null && { CoworkerContract_Coworker: coworkerId }),
		...(pricePlan !== null && isId(pricePlan) && { CoworkerContract_Tariff: pricePlan }),
	};
	const list = await readAdminList((page) => api.contracts(page, asked), tools);
	return list.known ? await wholeContracts(list, api, tools) : list;
}

/** Rows are partial [D], what they lack is not told [?]: those that say too little are read whole. */
async function wholeContracts(
	list: Known<AdminRows>,
	api: AdminApi,
	tools: ReadTools,
): Promise<Read<AdminRows>> {
	const { records } = list.value;
	const ids = records.filter((row) => !saysEnough(row)).map(({ Id }) => Number(Id));
	if (ids.length === 0) return list;
	const batch = await readAdminBatch(api.contractBatch, ids, tools);
	if (!batch.known && !isRefused(batch)) return batch;
	// A batch may bring rows too [D].
	const whole = new Map(
		batch.known ? [...batch.value].filter(([, { record }]) => record && saysEnough(record)) : [],
	);
	for (const id of ids.filter((one) => !whole.has(String(one)))) {
		const one = await readAdminRecord(api.contract(id), id, tools);
		if (!one.known) return one;
		whole.set(String(id), one.value);
	}
	const value = records.flatMap((row): VendorRecord[] => {
		if (saysEnough(row)) return [row];
		const record = whole.get(String(row.Id))?.record ?? null;
		return record === null ? [] : [record];
	});
	return { ...list, value: { ...list.value, records: value } };
}

function saysEnough(row: VendorRecord): boolean {
	return ['CoworkerId', 'TariffId', 'TariffName', 'Active', 'Cancelled', 'RenewalDate'].every(
		(name) => name in row,
	);
}

/** The pause of each contract that is on, or else comes first. */
function firstPauses(records: readonly VendorRecord[], now: number): Map<number, PausePeriod> {
	const pauses = new Map<number, PausePeriod>();
	for (const record of records) {
		const period = pausePeriod(record, null);
		if (phaseOf(period, now) === 'over' || period.contractId === null) continue;
		const other = pauses.get(period.contractId);
		if (other === undefined || (period.fromUtc ?? '') < (other.fromUtc ?? '')) {
			pauses.set(period.contractId, period);
		}
	}
	return pauses;
}

/** The vendor may know no such filter, and whether it does is not told: everything is checked here. */
function passes(record: VendorRecord, filters: Filters, state: string): boolean {
	const { active, coworkerId, pricePlan, pauseState } = filters;
	const plan = isId(pricePlan)
		? String(record.TariffId) === pricePlan
		: text(record.TariffName)?.trim().toLowerCase() === pricePlan?.toLowerCase();
	return (
		(active === 'any' || (record.Active === true) === (active === 'yes')) &&
		(coworkerId === null || record.CoworkerId === coworkerId) &&
		(pricePlan === null || plan) &&
		(pauseState === 'any' || state === pauseState)
	);
}

function isId(text: string | null): boolean {
	return text !== null && /^\d+$/.test(text);
}

/** A contract as `Simplify` shows it to an operator: as to its member, and whose it is. Pure. */
function contractOfMember(
	record: VendorRecord,
	pause: PausePeriod | null,
	now: number,
): IDataObject {
	return {
		contractId: Number(record.Id),
		coworkerId: typeof record.CoworkerId === 'number' ? record.CoworkerId : null,
		coworkerName: text(record.CoworkerFullName),
		coworkerEmail: text(record.CoworkerEmail),
		pricePlan: text(record.TariffName),
		pricePlanId: typeof record.TariffId === 'number' ? record.TariffId : null,
		state: phaseOf(pause, now),
		pausePeriodId: pause?.id ?? null,
		pausedFromUtc: pause?.fromUtc ?? null,
		pausedUntilUtc: pause?.untilUtc ?? null,
		renewalUtc: utc(record.RenewalDate),
		active: flag(record.Active),
		cancelled: record.Cancelled === true,
		endsOn: dayOfLocal(record.CancellationDateLocal) ?? utc(record.CancellationDate),
	};
}
