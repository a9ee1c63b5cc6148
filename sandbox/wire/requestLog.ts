import { createHash } from 'crypto';
import { EventEmitter } from 'events';
import type { IncomingHttpHeaders } from 'http';
import type { RouteKind } from '../vendor/route';
import type { Actor } from '../vendor/sessions';
import type { Fault } from './faults';

/** One request that arrived at the vendor's part of the stand-in. */
export interface RequestEntry {
	n: number;
	/** Vendor's time, ISO UTC. */
	at: string;
	/** Real time of arrival, in ms as `performance.now()` counts. */
	arrived: number;
	kind: RouteKind | 'other';
	method: string;
	path: string;
	/** As it came; the value of `token` is a short hash. */
	query: Record<string, string>;
	/** As they came; the value of `authorization` is a short hash. */
	headers: IncomingHttpHeaders;
	/** Parsed JSON or form; else the text. A password is masked. */
	body: unknown;
	/** The login it came from. */
	account: string | null;
	/** Who acts for that login, where it is an administrator. */
	actor: Actor | null;
	/** Of the reply; null while there is none, and for ever when there was none. */
	status: number | null;
	/** From arrival to the reply, in real ms. */
	ms: number | null;
	throttled: boolean;
	/** Whether it changed something at the vendor, or asked again for what was so already. */
	committed: boolean;
	/** The contract that it changed, and whose that is. */
	changed: { contractId: number; account: string } | null;
	fault: Fault['kind'] | null;
}

/** Every request that arrived, oldest first. */
export class RequestLog<Entry = RequestEntry> {
	readonly entries: Entry[] = [];
	/** Emits `request` when one arrives, `done` when it is answered, `reset`. */
	readonly events = new EventEmitter();

	constructor(public recording: boolean) {
		this.events.setMaxListeners(0);
	}

	arrived(entry: Entry): void {
		if (this.recording) this.entries.push(entry);
		this.events.emit('request', entry);
	}

	done(entry: Entry): void {
		this.events.emit('done', entry);
	}

	clear(): void {
		this.entries.length = 0;
		this.events.emit('reset');
	}
}

/** Headers as they may be kept and shown. */
export function maskedHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
	const { authorization } = headers;
	if (authorization === undefined) return headers;
	return { ...headers, authorization: masked(authorization) };
}

/** A query as it may be kept and shown. */
export function maskedQuery(text: string): Record<string, string> {
	const query = Object.fromEntries(new URLSearchParams(text));
	return query.token === undefined ? query : { ...query, token: masked(query.token) };
}

function masked(secret: string): string {
	return `#${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;
}

/** A body as it may be kept and shown. */
export function readableBody(body: string, contentType: string | undefined): unknown {
	if (body === '') return null;
	if (contentType?.startsWith('application/x-www-form-urlencoded')) {
		const form = Object.fromEntries(new URLSearchParams(body));
		return 'password' in form ? { ...form, password: '***' } : form;
	}
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}
