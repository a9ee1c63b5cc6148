import type { Known, Read, Reason } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import { runAll } from '../../../guarded-change/runAll';
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
		isEnough,
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
	isEnough: (row: VendorRecord) => boolean,
): Promise<Read<Map<number, VendorRecord>>> {
	const read = await readPeriods(ids, api, tools, {
		width: 1,
		isEnough,
		isAnswer: () => true,
		endsAll: () => true,
	});
	const { whole, unread, askedAt, waited } = read;
	const [first] = unread.values();
	if (first) return { known: false, reason: first, waited };
	return { known: true, value: whole, askedAt, waited };
}

/** Periods by their ids. One that is in neither map is not there. */
export interface ReadPeriods {
	whole: Map<number, VendorRecord>;
	unread: Map<number, Reason>;
	/** When the oldest of them was asked for, ms since 1970. */
	askedAt: number;
	/** ms */
	waited: number;
}

export interface HowToReadPeriods {
	/** Requests at the same time. */
	width: number;
	/** A record of a batch that says less is read singly: a batch may bring rows too [?]. */
	isEnough: (record: VendorRecord) => boolean;
	/** One that was read singly and says less is no answer. */
	isAnswer: (record: VendorRecord) => boolean;
	/** After this nothing more is asked: all that is left is unread for the same reason. */
	endsAll: (reason: Reason) => boolean;
}

/** Reads periods in batches, and singly what those do not show. Never throws. */
export async function readPeriods(
	ids: readonly number[],
	api: AdminApi,
	tools: ReadTools,
	{ width, isEnough, isAnswer, endsAll }: HowToReadPeriods,
): Promise<ReadPeriods> {
	const whole = new Map<number, VendorRecord>();
	const unread = new Map<number, Reason>();
	if (ids.length === 0) return { whole, unread, askedAt: Infinity, waited: 0 };
	const batch = await readAdminBatch(api.periodBatch, ids, tools);
	let { waited } = batch;
	let askedAt = batch.known ? batch.askedAt : Infinity;
	let ended: Reason | undefined;
	if (batch.known) {
		for (const { record } of batch.value.values()) {
			if (record && isEnough(record)) whole.set(Number(record.Id), record);
		}
	} else if (!isRefused(batch) && endsAll(batch.reason)) {
		ended = batch.reason;
	}
	await runAll({
		items: ids.filter((id) => !whole.has(id)),
		width,
		stopped: () => ended !== undefined,
		skipped: (id) => {
			if (ended) unread.set(id, ended);
		},
		work: async (id) => {
			const read = await readAdminRecord(api.period(id), id, tools, isAnswer);
			waited += read.waited;
			if (!read.known) {
				unread.set(id, read.reason);
				if (endsAll(read.reason)) ended = read.reason;
				return;
			}
			askedAt = Math.min(askedAt, read.askedAt);
			if (read.value.record) whole.set(id, read.value.record);
		},
	});
	return { whole, unread, askedAt, waited };
}
