import type { HttpRequest, Read } from '../../../guarded-change/change';
import {
	answeredAt,
	readWell,
	unreadable,
	type AnsweredReply,
	type ReadTools,
} from '../../../guarded-change/readWell';
import { isRecord, listPage, type VendorRecord } from '../vendorRecord';

/** Pages of a list at the most; a vendor that always says there is a next one is not followed for ever. */
const MOST_PAGES = 2_000;

/** Times that a list is read from its beginning, where it has changed while it was read. */
const MOST_READS = 3;

export interface AdminRows {
	records: VendorRecord[];
	/** The vendor's clock, ms since 1970. */
	now: number;
}

/**
 * A whole list of the admin API, page by page. A record that is deleted while the pages are read
 * moves another one over a page's edge, unseen: a list that got shorter is read again.
 */
export async function readAdminList(
	page: (number: number) => HttpRequest,
	tools: ReadTools,
): Promise<Read<AdminRows>> {
	let waited = 0;
	for (let reads = 1; ; reads++) {
		const read = await readOnce(page, tools);
		waited += read.waited;
		if (!read.known) return { ...read, waited };
		const { whole, ...rows } = read.value;
		if (whole) return { ...read, value: rows, waited };
		if (reads >= MOST_READS) return unreadable(read.value.reply, waited);
	}
}

async function readOnce(
	page: (number: number) => HttpRequest,
	tools: ReadTools,
): Promise<Read<AdminRows & { whole: boolean; reply: AnsweredReply }>> {
	const records = new Map<unknown, VendorRecord>();
	let waited = 0;
	let askedAt = Infinity;
	let fewest = 0;
	let lastTotal = 0;
	let shrank = false;
	for (let number = 1; ; number++) {
		const read = await readWell(page(number), tools);
		waited += read.waited;
		if (!read.known) return { ...read, waited };
		askedAt = Math.min(askedAt, read.askedAt);
		const list = listPage(read.value.body);
		if (list === undefined) return unreadable(read.value, waited);
		for (const record of list.records) records.set(record.Id, record);
		const total = totalOf(read.value.body);
		if (number === 1) fewest = total;
		shrank ||= total < lastTotal;
		lastTotal = total;
		if (!list.hasNextPage || list.records.length === 0 || number >= MOST_PAGES) {
			const now = answeredAt(read.value, tools);
			// Cut off before the last page, only the vendor's own count can say that it is whole.
			const least = list.hasNextPage && total === 0 ? Infinity : fewest;
			const whole = !shrank && records.size >= least;
			const value = { records: [...records.values()], now, whole, reply: read.value };
			return { known: true, value, askedAt, waited };
		}
	}
}

/** 0 where the vendor does not tell. */
function totalOf(body: unknown): number {
	return isRecord(body) && typeof body.TotalItems === 'number' ? body.TotalItems : 0;
}
