import { CONTRACT_OPERATIONS } from './faultCase';
import type { Fault } from './fault';
import { periodFaults } from './periodFaults';
import type { FaultRule } from '../../sandbox/wire/faults';
import type { Fate } from './portalNames';
import {
	after,
	ALWAYS,
	asJson,
	asPage,
	before,
	changes,
	inASecond,
	LATE,
	ON_READS,
	ON_SHARED_READS,
	ON_SHARED_READS_AFTER,
	page,
	read,
	retryIn,
	shortRead,
	shortWrite,
	status,
	write,
	type Strike,
} from './strikes';

const OF_MEMBERS = { group: 'session', way: 'operator', only: CONTRACT_OPERATIONS } as const;

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
		arrange: ({ sandbox, expect, write: route }) => {
			// A single deletion takes three requests.
			const requestsPerMinute = route === 'deletePeriod' ? 2 : 3;
			sandbox.throttle.set({ requestsPerMinute, windowMs: 1_000 });
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
		only: CONTRACT_OPERATIONS,
	})),
	write('accepted, and nothing done', status(200)),

	// The session.
	write('401 once', status(401), { group: 'session', bulk: true }),
	write('401 always', status(401, { times: ALWAYS }), { group: 'session' }),
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
	{
		name: 'session expires when a write of many is done',
		group: 'session',
		arrange: (site) => site.afterWrite(() => site.sandbox.expireSessions()),
		bulk: 'only',
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
		).map(([name, strike]) => read(`${route}: ${name}`, route, strike, OF_MEMBERS)),
	),
	...(['impersonate', 'exchange'] as const).map((route): Fault => ({
		name: `session expires before the write, and ${route} fails`,
		...OF_MEMBERS,
		arrange: (site) =>
			site.beforeWrite(() => {
				site.sandbox.expireSessions();
				site.order({ kind: 'status', status: 500, route, times: ALWAYS });
			}),
	})),
	{
		name: "the write is lost, and the member's session cannot be opened again",
		...OF_MEMBERS,
		arrange: (site) => {
			site.order({ kind: 'resetAfterCommit', route: site.write });
			site.afterWrite(() => {
				site.sandbox.expireSessions();
				site.order({ kind: 'status', status: 400, route: 'exchange', times: ALWAYS });
			});
		},
	},
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
	...ON_READS.map(([name, strike, rest]) => before(name, strike, rest)),

	// Reads after the write.
	after('500 always', status(500)),
	after('500 once', status(500, { times: 1 })),
	after('stall', { kind: 'stall', commit: 'never' }, undefined, shortRead),
	after('half a body, once', { kind: 'halfBody', times: 1 }),
	after('200 page always', { kind: 'html' }),
	after('broken JSON once', { kind: 'badJson', times: 1 }),
	after('401 always', status(401)),
	after('404 always', status(404), undefined, { conceals: true }),
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
		arrange: (site) => site.otherHand((hand) => hand.same()),
		hand: true,
	},
	{
		name: 'another hand does it meanwhile',
		group: 'other hand',
		arrange: (site) => site.beforeWrite(() => site.otherHand((hand) => hand.same())),
		hand: true,
	},
	{
		name: 'another hand does it meanwhile, and the reply is lost',
		group: 'other hand',
		arrange: (site) => {
			site.order({ kind: 'resetBeforeCommit', route: site.write });
			site.beforeWrite(() => site.otherHand((hand) => hand.same()));
		},
		hand: true,
	},
	{
		name: 'another hand does otherwise first',
		group: 'other hand',
		arrange: (site) => site.otherHand((hand) => hand.otherwise()),
		hand: true,
	},
	{
		name: 'another hand does otherwise meanwhile',
		group: 'other hand',
		arrange: (site) => site.beforeWrite(() => site.otherHand((hand) => hand.otherwise())),
		undone: true,
		hand: true,
	},
	{
		name: 'another hand undoes it at once',
		group: 'other hand',
		arrange: (site) => site.afterWrite(() => site.otherHand((hand) => hand.undo())),
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
	...[...ON_SHARED_READS, ...ON_SHARED_READS_AFTER].map(([name, strike]) =>
		read(`list: ${name}`, 'list', strike, { only: CONTRACT_OPERATIONS, bulk: 'only' }),
	),
	...(
		[
			['500 always', status(500, { times: ALWAYS })],
			['stall', { kind: 'stall', commit: 'never' }],
		] as Array<[string, Strike]>
	).map(([name, strike]): Fault => ({
		name: `meta of a price plan: ${name}`,
		group: 'read before',
		// A resume reads no price plan; a pause asks about it by whichever contract comes first.
		only: ['pause'],
		arrange: ({ order }) => order({ ...strike, route: 'meta', contractId: undefined } as FaultRule),
		...(strike.kind === 'stall' && shortRead),
		bulk: 'only',
	})),

	...periodFaults,
];
