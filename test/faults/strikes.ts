import type { RouteKind } from '../../sandbox/vendor/route';
import type { FaultRule } from '../../sandbox/wire/faults';
import { CONTRACT_OPERATIONS } from './faultCase';
import type { Fault, Site } from './fault';

/** Time limit in ms of the calls that a row holds up; no other call has a limit worth mentioning. */
const SHORT = 500;
export const shortWrite = { settings: { writeTimeout: SHORT } };
export const shortRead = { settings: { timeout: SHORT } };
/** Well after the call that gave its write up has ended and the next one has begun. */
export const LATE = 4 * SHORT;
/** Server errors for every read of one route. */
export const ALWAYS = Infinity;

export type Rest = Partial<Omit<Fault, 'name' | 'arrange'>>;
export type Strike = FaultRule extends infer R
	? R extends unknown
		? Omit<R, 'route'>
		: never
	: never;

const at = (route: RouteKind, strike: Strike) => ({ ...strike, route }) as FaultRule;

/** Strikes the write, once unless `times` says otherwise. */
export const write = (name: string, strike: Strike, rest: Rest = {}): Fault => ({
	name: `write: ${name}`,
	group: 'write',
	arrange: (site) => site.order(at(site.write, strike)),
	...rest,
});

/** Strikes the reads before the write of a contract's pause. */
export const before = (name: string, strike: Strike, rest: Rest = {}): Fault => ({
	name: `read before: ${name}`,
	group: 'read before',
	only: CONTRACT_OPERATIONS,
	arrange: (site) =>
		site.order(...(['contract', 'meta'] as const).map((route) => at(route, strike))),
	...rest,
});

/** Strikes every read after the write has arrived, and by `first` also the write itself. */
export const after = (name: string, strike: Strike, first?: Strike, rest: Rest = {}): Fault => ({
	name: `read after: ${name}`,
	group: 'read after',
	arrange: (site) => {
		if (first) site.order(at(site.write, first));
		site.beforeWrite(() => {
			site.order(...site.reads.map((route) => at(route, { times: ALWAYS, ...strike } as Strike)));
		});
	},
	...rest,
});

/** Strikes one route, whoever asks. */
export const read = (name: string, route: RouteKind, strike: Strike, rest: Rest = {}): Fault => ({
	name,
	group: 'read before',
	arrange: (site) => site.order(at(route, strike)),
	...(strike.kind === 'stall' && shortRead),
	...rest,
});

export const status = (
	code: number,
	more: Partial<Extract<FaultRule, { kind: 'status' }>> = {},
): Strike => ({ kind: 'status', status: code, ...more }) as Strike;

export const retryIn = (value: string) => ({ headers: { 'retry-after': value } });
export const inASecond = () => new Date(Date.now() + 1_000).toUTCString();
export const page = { body: '<html><body>Bad gateway</body></html>' };
export const asPage = { headers: { 'content-type': 'text/html' } };
export const asJson = { 'content-type': 'application/json; charset=utf-8' };

/** What may become of one read before the write. */
export const ON_READS: ReadonlyArray<readonly [string, Strike, Rest?]> = [
	['reset', { kind: 'resetBeforeCommit' }],
	['reset always', { kind: 'resetBeforeCommit', times: ALWAYS }],
	['stall', { kind: 'stall', commit: 'never' }, shortRead],
	['drip without end', { kind: 'drip', ms: 5 }, shortRead],
	['half a body', { kind: 'halfBody' }],
	['500 always', status(500, { times: ALWAYS })],
	['502 page', status(502, { ...page, ...asPage })],
	['200 page always', { kind: 'html', times: ALWAYS }],
	['broken JSON', { kind: 'badJson' }],
	['empty 200', status(200)],
	['an empty record', status(200, { body: '{}', headers: asJson })],
	['204', status(204)],
	['redirect 302', { kind: 'redirect', status: 302 }],
	['403', status(403)],
	['404', status(404), { conceals: true }],
	['429 with Retry-After 1', status(429, retryIn('1'))],
	['409 with Retry-After of a day', status(409, retryIn('86400'))],
	['401 once', status(401), { group: 'session' }],
	['401 always', status(401, { times: ALWAYS }), { group: 'session' }],
];

/** What may become of one read that many items share. */
export const ON_SHARED_READS: ReadonlyArray<readonly [string, Strike]> = [
	['reset once', { kind: 'resetBeforeCommit' }],
	['stall', { kind: 'stall', commit: 'never' }],
	['500 always', status(500, { times: ALWAYS })],
	['200 page always', { kind: 'html', times: ALWAYS }],
	['broken JSON', { kind: 'badJson' }],
	['empty list', status(200, { body: '[]', headers: asJson })],
	['404', status(404, { times: ALWAYS })],
	['401 once', status(401)],
	['429 with Retry-After 1', status(429, retryIn('1'))],
];

/** Reads after the writes that many items share. */
export const ON_SHARED_READS_AFTER: ReadonlyArray<readonly [string, Strike]> = [
	['500 after the writes', status(500, { skip: 1, times: ALWAYS })],
	['empty list after the writes', status(200, { body: '[]', headers: asJson, skip: 1 })],
];

/** A row without a fault in the way: it says something only where a change was made. */
export const changes = (site: Site) =>
	site.expect('a change was made', () => site.sandbox.committed.length > 0);
