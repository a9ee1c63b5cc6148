import type { IDataObject } from 'n8n-workflow';

/** A record as Nexudus sends it: PascalCase names, any of them may be missing. */
export type VendorRecord = Record<string, unknown>;

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

/** ISO 8601 with milliseconds and Z, whatever the vendor's notation; null for no date. */
export function utc(value: unknown): string | null {
	if (typeof value !== 'string' || value.trim() === '') return null;
	// A value of a …Utc field without a zone is UTC.
	const zoned = /(z|[+-]\d\d:?\d\d)$/i.test(value.trim()) ? value.trim() : `${value.trim()}Z`;
	const ms = Date.parse(zoned);
	return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** Local dates come with a misleading `Z` or without [O]: passed on without one, never calculated as UTC. */
export function local(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value.trim().replace(/z$/i, '') : null;
}

export function text(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A count; 0 and less count as not stated, for the vendor does not say what they mean [?]. */
export function count(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

export function flag(value: unknown): boolean | null {
	return typeof value === 'boolean' ? value : null;
}

export function isRecord(value: unknown): value is VendorRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names under which Nexudus echoes a session: a profile carries the caller's own bearer [D]. */
const SECRET = /^(access|refresh)_?token$/i;

/** The vendor's record for the output: as it is, without anything that opens a session. */
export function asOutput(record: VendorRecord): IDataObject {
	return withoutSecrets(record) as IDataObject;
}

function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (!isRecord(value)) return value;
	const kept = Object.entries(value).filter(([name]) => !SECRET.test(name));
	return Object.fromEntries(kept.map(([name, inner]) => [name, withoutSecrets(inner)]));
}
