import type { FastifyReply, FastifyRequest } from 'fastify';
import { createClock, type Clock } from '../../../sandbox/clock';
import type { Answer } from '../../../sandbox/vendor/answer';
import { carryOut } from '../../../sandbox/wire/carryOut';
import { FaultOrders, type Fault, type Strikes } from '../../../sandbox/wire/faults';
import { hold } from '../../../sandbox/wire/hold';
import { loopbackServer } from '../../../sandbox/wire/loopbackServer';
import { RequestLog } from '../../../sandbox/wire/requestLog';
import { Timers } from '../../../sandbox/wire/timers';
import { errorAnswer } from './answers';
import { flatFields } from './formFields';
import { IdempotencyKeys, outcomeOf } from './idempotency';
import { answerTo, routeOf, type RouteKind } from './routes';
import { KEY_WITHOUT_INVOICES, SECRET_KEY, story } from './story';
import { payInvoice, type Subscription } from './subscription';

/** A fault, and which requests it strikes. `kept`: a status that is kept for the idempotency key. */
export type StripeFault = Strikes<RouteKind> & { subscription?: string; kept?: boolean } & Fault;

/** One request that arrived. */
export interface StripeRequest {
	n: number;
	kind: RouteKind | 'other';
	method: string;
	path: string;
	/** Query and body, by their names on the wire. */
	query: Record<string, string>;
	fields: Record<string, string>;
	/** `Stripe-Version`. */
	version: string | null;
	/** `Idempotency-Key`. */
	key: string | null;
	contentType: string | null;
	status: number | null;
	replayed: boolean;
	committed: boolean;
	fault: Fault['kind'] | null;
}

/** A write that took effect. */
export interface StripeWrite {
	n: number;
	subscription: string;
	operation: 'pause' | 'resume' | 'pauseCollection' | 'resumeCollection';
	key: string | null;
}

/** A running stand-in for Stripe. */
export interface StripeSandbox {
	readonly url: string;
	readonly secretKey: string;
	close(): Promise<void>;
	/** Back to the story, without faults, log and kept answers. */
	reset(): void;
	readonly requests: readonly StripeRequest[];
	readonly committed: readonly StripeWrite[];
	readonly faults: FaultOrders<StripeFault>;
	readonly clock: Clock;
	/** As it is now. Throws when there is none. */
	subscription(id: string): Subscription;
	add(...subscriptions: Subscription[]): void;
	/** The customer pays the open invoice. */
	pay(id: string): void;
	/** Kept answers are forgotten, as after 24 hours. */
	forgetKeys(): void;
}

export interface StripeSandboxOptions {
	/** 0, the default, takes a free port. */
	port?: number;
	now?: Date;
}

