import type { HttpRequest, Read } from '../../guarded-change/change';
import { answeredAt, readWell, unreadable, type ReadTools } from '../../guarded-change/readWell';
import type { NexudusApi } from './nexudusApi';
import { oneRecord, type VendorRecord } from './vendorRecord';

/** A record and the vendor's clock when it came. */
export interface Dated {
	record: VendorRecord;
	/** ms since 1970 */
	now: number;
}

/** One contract by its id. A record that does not say `enough` is no answer. */
export async function readContract(
	contractId: number,
	api: NexudusApi,
	tools: ReadTools,
	enough: (record: VendorRecord) => boolean = () => true,
): Promise<Read<Dated>> {
	const whole = (record: VendorRecord) => Number(record.Id) === contractId && enough(record);
	return await readRecord(api.contract(contractId), whole, tools);
}

/** What a customer may do about pauses of a contract, and what is there. */
export async function readPauseMeta(
	contractId: number,
	api: NexudusApi,
	tools: ReadTools,
): Promise<Read<Dated>> {
	return await readRecord(api.pauseMeta(contractId), showsPause, tools);
}

/** A record that is not `whole` is no answer to what was asked: a state read from it is a guess. */
async function readRecord(
	request: HttpRequest,
	whole: (record: VendorRecord) => boolean,
	tools: ReadTools,
): Promise<Read<Dated>> {
	const read = await readWell(request, tools);
	if (!read.known) return read;
	const record = oneRecord(read.value.body);
	if (record === undefined || !whole(record)) return unreadable(read.value, read.waited);
	return { ...read, value: { record, now: answeredAt(read.value, tools) } };
}

/** A record without any of its flags says nothing of a pause. */
export function showsPause(record: VendorRecord): boolean {
	return 'IsPausedNow' in record || 'InPausedPeriod' in record;
}
