import type { HttpRequest } from '../../guarded-change/change';

const ACCEPT_JSON = { Accept: 'application/json' };
const SEND_JSON = { ...ACCEPT_JSON, 'Content-Type': 'application/json' };

/** Rows asked for in one page; the vendor's own default is 25, its limit is not documented [?]. */
const PAGE_SIZE = 500;

/** Ids in one batch: they all stand in the URL. */
export const BATCH_SIZE = 100;

export type ListFilters = Record<string, string | number | boolean>;

/**
 * Every request that the node sends to the admin REST API; nothing else builds a URL of it.
 * developers.nexudus.com, rest-api [D]. There is no PATCH: a record is read and put back whole.
 * @param origin of the admin API, without trailing slash
 */
export function adminApi(origin: string) {
	const periods = `${origin}/api/billing/contractpausedperiods`;
	const contracts = `${origin}/api/billing/coworkercontracts`;
	const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: ACCEPT_JSON });
	const send = (method: 'POST' | 'PUT', url: string, body: object): HttpRequest => ({
		method,
		url,
		headers: SEND_JSON,
		body: JSON.stringify(body),
	});

	return {
		/** get-contractpausedperiods [D] */
		periods: (page: number, filters: ListFilters) => get(listUrl(periods, page, filters)),
		/** get-contractpausedperiods-by-id [D] */
		period: (id: number) => get(`${periods}/${id}`),
		/** Known of contracts [D], taken as a family [I]. */
		periodBatch: (ids: readonly number[]) => get(batchUrl(periods, ids)),
		/** post-contractpausedperiods [D] */
		createPeriod: (record: object) => send('POST', periods, record),
		/** put-contractpausedperiods [D]: the id stands in the body; fields left out are cleared. */
		updatePeriod: (record: object) => send('PUT', periods, record),
		/** That it can be deleted is documented [D], the path is not [I]. */
		deletePeriod: (id: number): HttpRequest => ({
			method: 'DELETE',
			url: `${periods}/${id}`,
			headers: ACCEPT_JSON,
		}),
		/** get-coworkercontracts [D] */
		contracts: (page: number, filters: ListFilters) => get(listUrl(contracts, page, filters)),
		/** get-coworkercontracts-by-id [D] */
		contract: (id: number) => get(`${contracts}/${id}`),
		/** get-coworkercontracts-batch [D] */
		contractBatch: (ids: readonly number[]) => get(batchUrl(contracts, ids)),
		/** One row of get-coworkers-commands [D]: what the credential's test reads. */
		anyCoworker: () => get(`${origin}/api/spaces/coworkers?page=1&size=1`),
		/** get-businesses-by-id [D] */
		location: (id: number) => get(`${origin}/api/sys/businesses/${id}`),
	};
}

export type AdminApi = ReturnType<typeof adminApi>;

/** Whether `dir=1` ascends is documented both ways [D conflict]: an order by id is whole in either. */
function listUrl(path: string, page: number, filters: ListFilters): string {
	const query = { ...filters, orderBy: 'Id', dir: 1, size: PAGE_SIZE, page };
	const parts = Object.entries(query).map(
		([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
	);
	return `${path}?${parts.join('&')}`;
}

function batchUrl(path: string, ids: readonly number[]): string {
	return `${path}/?id=[${ids.join(',')}]`;
}
