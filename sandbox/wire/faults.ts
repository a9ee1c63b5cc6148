import type { RouteKind } from '../vendor/route';

/** Which requests a fault strikes. */
export interface Strikes<Kind extends string> {
	route: Kind | 'any';
	/** How many requests it strikes; 1 unless given, `Infinity` for all. */
	times?: number;
	/** How many matching requests pass before it strikes. */
	skip?: number;
}

/**
 * What goes wrong. "Committed" means that the vendor carries the request out.
 *
 * - `refuse`: the connection is closed without a word, not committed.
 * - `thenRefuse`: the request is answered as usual, but from before that answer until `ms` later
 *   nothing listens, so that the client's next connection is refused (ECONNREFUSED).
 * - `resetBeforeCommit`, `resetAfterCommit`: a TCP reset.
 * - `stall`: nothing is said. Commits at once (`before`), after `ms` (`after`) or `never`. With
 *   `ms` the wait ends: with the usual reply, or for `never` with a closed connection.
 * - `drip`: committed; the whole reply, status line first, one byte every `ms`. With `bytes` the
 *   body is filled up with blanks to that many bytes and ends well; without, it never ends.
 * - `halfBody`: committed; half of the body that `Content-Length` promises, then closed.
 * - `redirect`: not committed.
 * - `status`: this status, body and headers; committed when `commit` says so, or `commitAfter` ms
 *   after the answer, as behind a gateway that has given up.
 * - `html`: a web page with `status` (200); committed when `commit` says so.
 * - `delay`: waits `ms`, then does everything as usual.
 * - `slowButOk`: commits at once and answers as usual after `ms`.
 * - `wasSuccessfulFalse`: 200 with `WasSuccessful: false`, not committed.
 * - `badJson`: 200 with broken JSON, committed unless `commit` is false.
 */
export type Fault =
	| { kind: 'refuse' }
	| { kind: 'thenRefuse'; ms: number }
	| { kind: 'resetBeforeCommit' }
	| { kind: 'resetAfterCommit' }
	| { kind: 'stall'; commit: 'before' | 'never'; ms?: number }
	| { kind: 'stall'; commit: 'after'; ms: number }
	| { kind: 'drip'; ms: number; bytes?: number }
	| { kind: 'halfBody' }
	| { kind: 'redirect'; status: 301 | 302 | 303 | 307 | 308; location?: string }
	| {
			kind: 'status';
			status: number;
			body?: string;
			headers?: Record<string, string>;
			commit?: boolean;
			commitAfter?: number;
	  }
	| { kind: 'html'; status?: number; commit?: boolean }
	| { kind: 'delay'; ms: number }
	| { kind: 'slowButOk'; ms: number }
	| { kind: 'wasSuccessfulFalse' }
	| { kind: 'badJson'; commit?: boolean };

export type FaultRule = Strikes<RouteKind> & {
	/** Only requests about this contract. */
	contractId?: number;
	/** Only requests that name this coworker. */
	coworkerId?: number;
	/** Only requests about the record with this id in its address, such as a pause period. */
	recordId?: number;
} & Fault;

export const faultKinds = [
	'refuse',
	'thenRefuse',
	'resetBeforeCommit',
	'resetAfterCommit',
	'stall',
	'drip',
	'halfBody',
	'redirect',
	'status',
	'html',
	'delay',
	'slowButOk',
	'wasSuccessfulFalse',
	'badJson',
] as const satisfies ReadonlyArray<Fault['kind']>;

/** The faults that were ordered and have not struck yet. */
export class FaultOrders<Rule extends Strikes<string> & Fault = FaultRule> {
	private orders: Array<{ rule: Rule; skip: number; left: number }> = [];

	/** Throws an `Error` when the kind is unknown. */
	order(rule: Rule): void {
		if (!faultKinds.includes(rule.kind)) {
			throw new Error(`There is no fault "${rule.kind}"; there are: ${faultKinds.join(', ')}`);
		}
		this.orders.push({ rule, skip: rule.skip ?? 0, left: rule.times ?? 1 });
	}

	clear(): void {
		this.orders = [];
	}

	/** Rules that still wait, oldest first. */
	pending(): Rule[] {
		return this.orders.map(({ rule, left }) => ({ ...rule, times: left }));
	}

	/**
	 * Takes the fault that strikes this request, the one ordered first.
	 * @param isMeant whether a rule means what the request is about
	 */
	take(route: string, isMeant: (rule: Rule) => boolean): Rule | undefined {
		for (const order of this.orders) {
			const { rule } = order;
			if (rule.route !== 'any' && rule.route !== route) continue;
			if (!isMeant(rule)) continue;
			if (order.skip > 0) {
				order.skip--;
				continue;
			}
			order.left--;
			if (order.left <= 0) this.orders = this.orders.filter((other) => other !== order);
			return rule;
		}
		return undefined;
	}
}
