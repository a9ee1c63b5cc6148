import type { Readings } from '../vendor/readings';

/** One record of the admin REST API. */
export type AdminRecord = Record<string, unknown>;

type ListReadings = Pick<Readings, 'sortDirection' | 'adminFilters' | 'adminPageSize'>;

/**
 * A list of the admin REST API: filtered, sorted, one page of it, in the documented envelope.
 * developers.nexudus.com rest-api get-contractpausedperiods: `page` from 1, `size` 25, `orderBy`,
 * `dir`, filters `{Entity}_{Property}`, ranges `from_…` and `to_…` [D].
 *
 * @param row what the list shows of a record; rows are partial [D]
 */
export function adminList(
	entity: string,
	records: readonly AdminRecord[],
	query: URLSearchParams,
	readings: ListReadings,
	row: (record: AdminRecord) => AdminRecord,
): AdminRecord {
	const found =
		readings.adminFilters === 'applied' ? filtered(entity, records, query) : [...records];
	const orderBy = propertyOf(records[0], query.get('orderBy') ?? '') ?? 'Id';
	const ascending = isAscending(query.get('dir'), readings.sortDirection);
	found.sort((a, b) => compare(a[orderBy], b[orderBy]) * (ascending ? 1 : -1));

	const page = positive(query.get('page'), 1);
	const asked = positive(query.get('size'), 25);
	const size = readings.adminPageSize === 'atMost25' ? Math.min(asked, 25) : asked;
	const first = (page - 1) * size;
	const shown = found.slice(first, first + size);
	const pages = Math.max(1, Math.ceil(found.length / size));
	return {
		Records: shown.map(row),
		CurrentPage: page,
		CurrentPageSize: size,
		CurrentOrderField: orderBy,
		CurrentSortDirection: ascending ? 1 : -1,
		FirstItem: shown.length > 0 ? first + 1 : 0,
		LastItem: first + shown.length,
		TotalItems: found.length,
		TotalPages: pages,
		HasNextPage: page < pages,
		HasPreviousPage: page > 1,
	};
}

function positive(text: string | null, fallback: number): number {
	const number = Number(text);
	return Number.isInteger(number) && number > 0 ? number : fallback;
}

/** `1` ascends by one copy of the documents and descends by the other [D conflict]. */
function isAscending(dir: string | null, reading: Readings['sortDirection']): boolean {
	if (dir === null) return true;
	return (dir === '1') === (reading === 'oneAscends');
}

function compare(a: unknown, b: unknown): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return String(a ?? '').localeCompare(String(b ?? ''));
}

/** The record's own name of a property; a reference is named without its `Id`. Case does not matter [O]. */
function propertyOf(record: AdminRecord | undefined, name: string): string | undefined {
	const wanted = name.toLowerCase();
	return Object.keys(record ?? {}).find((key) =>
		[wanted, `${wanted}id`].includes(key.toLowerCase()),
	);
}

function filtered(
	entity: string,
	records: readonly AdminRecord[],
	query: URLSearchParams,
): AdminRecord[] {
	const filter = new RegExp(`^(from_|to_)?${entity}_(.+)$`, 'i');
	const tests = [...query].flatMap(([name, value]) => {
		const [, range, property] = filter.exec(name) ?? [];
		const key = property === undefined ? undefined : propertyOf(records[0], property);
		return key === undefined ? [] : [testOf(key, value, range?.toLowerCase())];
	});
	return records.filter((record) => tests.every((test) => test(record)));
}

function testOf(key: string, value: string, range?: string): (record: AdminRecord) => boolean {
	if (range === undefined) {
		return (record) => String(record[key] ?? '').toLowerCase() === value.toLowerCase();
	}
	// `YYYY-MM-DDTHH:mm`; in which zone is not documented [?], here UTC.
	const bound = Date.parse(`${value}${value.length === 16 ? ':00' : ''}Z`);
	return (record) => {
		const moment = Date.parse(String(record[key] ?? ''));
		return range === 'from_' ? moment >= bound : moment <= bound;
	};
}
