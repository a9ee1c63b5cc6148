import type { Sandbox } from '../../sandbox/createSandbox';
import type { Readings } from '../../sandbox/vendor/readings';
import type { RouteKind } from '../../sandbox/vendor/routes';
import type { WriteOperation } from '../../sandbox/vendor/world';
import type { FaultRule } from '../../sandbox/wire/faults';
import { CYCLES } from './faultCase';
import type { Fate } from './portalNames';

/** Where a fault is arranged: one stand-in, used by one case at a time. */
export interface Site {
	sandbox: Sandbox;
	operation: WriteOperation;
	/** The contract that the fault strikes. */
	contractId: number;
	/** The route of the write. */
	write: RouteKind;
	/**
	 * Orders faults, where a route is about a contract for this one; one of them at least must
	 * strike in the first call.
	 */
	order(...faults: FaultRule[]): void;
	/** Runs once, when all has been read and the write is about to leave. */
	beforeWrite(act: () => void): void;
	/** Runs once, at the first connection after the write has arrived. */
	afterWrite(act: () => void): void;
	/** What becomes of each connection, asked just before it is made; it must fail once. */
	connection(fate: () => Fate | undefined): void;
	/** Somebody else changes the contract now. */
	otherHand(act: (hand: Sandbox['otherHand']) => void): void;
	/** Requests about the contract that have arrived. */
	arrived(route: RouteKind): number;
	/** What must have come about in the first call; else the fault did not strike. */
	expect(what: string, holds: () => boolean): void;
}

export interface Fault {
	name: string;
	group: 'none' | 'write' | 'read before' | 'read after' | 'session' | 'other hand' | 'delivery';
	arrange(site: Site): void;
	settings?: Record<string, number>;
	readings?: Partial<Readings>;
	/** After so many ms a write that was given up has acted; then the call is made once more. */
	lateMs?: number;
	/**
	 * Another hand works against the first effect: a call that follows a report of just that may
	 * make a second one.
	 */
	undone?: true;
	/** Another hand changes the contract: its cycles are no longer ours alone. */
	hand?: true;
	/** The call arrives twice at the same time. */
	twice?: true;
	/** n8n's own Retry On Fail is on. */
	retryOnFail?: true;
	/** No other operation meets it. */
	only?: WriteOperation;
	/** Only an operator meets it. */
	way?: 'operator';
	/** Also run for six contracts in one call, or only so. */
	bulk?: true | 'only';
}

/** Time limit in ms of the calls that a row holds up; no other call has a limit worth mentioning. */
const SHORT = 500;
const shortWrite = { settings: { writeTimeout: SHORT } };
const shortRead = { settings: { timeout: SHORT } };
/** Well after the call that gave its write up has ended and the next one has begun. */
const LATE = 4 * SHORT;
/** Server errors for every read of one route. */
const ALWAYS = Infinity;

type Rest = Omit<Fault, 'name' | 'group' | 'arrange'>;
type Strike = FaultRule extends infer R ? (R extends unknown ? Omit<R, 'route'> : never) : never;

/** Strikes the write, once unless `times` says otherwise. */
const write = (name: string, strike: Strike, rest: Rest = {}): Fault => ({
	name: `write: ${name}`,
	group: 'write',
	arrange: (site) => site.order({ ...strike, route: site.write } as FaultRule),
	...rest,
});

/** Strikes the reads before the write. */
const before = (name: string, strike: Strike, rest: Rest = {}): Fault => ({
	name: `read before: ${name}`,
	group: 'read before',
	arrange: (site) => {
		site.order(
			...(['contract', 'meta'] as const).map((route) => ({ ...strike, route }) as FaultRule),
		);
	},
	...rest,
});

/** Strikes every read after the write has arrived, and by `first` also the write itself. */
const after = (name: string, strike: Strike, first?: Strike, rest: Rest = {}): Fault => ({
	name: `read after: ${name}`,
	group: 'read after',
	arrange: (site) => {
		if (first) site.order({ ...first, route: site.write } as FaultRule);
		site.beforeWrite(() => {
			site.order(
				...(['contract', 'meta', 'list'] as const).map(
					(route) => ({ times: ALWAYS, ...strike, route }) as FaultRule,
				),
			);
		});
	},
	...rest,
});

