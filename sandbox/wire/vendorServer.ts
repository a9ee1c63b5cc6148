import type { Socket } from 'net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html, json, type Answer } from '../vendor/answer';
import { sessionOf, type VendorRequest } from '../vendor/request';
import type { RouteKind, VendorRoute } from '../vendor/route';
import { vendorRoutes } from '../vendor/routes';
import type { Session } from '../vendor/sessions';
import type { Throttle } from '../vendor/throttle';
import type { World } from '../vendor/world';
import { carryOut } from './carryOut';
import { hold } from './hold';
import type { FaultOrders } from './faults';
import {
	maskedHeaders,
	maskedQuery,
	readableBody,
	type RequestEntry,
	type RequestLog,
} from './requestLog';
import type { Timers } from './timers';

export interface VendorServerParts {
	world: World;
	throttle: Throttle;
	faults: FaultOrders;
	log: RequestLog;
	timers: Timers;
	/** Connections that a fault holds. */
	held: Set<Socket>;
	stopListening(ms: number): void;
}

/** Puts the vendor's endpoints on a server: throttle first, then faults, then the vendor. */
export function addVendorRoutes(app: FastifyInstance, parts: VendorServerParts): void {
	const numbers = { last: 0 };
	parts.log.events.on('reset', () => (numbers.last = 0));

	for (const route of vendorRoutes) {
		app.route({
			method: route.method,
			url: route.path,
			exposeHeadRoute: false,
			handler: (request, reply) => handle(route, request, reply, ++numbers.last, parts),
		});
	}
	app.setNotFoundHandler((request, reply) => {
		if (request.url.startsWith('/_sandbox')) {
			void reply.code(404).send({ error: `There is nothing at ${request.url}` });
			return;
		}
		const wantsJson = request.headers.accept?.includes('application/json');
		const answer = wantsJson
			? json(404, { Message: 'No HTTP resource was found that matches the request.' })
			: html(404, 'Page not found');
		const entry = entryOf('other', request, ++numbers.last, parts.world, undefined);
		parts.log.arrived(entry);
		send(reply, answer, entry, parts);
	});
}

function handle(
	route: VendorRoute,
	request: FastifyRequest,
	reply: FastifyReply,
	n: number,
	parts: VendorServerParts,
): FastifyReply {
	const { world, throttle, faults, log, timers } = parts;
	const asked = vendorRequest(request, n);
	const session = sessionOf(world, asked);
	const entry = entryOf(route.kind, request, n, world, session);
	log.arrived(entry);

	// Whom the vendor counts in a member's session is not documented [?]: here, who acts for them.
	const client = session?.actor?.operator ?? session?.email ?? 'nobody';
	const wait = throttle.admit(client, route.method !== 'GET', performance.now());
	if (wait > 0) {
		entry.throttled = true;
		// developers.nexudus.com api-limitations: Retry-After in seconds, empty body [D].
		const headers = { 'retry-after': String(wait) };
		send(reply, { status: world.readings.throttleStatus, headers, body: '' }, entry, parts);
		return reply;
	}

	const commit = () => {
		const before = world.committed.length;
		const answer = route.answer(world, asked);
		const write = world.committed[before];
		entry.committed = write !== undefined;
		entry.changed = write ? { contractId: write.contractId, account: write.account } : null;
		return answer;
	};
	const fault = faults.take(
		route.kind,
		({ contractId, coworkerId, recordId }) =>
			(contractId === undefined || contractId === asked.contractId) &&
			(coworkerId === undefined || String(coworkerId) === asked.query.get('coworkerId')) &&
			(recordId === undefined || recordId === asked.recordId),
	);
	if (!fault) {
		send(reply, commit(), entry, parts);
		return reply;
	}
	entry.fault = fault.kind;
	carryOut(fault, {
		...hold(reply, {
			held: parts.held,
			commit,
			send: (answer) => send(reply, answer, entry, parts),
			taken: () => log.done(entry),
		}),
		stopListening: parts.stopListening,
		date: world.clock.now().toUTCString(),
		timers,
	});
	return reply;
}

function send(
	reply: FastifyReply,
	answer: Answer,
	entry: RequestEntry,
	{ world, log }: VendorServerParts,
): void {
	entry.status = answer.status;
	entry.ms = Math.round((performance.now() - entry.arrived) * 10) / 10;
	log.done(entry);
	void reply
		.code(answer.status)
		.headers({ date: world.clock.now().toUTCString(), ...answer.headers })
		.send(answer.body);
}

function vendorRequest(request: FastifyRequest, n: number): VendorRequest {
	const { contractId, id } = request.params as { contractId?: string; id?: string };
	const body = typeof request.body === 'string' ? request.body : '';
	const mark = request.url.indexOf('?');
	return {
		n,
		query: new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1)),
		headers: request.headers,
		body,
		contractId: numberOf(contractId ?? /"CoworkerContractId":(\d+)/.exec(body)?.[1]),
		recordId: numberOf(id),
	};
}

function numberOf(text: string | undefined): number | null {
	return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function entryOf(
	kind: RouteKind | 'other',
	request: FastifyRequest,
	n: number,
	world: World,
	session: Session | undefined,
): RequestEntry {
	const [path = '', query = ''] = request.url.split('?', 2);
	const body = typeof request.body === 'string' ? request.body : '';
	return {
		n,
		at: world.clock.now().toISOString(),
		arrived: performance.now(),
		kind,
		method: request.method,
		path,
		query: maskedQuery(query),
		headers: maskedHeaders(request.headers),
		body: readableBody(body, request.headers['content-type']),
		account: session?.email ?? null,
		actor: session?.actor ?? null,
		status: null,
		ms: null,
		throttled: false,
		committed: false,
		changed: null,
		fault: null,
	};
}