/** Starts a stand-in for Stripe's API on the loopback. */
export async function createStripeSandbox(
	options: StripeSandboxOptions = {},
): Promise<StripeSandbox> {
	const server = loopbackServer(options.port);
	const clock = createClock(options.now);
	const now = () => Math.floor(clock.now().getTime() / 1000);
	const subscriptions = new Map<string, Subscription>();
	const committed: StripeWrite[] = [];
	const keys = new IdempotencyKeys();
	const faults = new FaultOrders<StripeFault>();
	const log = new RequestLog<StripeRequest>(true);
	const timers = new Timers();

	const add = (...seeds: Subscription[]) => {
		for (const seed of seeds) subscriptions.set(seed.id, seed);
	};
	const find = (id: string): Subscription => {
		const found = subscriptions.get(id);
		if (!found) throw new Error(`There is no subscription ${id}`);
		return found;
	};

	server.app.setNotFoundHandler((request, reply) => {
		const entry = entryOf(request, log.entries.length + 1);
		log.arrived(entry);
		const headers = { 'request-id': `req_${entry.n}`, date: clock.now().toUTCString() };
		const send = (answer: Answer) => sendAnswer(reply, answer, entry, headers);
		const secret = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		if (secret !== SECRET_KEY && secret !== KEY_WITHOUT_INVOICES) {
			send(errorAnswer(401, { message: `Invalid API Key provided: ${mask(secret)}` }));
			return reply;
		}
		const route = routeOf(request.method, entry.path);
		if (route === undefined) {
			const message = `Unrecognized request URL (${request.method}: ${entry.path}).`;
			send(errorAnswer(404, { message }));
			return reply;
		}
		entry.kind = route.kind;
		const text = `${request.method} ${entry.path} ${String(request.body ?? '')}`;

		/** Carries the request out, once for its key. */
		const commit = (): Answer => {
			const writes = committed.length;
			const work = () =>
				answerTo(route, {
					subscriptions,
					now: now(),
					query: entry.query,
					fields: entry.fields,
					version: entry.version,
					mayReadInvoices: secret !== KEY_WITHOUT_INVOICES,
					committed: (operation, subscription) =>
						committed.push({ n: entry.n, operation, subscription, key: entry.key }),
				});
			const answer = underKey(keys, entry, text, work);
			entry.committed = committed.length > writes;
			entry.replayed = answer.headers['idempotent-replayed'] === 'true';
			return answer;
		};
		const fault = faults.take(
			route.kind,
			({ subscription }) => subscription === undefined || subscription === route.subscription,
		);
		if (!fault) {
			send(commit());
			return reply;
		}
		entry.fault = fault.kind;
		const held = hold(reply, {
			held: server.held,
			commit,
			send,
			taken: () => log.done(entry),
		});
		if (fault.kind === 'status' && fault.kept && entry.key !== null) {
			if (fault.commit) commit();
			const { status, headers: own = {}, body = '' } = fault;
			const answer = { status, headers: { ...own }, body };
			keys.keep(entry.key, text, answer);
			send(answer);
			return reply;
		}
		carryOut(fault, {
			...held,
			stopListening: (ms) => server.stopFor(ms, timers),
			date: headers.date,
			timers,
		});
		return reply;
	});

	add(...story(now()));
	await server.open();
	return {
		get url() {
			return server.url;
		},
		secretKey: SECRET_KEY,
		async close() {
			timers.clear();
			await server.close();
		},
		reset() {
			timers.clear();
			for (const socket of server.held) socket.destroy();
			faults.clear();
			keys.forget();
			log.clear();
			committed.length = 0;
			subscriptions.clear();
			clock.set(options.now ?? new Date());
			add(...story(now()));
		},
		requests: log.entries,
		committed,
		faults,
		clock,
		subscription: find,
		add,
		pay: (id) => payInvoice(find(id)),
		forgetKeys: () => keys.forget(),
	};
}

function underKey(
	keys: IdempotencyKeys,
	{ key, method }: StripeRequest,
	text: string,
	work: () => Answer,
): Answer {
	if (method !== 'POST' || key === null) return outcomeOf(work).answer;
	return keys.answerFor(key, text) ?? keys.execute(key, text, work);
}

function entryOf(request: FastifyRequest, n: number): StripeRequest {
	const [path = '', query = ''] = request.url.split('?', 2);
	const header = (name: string) => {
		const value = request.headers[name];
		return typeof value === 'string' ? value : null;
	};
	return {
		n,
		kind: 'other',
		method: request.method,
		path,
		query: flatFields(query),
		fields: flatFields(typeof request.body === 'string' ? request.body : ''),
		version: header('stripe-version'),
		key: header('idempotency-key'),
		contentType: header('content-type'),
		status: null,
		replayed: false,
		committed: false,
		fault: null,
	};
}

function sendAnswer(
	reply: FastifyReply,
	answer: Answer,
	entry: StripeRequest,
	headers: Record<string, string>,
): void {
	entry.status = answer.status;
	void reply
		.code(answer.status)
		.headers({ ...headers, ...answer.headers })
		.send(answer.body);
}

function mask(secret: string): string {
	return secret === '' ? '(none)' : `${secret.slice(0, 8)}${'*'.repeat(8)}${secret.slice(-4)}`;
}
