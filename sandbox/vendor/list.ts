import type { Readings } from './readings';

interface Paging {
	page: number;
	size: number;
}

/** developers.nexudus.com overview, `page` from 1, `size` 25 unless asked otherwise [D]. */
export function pagingOf(query: URLSearchParams): Paging | undefined {
	if (!query.has('page') && !query.has('size')) return undefined;
	const number = (name: string, fallback: number) => {
		const value = Number(query.get(name));
		return Number.isInteger(value) && value > 0 ? value : fallback;
	};
	return { page: number('page', 1), size: number('size', 25) };
}

/**
 * The list's envelope. Only `Records`, the general `ApiListResult`, has pages; without `page` and
 * `size` everything comes on one page [I].
 */
export function listEnvelope<Row>(
	items: readonly Row[],
	shape: Readings['listShape'],
	toRecord: (item: Row) => unknown,
	paging: Paging | undefined,
): unknown {
	if (shape === 'array') return items.map(toRecord);
	if (shape === 'Contracts') return { Contracts: items.map(toRecord) };
	const { page, size } = paging ?? { page: 1, size: Math.max(items.length, 1) };
	const first = (page - 1) * size;
	const records = items.slice(first, first + size).map(toRecord);
	const pages = Math.max(1, Math.ceil(items.length / size));
	return {
		Records: records,
		CurrentPage: page,
		CurrentPageSize: size,
		CurrentOrderField: 'Id',
		CurrentSortDirection: 1,
		FirstItem: records.length ? first + 1 : 0,
		LastItem: first + records.length,
		HasNextPage: page < pages,
		HasPreviousPage: page > 1,
		PageNumber: page,
		PageSize: size,
		TotalItems: items.length,
		TotalPages: pages,
	};
}
