/** A record as a vendor sends it: any of its fields may be missing, or of another type. */
export type VendorRecord = Record<string, unknown>;

/** An object with names, not a list. Pure. */
export function isRecord(value: unknown): value is VendorRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** ISO 8601 UTC with milliseconds, whatever the vendor's notation; one without a zone is UTC. Null for no date. Pure. */
export function utc(value: unknown): string | null {
	if (typeof value !== 'string' || value.trim() === '') return null;
	const text = value.trim();
	const ms = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
	return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** The same value without the fields of these names, however deep they stand. Pure. */
export function withoutFields(value: unknown, names: RegExp): unknown {
	if (Array.isArray(value)) return value.map((one) => withoutFields(one, names));
	if (!isRecord(value)) return value;
	const kept = Object.entries(value).filter(([name]) => !names.test(name));
	return Object.fromEntries(kept.map(([name, inner]) => [name, withoutFields(inner, names)]));
}
