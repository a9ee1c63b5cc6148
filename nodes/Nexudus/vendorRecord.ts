import type { IDataObject } from 'n8n-workflow';
import { isRecord, withoutFields, type VendorRecord } from '../../n8n/vendorRecord';

export { isRecord, utc, type VendorRecord } from '../../n8n/vendorRecord';

/** Single records come bare, or in an envelope `Resource` (developers.nexudus.com, api overview [D]). */
export function oneRecord(body: unknown): VendorRecord | undefined {
	if (!isRecord(body)) return undefined;
	return isRecord(body.Resource) ? body.Resource : body;
}

export interface ListPage {
	records: VendorRecord[];
	hasNextPage: boolean;
}

/** A list comes as an array, in `Records` or in `Contracts`: the documents disagree [D]. Undefined for anything else. */
export function listPage(body: unknown): ListPage | undefined {
	if (Array.isArray(body)) return { records: body.filter(isRecord), hasNextPage: false };
	if (!isRecord(body)) return undefined;
	const list = body.Records ?? body.Contracts;
	if (!Array.isArray(list)) return undefined;
	return { records: list.filter(isRecord), hasNextPage: body.HasNextPage === true };
}

/** Local dates come with a misleading `Z` or without [O]: passed on without one, never calculated as UTC. */
export function local(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value.trim().replace(/z$/i, '') : null;
}

/** Text that is not empty, else null. */
export function text(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A count; 0 and less count as not stated, for the vendor does not say what they mean [?]. */
export function count(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

/** True or false, null for anything else. */
export function flag(value: unknown): boolean | null {
	return typeof value === 'boolean' ? value : null;
}

/** Names under which Nexudus echoes a session: a profile carries the caller's own bearer [D]. */
const SECRET = /^(access|refresh)_?token$/i;

/** The vendor's record for the output: as it is, without anything that opens a session. */
export function asOutput(record: VendorRecord): IDataObject {
	return withoutFields(record, SECRET) as IDataObject;
}
