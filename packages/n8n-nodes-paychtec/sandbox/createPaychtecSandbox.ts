import type { FastifyReply, FastifyRequest } from 'fastify';
import { createClock, type Clock } from '../../../sandbox/clock';
import { json, type Answer } from '../../../sandbox/vendor/answer';
import { carryOut } from '../../../sandbox/wire/carryOut';
import { FaultOrders, type Fault, type Strikes } from '../../../sandbox/wire/faults';
import { hold } from '../../../sandbox/wire/hold';
import { loopbackServer } from '../../../sandbox/wire/loopbackServer';
import { readableBody, RequestLog } from '../../../sandbox/wire/requestLog';
import { Timers } from '../../../sandbox/wire/timers';
import { SANDBOX_KEY, story } from './story';
import {
	apply,
	carryOutBody,
	letTimePass,
	PROFILE,
	record,
	Refused,
	type Readings,
	type Subscription,
} from './subscription';

export type RouteKind = 'customers' | 'subscription' | 'pause' | 'resume';

export type PaychtecFault = Strikes<RouteKind> & { subscription?: string } & Fault;

/** One request that arrived. */
export interface PaychtecRequest {
	n: number;
	kind: RouteKind | 'other';
	method: string;
	path: string;
	body: unknown;
	/** `X-Idempotency-Key`. */
	key: string | null;
	/** Whether `api-key` and `X-Profile-Id` are those of the account. */
	known: boolean;
	status: number | null;
	/** Answered from what was kept for the key. */
	replayed: boolean;
	fault: Fault['kind'] | null;
}

/** A write that took effect at the billing processor. */
export interface PaychtecWrite {
	n: number;
	subscription: string;
	operation: 'pause' | 'resume';
	body: unknown;
}

/** A running stand-in for Paychtec. */
export interface PaychtecSandbox {
	readonly url: string;
	close(): Promise<void>;
	readonly requests: readonly PaychtecRequest[];
	readonly committed: readonly PaychtecWrite[];
	readonly faults: FaultOrders<PaychtecFault>;
	readonly clock: Clock;
	readonly readings: Readings;
	/** As it is now at the billing processor. Throws when there is none. */
	subscription(id: string): Subscription;
	/** Somebody else at the vendor. */
	otherHand(id: string, operation: 'pause' | 'resume'): void;
}

export interface PaychtecSandboxOptions {
	/** 0, the default, takes a free port. */
	port?: number;
	now?: Date;
	readings?: Partial<Readings>;
}

/** Starts a stand-in for Paychtec's API on the loopback. */
export async function createPaychtecSandbox(
	options: PaychtecSandboxOptions = {},
): Promise<PaychtecSandbox> {
	const server = loopbackServer(options.port);
	const clock = createClock(options.now);
	const readings: Readings = {
		dates: 'withZone',
		keys: 'replayed',
		store: 'together',
		...options.readings,
	};
	const subscriptions = new Map(story(clock.now()).map((one) => [one.id, one]));
	const committed: PaychtecWrite[] = [];
	const kept = new Map<string, Answer>();
	const faults = new FaultOrders<PaychtecFault>();
	const log = new RequestLog<PaychtecRequest>(true);
	const timers = new Timers();

	const find = (id: string): Subscription => {
		const found = subscriptions.get(id);
		if (!found) throw new Refused(404, 'HE_02', 'Subscription does not exist in our records');
		letTimePass(found, clock.now());
		return found;
	};

	/** Carries a request out and gives the usual answer. */
	const work = ({ n, kind, body }: PaychtecRequest, id: string): Answer => {
		try {
			if (kind === 'customers') return json(200, { count: 0, total_count: 0, data: [] });
			const subscription = find(id);
			if (kind === 'pause' || kind === 'resume') {
				const fields = (body ?? {}) as Record<string, unknown>;
				carryOutBody(subscription, kind, fields, { now: clock.now(), readings });
				committed.push({ n, subscription: id, operation: kind, body });
				if (readings.store === 'behind') throw new Refused(500, 'HE_00', 'Something went wrong');
			}
			return json(200, record(subscription));
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			const { status, code, message } = error;
			const type = status < 500 ? 'invalid_request' : 'api';
			return json(status, { error: { type, message, code } });
		}
	};

	/** The same key brings the same answer back: the documents promise no more than that it helps [?]. */
	const underKey = (entry: PaychtecRequest, id: string): Answer => {
		const { key } = entry;
		const stored = key === null ? undefined : kept.get(key);
		if (stored) {
			entry.replayed = true;
			return stored;
		}
		const answer = work(entry, id);
		if (key !== null && readings.keys === 'replayed' && answer.status < 400) kept.set(key, answer);
		return answer;
	};

	server.app.setNotFoundHandler((request, reply) => {
		const entry = entryOf(request, log.entries.length + 1);
		log.arrived(entry);
		const send = (answer: Answer) => sendAnswer(reply, answer, entry, clock);
		if (!entry.known) {
			const error = {
				type: 'invalid_request',
				message: 'API key not provided or invalid API key used',
				code: 'IR_01',
			};
			send(json(401, { error }));
			return reply;
		}
		const [kind, id] = routeOf(request.method, entry.path);
		if (kind === undefined) {
			const error = { type: 'invalid_request', message: 'Unrecognized request URL', code: 'IR_02' };
			send(json(404, { error }));
			return reply;
		}
		entry.kind = kind;
		const commit = () => underKey(entry, id);
		const isMeant = ({ subscription }: PaychtecFault) =>
			subscription === undefined || subscription === id;
		const fault = faults.take(kind, isMeant);
		if (!fault) {
			send(commit());
			return reply;
		}
		entry.fault = fault.kind;
		carryOut(fault, {
			...hold(reply, { held: server.held, commit, send }),
			stopListening: (ms) => server.stopFor(ms, timers),
			date: clock.now().toUTCString(),
			timers,
		});
		return reply;
	});

	await server.open();
	return {
		get url() {
			return server.url;
		},
		async close() {
			timers.clear();
			await server.close();
		},
		requests: log.entries,
		committed,
		faults,
		clock,
		readings,
		subscription: find,
		otherHand(id, operation) {
			const subscription = find(id);
			apply(subscription, operation, clock.now());
			subscription.shown = subscription.status;
		},
	};
}

function routeOf(method: string, path: string): [RouteKind | undefined, string] {
	if (method === 'POST' && path === '/customers/list') return ['customers', ''];
	const [, id = '', action] = /^\/subscriptions\/([^/]+)(?:\/(pause|resume))?$/.exec(path) ?? [];
	if (id === '') return [undefined, ''];
	if (action === undefined) return [method === 'GET' ? 'subscription' : undefined, id];
	return [method === 'POST' ? (action as RouteKind) : undefined, id];
}

function entryOf(request: FastifyRequest, n: number): PaychtecRequest {
	const { headers } = request;
	const [path = ''] = request.url.split('?', 1);
	const key = headers['x-idempotency-key'];
	return {
		n,
		kind: 'other',
		method: request.method,
		path,
		body: readableBody(String(request.body ?? ''), headers['content-type']),
		key: typeof key === 'string' ? key : null,
		known: headers['api-key'] === SANDBOX_KEY && headers['x-profile-id'] === PROFILE,
		status: null,
		replayed: false,
		fault: null,
	};
}

function sendAnswer(
	reply: FastifyReply,
	{ status, headers, body }: Answer,
	entry: PaychtecRequest,
	clock: Clock,
): void {
	entry.status = status;
	void reply
		.code(status)
		.headers({ date: clock.now().toUTCString(), ...headers })
		.send(body);
}