const status = (code: number, more: Partial<Extract<FaultRule, { kind: 'status' }>> = {}): Strike =>
	({ kind: 'status', status: code, ...more }) as Strike;

const retryIn = (value: string) => ({ headers: { 'retry-after': value } });
const inASecond = () => new Date(Date.now() + 1_000).toUTCString();
const page = { body: '<html><body>Bad gateway</body></html>' };
const asPage = { headers: { 'content-type': 'text/html' } };
const asJson = { 'content-type': 'application/json; charset=utf-8' };

/** A row without a fault in the way: it says something only where a change was made. */
const changes = (site: Site) =>
	site.expect('a change was made', () => site.sandbox.committed.length > 0);

/** The rows of the matrix. */
export const faults: readonly Fault[] = [
	{ name: 'no fault', group: 'none', arrange: changes, bulk: true },

	// The write never leaves.
	...(
		[
			['connection refused once', 'nobodyListens', 1],
			['connection refused for long', 'nobodyListens', ALWAYS],
			['name not found once', 'notFound', 1],
			['name not found any more', 'notFound', ALWAYS],
		] as Array<[string, Fate, number]>
	).map(([name, fate, times]): Fault => ({
		name: `write: ${name}`,
		group: 'write',
		arrange: (site) => {
			let left = 0;
			site.beforeWrite(() => (left = times));
			site.connection(() => (left-- > 0 ? fate : undefined));
		},
	})),

	// The reply to the write is lost, or says nothing about it.
	write('connection closed without a word', { kind: 'refuse' }),
	write('reset before commit', { kind: 'resetBeforeCommit' }, { bulk: true }),
	write('reset after commit', { kind: 'resetAfterCommit' }, { bulk: true }),
	write('reset before commit, always', { kind: 'resetBeforeCommit', times: ALWAYS }),
	write('stall, never committed', { kind: 'stall', commit: 'never' }, shortWrite),
	write(
		'stall, committed at once',
		{ kind: 'stall', commit: 'before' },
		{ ...shortWrite, bulk: true },
	),
	write(
		'stall, committed late',
		{ kind: 'stall', commit: 'after', ms: LATE },
		{ ...shortWrite, lateMs: LATE, bulk: true },
	),
	write('stall, then closed', { kind: 'stall', commit: 'never', ms: 40 }),
	write('drip without end', { kind: 'drip', ms: 5 }, shortWrite),
	write('drip that ends well', { kind: 'drip', ms: 1, bytes: 20 }),
	write('half a body', { kind: 'halfBody' }, { bulk: true }),
	write('500 before commit', status(500), { bulk: true }),
	write('500 after commit', status(500, { commit: true }), { bulk: true }),
	write('500 always', status(500, { times: ALWAYS })),
	write('500 JSON before commit', status(500, { body: '{"Message":"Oops"}', headers: asJson })),
	write('502 page before commit', status(502, { ...page, ...asPage })),
	write('502 page after commit', status(502, { ...page, ...asPage, commit: true })),
	write('503 before commit', status(503)),
	write('503 with Retry-After, after commit', status(503, { ...retryIn('1'), commit: true })),
	write('504 before commit', status(504)),
	write('504, committed late', status(504, { commitAfter: LATE }), { lateMs: LATE }),
	write('408 after commit', status(408, { commit: true })),
	write('200 page before commit', { kind: 'html' }, { bulk: true }),
	write('200 page after commit', { kind: 'html', commit: true }),
	write('broken JSON before commit', { kind: 'badJson', commit: false }),
	write('broken JSON after commit', { kind: 'badJson' }),

	// The vendor says no.
	write('redirect 301', { kind: 'redirect', status: 301 }),
	write('redirect 302', { kind: 'redirect', status: 302 }, { bulk: true }),
	write('redirect 303', { kind: 'redirect', status: 303 }),
	write('redirect 307', { kind: 'redirect', status: 307 }),
	write('redirect 308', { kind: 'redirect', status: 308 }),
	write('200 with WasSuccessful false', { kind: 'wasSuccessfulFalse' }),
	write('400 text', status(400, { body: 'PauseNotPossible' }), { bulk: true }),
	write('400 JSON', status(400, { body: '{"Message":"PauseNotPossible"}', headers: asJson })),
	write('400 empty', status(400)),
	write('403', status(403)),
	write('404', status(404)),
	write('409 without Retry-After', status(409)),
	write('410', status(410)),
	write('422', status(422)),

	// The vendor says: later.
	write('409 with Retry-After 1', status(409, retryIn('1')), { bulk: true }),
	write('429 with Retry-After 1', status(429, retryIn('1')), { bulk: true }),
	{
		name: 'write: 429 with Retry-After as a date',
		group: 'write',
		arrange: ({ order, write: route }) =>
			order({ kind: 'status', status: 429, ...retryIn(inASecond()), route }),
	},
	write('429 with Retry-After in the past', status(429, retryIn('Mon, 01 Jan 2024 00:00:00 GMT'))),
	write('429 with Retry-After that is no time', status(429, retryIn('soon'))),
	write('409 with Retry-After that is no time', status(409, retryIn('soon'))),
	write('429 without Retry-After', status(429)),
	write('429 with Retry-After of a day', status(429, retryIn('86400'))),
	write('409 with Retry-After of a day', status(409, retryIn('86400'))),
	write('429 always', status(429, { times: ALWAYS })),
	...([409, 429] as const).map((code): Fault => ({
		name: `vendor's own throttle, ${code}`,
		group: 'write',
		arrange: ({ sandbox, expect }) => {
			sandbox.throttle.set({ requestsPerMinute: 3, windowMs: 1_000 });
			expect('a request was throttled', () => sandbox.requests.some(({ throttled }) => throttled));
		},
		readings: { throttleStatus: code },
		settings: { maxThrottleWait: 10_000 },
	})),

	// The vendor says yes, each in its own way.
	write('slow but well', { kind: 'slowButOk', ms: 80 }),
	write('late but well', { kind: 'delay', ms: 80 }),
	...(['empty', 'confirmation', '204'] as const).map((writeReply): Fault => ({
		name: `write: accepted with ${writeReply}`,
		group: 'write',
		arrange: changes,
		readings: { writeReply },
	})),
	write('accepted, and nothing done', status(200)),

	// The session.
	write('401 once', status(401), { group: 'session', bulk: true } as Rest),
	write('401 always', status(401, { times: ALWAYS }), { group: 'session' } as Rest),
	{
		name: 'session expires before the write',
		group: 'session',
		arrange: (site) => site.beforeWrite(() => site.sandbox.expireSessions()),
	},
	{
		name: 'session expires before the write, and sign-in fails',
		group: 'session',
		arrange: (site) =>
			site.beforeWrite(() => {
				site.sandbox.expireSessions();
				site.order({ kind: 'status', status: 500, route: 'token', times: ALWAYS });
			}),
	},
	{
		name: 'sign-in answers with a page',
		group: 'session',
		arrange: ({ order }) => order({ kind: 'html', route: 'token' }),
	},
	{
		name: 'sign-in is reset',
		group: 'session',
		arrange: ({ order }) => order({ kind: 'resetBeforeCommit', route: 'token' }),
		bulk: true,
	},
	// The steps between an operator's session and the member's.
	...(['impersonate', 'exchange'] as const).flatMap((route) =>
		(
			[
				['reset before commit', { kind: 'resetBeforeCommit' }],
				['reset after commit', { kind: 'resetAfterCommit' }],
				['stall', { kind: 'stall', commit: 'before' }],
				['500 always', status(500, { times: ALWAYS })],
				['200 page', { kind: 'html' }],
				['broken JSON', { kind: 'badJson' }],
				['400 always', status(400, { times: ALWAYS })],
				['401 once', status(401)],
				['401 always', status(401, { times: ALWAYS })],
				['404', status(404)],
				['409 with Retry-After 1', status(409, retryIn('1'))],
				['redirect 302', { kind: 'redirect', status: 302 }],
			] as Array<[string, Strike]>
		).map(([name, strike]): Fault => ({
			name: `${route}: ${name}`,
			group: 'session',
			way: 'operator',
			arrange: ({ order }) => order({ ...strike, route } as FaultRule),
			...(strike.kind === 'stall' && shortRead),
		})),
	),
	...(['impersonate', 'exchange'] as const).map((route): Fault => ({
		name: `session expires before the write, and ${route} fails`,
		group: 'session',
		way: 'operator',
		arrange: (site) =>
			site.beforeWrite(() => {
				site.sandbox.expireSessions();
				site.order({ kind: 'status', status: 500, route, times: ALWAYS });
			}),
	})),
	{
		name: "the write is lost, and the member's session cannot be opened again",
		group: 'session',
		way: 'operator',
		arrange: (site) => {
			site.order({ kind: 'resetAfterCommit', route: site.write });
			site.afterWrite(() => {
				site.sandbox.expireSessions();
				site.order({ kind: 'status', status: 400, route: 'exchange', times: ALWAYS });
			});
		},
	},
	before('401 once', status(401), { group: 'session' } as Rest),
	before('401 always', status(401, { times: ALWAYS }), { group: 'session' } as Rest),

	// Reads before the write.
	{
		name: 'read before: name never found',
		group: 'read before',
		arrange: (site) => site.connection(() => 'notFound'),
	},
	{
		name: 'read before: connection refused twice',
		group: 'read before',
		arrange: (site) => {
			const { signIns } = site.sandbox;
			const earlier = signIns.length;
			let left = 2;
			site.connection(() => (signIns.length > earlier && left-- > 0 ? 'nobodyListens' : undefined));
		},
	},
	before('reset', { kind: 'resetBeforeCommit' }),
	before('reset always', { kind: 'resetBeforeCommit', times: ALWAYS }),
	before('stall', { kind: 'stall', commit: 'never' }, shortRead),
	before('drip without end', { kind: 'drip', ms: 5 }, shortRead),
	before('half a body', { kind: 'halfBody' }),
	before('500 always', status(500, { times: ALWAYS })),
	before('502 page', status(502, { ...page, ...asPage })),
	before('200 page always', { kind: 'html', times: ALWAYS }),
	before('broken JSON', { kind: 'badJson' }),
	before('empty 200', status(200)),
	before('an empty record', status(200, { body: '{}', headers: asJson })),
	before('204', status(204)),
	before('redirect 302', { kind: 'redirect', status: 302 }),
	before('403', status(403)),
	before('404', status(404)),
	before('429 with Retry-After 1', status(429, retryIn('1'))),
	before('409 with Retry-After of a day', status(409, retryIn('86400'))),

	// Reads after the write.
	after('500 always', status(500)),
	after('500 once', status(500, { times: 1 })),
	after('stall', { kind: 'stall', commit: 'never' }, undefined, shortRead),
	after('half a body, once', { kind: 'halfBody', times: 1 }),
	after('200 page always', { kind: 'html' }),
	after('broken JSON once', { kind: 'badJson', times: 1 }),
	after('401 always', status(401)),
	after('404 always', status(404)),
	after('429 with Retry-After of a day', status(429, retryIn('86400'))),
	after('reset after commit, then 500 always', status(500), { kind: 'resetAfterCommit' }),
	after('reset before commit, then 500 always', status(500), { kind: 'resetBeforeCommit' }),
	after(
		'500 after commit, then 500 twice',
		status(500, { times: 2 }),
		status(500, { commit: true }),
	),
	after('reset after commit, then 401 always', status(401), { kind: 'resetAfterCommit' }),
	after('400, then 500 always', status(500), status(400)),

	// Another hand.
	{
		name: 'another hand does it first',
		group: 'other hand',
		arrange: (site) => site.otherHand((hand) => doTheSame(site, hand)),
		hand: true,
	},
	{
		name: 'another hand does it meanwhile',
		group: 'other hand',
		arrange: (site) => site.beforeWrite(() => site.otherHand((hand) => doTheSame(site, hand))),
		hand: true,
	},
	{
		name: 'another hand does it meanwhile, and the reply is lost',
		group: 'other hand',
		arrange: (site) => {
			site.order({ kind: 'resetBeforeCommit', route: site.write });
			site.beforeWrite(() => site.otherHand((hand) => doTheSame(site, hand)));
		},
		hand: true,
	},
	{
		name: 'another hand pauses otherwise first',
		group: 'other hand',
		arrange: (site) => site.otherHand((hand) => hand.pause(site.contractId, CYCLES + 1)),
		hand: true,
	},
	{
		name: 'another hand pauses otherwise meanwhile',
		group: 'other hand',
		arrange: (site) =>
			site.beforeWrite(() => site.otherHand((hand) => hand.pause(site.contractId, CYCLES + 1))),
		undone: true,
		hand: true,
	},
	{
		name: 'another hand undoes it at once',
		group: 'other hand',
		arrange: (site) =>
			site.afterWrite(() =>
				site.otherHand((hand) =>
					site.operation === 'pause'
						? hand.resume(site.contractId)
						: hand.pause(site.contractId, 3),
				),
			),
		undone: true,
		hand: true,
	},

	// The call comes more than once.
	{
		name: 'delivered twice at the same time',
		group: 'delivery',
		arrange: changes,
		twice: true,
		bulk: true,
	},
	{
		name: 'delivered twice, reset after commit',
		group: 'delivery',
		arrange: (site) => site.order({ kind: 'resetAfterCommit', route: site.write }),
		twice: true,
		bulk: true,
	},
	{
		name: 'Retry On Fail, 500 after commit',
		group: 'delivery',
		arrange: (site) => site.order({ kind: 'status', status: 500, commit: true, route: site.write }),
		retryOnFail: true,
	},
	{
		name: 'Retry On Fail, stall committed late',
		group: 'delivery',
		arrange: (site) => site.order({ kind: 'stall', commit: 'after', ms: LATE, route: site.write }),
		retryOnFail: true,
		...shortWrite,
		lateMs: LATE,
	},

	// Reads that many items share.
	...(
		[
			['reset once', { kind: 'resetBeforeCommit' }],
			['stall', { kind: 'stall', commit: 'never' }],
			['500 always', status(500, { times: ALWAYS })],
			['200 page always', { kind: 'html', times: ALWAYS }],
			['broken JSON', { kind: 'badJson' }],
			['empty list', status(200, { body: '[]', headers: asJson })],
			['404', status(404, { times: ALWAYS })],
			['401 once', status(401)],
			['429 with Retry-After 1', status(429, retryIn('1'))],
			['500 after the writes', status(500, { skip: 1, times: ALWAYS })],
			['empty list after the writes', status(200, { body: '[]', headers: asJson, skip: 1 })],
		] as Array<[string, Strike]>
	).map(([name, strike]): Fault => ({
		name: `list: ${name}`,
		group: 'read before',
		arrange: ({ order }) => order({ ...strike, route: 'list' } as FaultRule),
		...(strike.kind === 'stall' && shortRead),
		bulk: 'only',
	})),
	...(
		[
			['500 always', status(500, { times: ALWAYS })],
			['stall', { kind: 'stall', commit: 'never' }],
		] as Array<[string, Strike]>
	).map(([name, strike]): Fault => ({
		name: `meta of a price plan: ${name}`,
		group: 'read before',
		// A resume reads no price plan; a pause asks about it by whichever contract comes first.
		only: 'pause',
		arrange: ({ order }) =>
			order({ ...strike, route: 'meta', contractId: undefined } as unknown as FaultRule),
		...(strike.kind === 'stall' && shortRead),
		bulk: 'only',
	})),
];

function doTheSame({ operation, contractId }: Site, hand: Sandbox['otherHand']): void {
	if (operation === 'pause') hand.pause(contractId, CYCLES);
	else hand.resume(contractId);
}
