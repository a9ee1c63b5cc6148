import type { HttpRequest, NotKnown, Read } from '../../../guarded-change/change';
import { answeredAt, readWell, unreadable, type ReadTools } from '../../../guarded-change/readWell';
import { BATCH_SIZE } from './adminApi';
import { knowsNone } from '../vendorAnswer';
import { listPage, oneRecord, type VendorRecord } from '../vendorRecord';

/** A whole record and the vendor's clock when it came; no record where the vendor knows none (404). */
export interface Found {
	record: VendorRecord | null;
	/** ms since 1970 */
	now: number;
}

/** One record by its id. A record that does not say `enough` is no answer. */
export async function readAdminRecord(
	request: HttpRequest,
	id: number,
	tools: ReadTools,
	enough: (record: VendorRecord) => boolean = () => true,
): Promise<Read<Found>> {
	const asked = tools.run.clock.now();
	const read = await readWell(request, tools);
	if (!read.known) {
		const gone = knowsNone(read);
		if (gone === undefined) return read;
		const now = answeredAt(gone, tools);
		return { known: true, value: { record: null, now }, askedAt: asked, waited: read.waited };
	}
	const record = oneRecord(read.value.body);
	if (record === undefined || Number(record.Id) !== id || !enough(record)) {
		return unreadable(read.value, read.waited);
	}
	const now = answeredAt(read.value, tools);
	return { ...read, value: { record, now } };
}

/**
 * Whole records by their ids, many in one request. One that is missing from the answer is not in
 * the map: whether that means that there is none is not documented [?].
 */
export async function readAdminBatch(
	batch: (ids: readonly number[]) => HttpRequest,
	ids: readonly number[],
	tools: ReadTools,
): Promise<Read<Map<string, Found>>> {
	const found = new Map<string, Found>();
	let waited = 0;
	let askedAt = Infinity;
	for (let first = 0; first < ids.length; first += BATCH_SIZE) {
		const read = await readWell(batch(ids.slice(first, first + BATCH_SIZE)), tools);
		waited += read.waited;
		if (!read.known) return { ...read, waited };
		askedAt = Math.min(askedAt, read.askedAt);
		const list = listPage(read.value.body);
		if (list === undefined) return unreadable(read.value, waited);
		const now = answeredAt(read.value, tools);
		for (const record of list.records) found.set(String(record.Id), { record, now });
	}
	return { known: true, value: found, askedAt, waited };
}

/** Did the vendor refuse just this read, for a missing role (401) or endpoint, so that another way may do? */
export function isRefused({ reason }: NotKnown): boolean {
	if (reason.code !== 'vendor' && reason.code !== 'session') return false;
	return reason.reply.answered;
}
