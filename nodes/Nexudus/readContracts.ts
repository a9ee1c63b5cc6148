import type { Read } from '../../guarded-change/change';
import { answeredAt, readWell, unreadable, type ReadTools } from '../../guarded-change/readWell';
import type { NexudusApi } from './nexudusApi';
import { notFound } from './vendorAnswer';
import { listPage, type VendorRecord } from './vendorRecord';

/** Pages of a list at the most; a vendor that always says there is a next one is not followed for ever. */
const MOST_PAGES = 400;

/** All contracts of the customer, page by page where the vendor pages. */
export async function readContracts(
	api: NexudusApi,
	tools: ReadTools,
): Promise<Read<{ records: VendorRecord[]; now: number }>> {
	const records: VendorRecord[] = [];
	let waited = 0;
	let askedAt = Infinity;
	for (let page = 1; ; page++) {
		let read = await readWell(api.contracts(page), tools);
		// The contract list is not documented, the plan list is: a space may have only the second.
		if (page === 1 && notFound(read)) read = await readWell(api.myPlans(), tools);
		waited += read.waited;
		if (!read.known) return { ...read, waited };
		askedAt = Math.min(askedAt, read.askedAt);
		const list = listPage(read.value.body);
		if (list === undefined) return unreadable(read.value, waited);
		records.push(...list.records);
		if (!list.hasNextPage || list.records.length === 0 || page >= MOST_PAGES) {
			const now = answeredAt(read.value, tools);
			return { known: true, value: { records, now }, askedAt, waited };
		}
	}
}
