import type { HttpRequest } from '../../../guarded-change/change';
import { ACCEPT_JSON } from '../nexudusApi';

/** Customers on one page of the list field. */
export const COWORKERS_PER_PAGE = 25;

/**
 * Requests to the admin API, in the operator's session.
 * @param admin origin of the admin API, without trailing slash
 */
export function adminApi(admin: string) {
	const get = (path: string): HttpRequest => ({
		method: 'GET',
		url: `${admin}${path}`,
		headers: ACCEPT_JSON,
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
	};
}
