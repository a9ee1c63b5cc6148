import type { Known, Read } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import type { AdminApi, ListFilters } from '../operator/adminApi';
import { readAdminList, type AdminRows } from '../operator/readAdminList';
import { isRefused, readAdminBatch, readAdminRecord } from '../operator/readAdminRecords';
import type { VendorRecord } from '../vendorRecord';
import { saysEnough } from './periodState';

/** A list that must not miss a period is filtered with days to spare: whose zone its dates are in is not told [?]. */
const SPARE = 3 * 86_400_000;

/** The rows of all periods that are not over, and a few more. */
export async function openPeriods(
	api: AdminApi,
	tools: ReadTools,
	filters: ListFilters,
): Promise<Read<AdminRows>> {
	const since = new Date(tools.run.clock.now() - SPARE).toISOString().slice(0, 16);
	const all = { ...filters, from_ContractPausedPeriod_PauseUntil: since };
	return await readAdminList((page) => api.periods(page, all), tools);
}

/** The same rows, those that say too little replaced by their whole records; one that is gone by now is left out. */
export async function wholeRows(
	list: Known<AdminRows>,
	api: AdminApi,
	tools: ReadTools,
	isEnough: (row: VendorRecord) => boolean = saysEnough,
): Promise<Read<AdminRows>> {
	const poor = list.value.records.filter((row) => !isEnough(row));
	if (poor.length === 0) return list;
	const whole = await wholePeriods(
		poor.map(({ Id }) => Number(Id)),
		api,
		tools,
	);
	const waited = list.waited + whole.waited;
	if (!whole.known) return { ...whole, waited };
	const records = list.value.records.flatMap((row): VendorRecord[] => {
		if (isEnough(row)) return [row];
		const found = whole.value.get(Number(row.Id));
		return found === undefined ? [] : [found];
	});
	const askedAt = Math.min(list.askedAt, whole.askedAt);
	return { known: true, value: { ...list.value, records }, askedAt, waited };
}

async function wholePeriods(
	ids: readonly number[],
	api: AdminApi,
	tools: ReadTools,
): Promise<Read<Map<number, VendorRecord>>> {
	const whole = new Map<number, VendorRecord>();
	const batch = await readAdminBatch(api.periodBatch, ids, tools);
	if (!batch.known && !isRefused(batch)) return batch;
	if (batch.known) {
		for (const { record } of batch.value.values()) if (record) whole.set(Number(record.Id), record);
	}
	let { waited } = batch;
	let askedAt = batch.known ? batch.askedAt : Infinity;
	for (const id of ids.filter((one) => !whole.has(one))) {
		const one = await readAdminRecord(api.period(id), id, tools);
		waited += one.waited;
		if (!one.known) return { ...one, waited };
		askedAt = Math.min(askedAt, one.askedAt);
		if (one.value.record) whole.set(id, one.value.record);
	}
	return { known: true, value: whole, askedAt, waited };
}
