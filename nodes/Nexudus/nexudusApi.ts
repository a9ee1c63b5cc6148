import type { HttpRequest } from '../../guarded-change/change';

/** JSON or HTML is chosen by Accept: without it a web page may come back (developers.nexudus.com, about the public API [D]). */
export const ACCEPT_JSON = { Accept: 'application/json' };
export const SEND_JSON = { ...ACCEPT_JSON, 'Content-Type': 'application/json' };

/**
 * Every request that the node sends to Nexudus; nothing else builds a URL.
 * @param portal origin of the space's portal, without trailing slash
 */
export function nexudusApi(portal: string) {
	const billing = `${portal}/api/public/billing/coworkerContracts`;
	const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: ACCEPT_JSON });
	const put = (url: string, body: object): HttpRequest => ({
		method: 'PUT',
		url,
		headers: SEND_JSON,
		body: JSON.stringify(body),
	});

	return {
		/** Contracts of the customer, with their pause fields. Seen in portal traffic, not documented [O]. */
		contracts: (page: number) => get(page > 1 ? `${billing}?page=${page}` : billing),
		/** learn.nexudus.com, my-plans [D]: an array, `Records` or `Contracts`, by which part of the page one reads. */
		myPlans: () => get(`${portal}/api/public/plans/my`),
		/** learn.nexudus.com, contract-details [D] */
		contract: (id: number) => get(`${billing}/${id}`),
		/** learn.nexudus.com, contract-pause-meta [D] */
		pauseMeta: (id: number) => get(`${billing}/${id}/pause/meta`),
		/** learn.nexudus.com, contract-pause-bookings [D]. It counts for the whole customer: there is no contract id. */
		affectedBookings: (startUtc: string, endUtc: string) =>
			get(
				`${billing}/pause/bookings?start=${encodeURIComponent(startUtc)}&end=${encodeURIComponent(endUtc)}`,
			),
		/** learn.nexudus.com, contract-pause [D] */
		pause: (id: number, cycles: number) =>
			put(`${billing}/v2/${id}/pause`, { PauseCycles: cycles }),
		/** learn.nexudus.com, contract-resume [D]. No body is needed; the portal sends an empty object. */
		resume: (id: number, immediate: boolean) =>
			put(`${billing}/v2/${id}/resume?immediate=${immediate}`, {}),
		/**
		 * learn.nexudus.com, exchange-jwt [D]: no authentication, no body. The client id keeps the
		 * member's own sessions: under their e-mail the new one would take the place of another [I].
		 */
		exchange: (token: string, minutes: number, clientId: string): HttpRequest => ({
			method: 'POST',
			url: `${portal}/api/sys/users/exchange?token=${encodeURIComponent(token)}&validForInMinutes=${minutes}`,
			headers: { ...ACCEPT_JSON, client_id: clientId },
		}),
		/** developers.nexudus.com, list-profiles [D]. Without `_shape` it would echo the bearer token. */
		profiles: () =>
			get(
				`${portal}/api/public/coworkers/profiles?_shape=User.Id,User.FullName,DefaultBusiness.Name,` +
					'Profiles.Id,Profiles.FullName,Profiles.IsDefaultProfile',
			),
	};
}

export type NexudusApi = ReturnType<typeof nexudusApi>;
