import type { HttpRequest } from '../../../guarded-change/change';
import { ACCEPT_JSON, SEND_JSON } from '../nexudusApi';

/** Customers on one page of the list field. */
const COWORKERS_PER_PAGE = 25;

/** Rows of other lists in one page; the vendor's own default is 25, its limit is not documented [?]. */
const PAGE_SIZE = 500;

/** Ids in one batch: they all stand in the URL. */
export const BATCH_SIZE = 100;

const PERIODS = '/api/billing/contractpausedperiods';
const CONTRACTS = '/api/billing/coworkercontracts';

/** Filters `{Entity}_{Property}`, ranges `from_…` and `to_…` [D]. */
export type ListFilters = Record<string, string | number | boolean>;

/**
 * Requests to the admin API, in the operator's session. There is no PATCH: a record is read and put
 * back whole (developers.nexudus.com, rest-api/overview [D]).
 * @param admin origin of the admin API, without trailing slash
 */
export function adminApi(admin: string) {
	const get = (path: string): HttpRequest => ({
		method: 'GET',
		url: `${admin}${path}`,
		headers: ACCEPT_JSON,
	});
	const send = (method: 'POST' | 'PUT', path: string, record: object): HttpRequest => ({
		method,
		url: `${admin}${path}`,
		headers: SEND_JSON,
		body: JSON.stringify(record),
	});

	return {
		/** learn.nexudus.com, impersonation-token [D]; its answer is inferred by those documents. */
		impersonate: (coworkerId: number) => get(`/api/sys/users/impersonate?coworkerId=${coworkerId}`),
		/**
		 * developers.nexudus.com, get-coworkers [D]; filters `{Entity}_{Property}` [D].
		 * @param search what to look for, in which property
		 */
		coworkers: (page: number, search?: { property: 'FullName' | 'Email'; text: string }) =>
			get(
				`/api/spaces/coworkers?page=${page}&size=${COWORKERS_PER_PAGE}` +
					(search ? `&Coworker_${search.property}=${encodeURIComponent(search.text)}` : ''),
			),
		/** get-contractpausedperiods [D] */
		periods: (page: number, filters: ListFilters) => get(listPath(PERIODS, page, filters)),
		/** get-contractpausedperiods-by-id [D] */
		period: (id: number) => get(`${PERIODS}/${id}`),
		/** Known of contracts [D], taken as a family [I]. */
		periodBatch: (ids: readonly number[]) => get(batchPath(PERIODS, ids)),
		/** post-contractpausedperiods [D] */
		createPeriod: (record: object) => send('POST', PERIODS, record),
		/** put-contractpausedperiods [D]: the id stands in the body; fields left out are cleared. */
		updatePeriod: (record: object) => send('PUT', PERIODS, record),
		/** That it can be deleted is documented [D], the path is not [I]. */
		deletePeriod: (id: number): HttpRequest => ({ ...get(`${PERIODS}/${id}`), method: 'DELETE' }),
		/** get-coworkercontracts [D] */
		contracts: (page: number, filters: ListFilters) => get(listPath(CONTRACTS, page, filters)),
		/** get-coworkercontracts-by-id [D] */
		contract: (id: number) => get(`${CONTRACTS}/${id}`),
		/** get-coworkercontracts-batch [D] */
		contractBatch: (ids: readonly number[]) => get(batchPath(CONTRACTS, ids)),
		/** get-businesses-by-id [D] */
		location: (id: number) => get(`/api/sys/businesses/${id}`),
	};
}

export type AdminApi = ReturnType<typeof adminApi>;

/** Whether `dir=1` ascends is documented both ways [D conflict]: an order by id is whole in either. */
function listPath(path: string, page: number, filters: ListFilters): string {
	const query = { ...filters, orderBy: 'Id', dir: 1, size: PAGE_SIZE, page };
	const parts = Object.entries(query).map(
		([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
	);
	return `${path}?${parts.join('&')}`;
}

function batchPath(path: string, ids: readonly number[]): string {
	return `${path}/?id=[${ids.join(',')}]`;
}
