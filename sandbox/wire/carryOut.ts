import { STATUS_CODES } from 'http';
import type { Socket } from 'net';
import { confirmation, html, json, type Answer } from '../vendor/answer';
import type { Fault } from './faults';
import type { Timers } from './timers';

/** What a fault needs of one request and of the server. */
export interface Exchange {
	/** Carries the request out and gives the vendor's usual answer. */
	commit(): Answer;
	/** Sends an answer in the usual way; does nothing when the client has left. */
	send(answer: Answer): void;
	/** Takes the socket out of the server's hands; nothing is sent in the usual way afterwards. */
	takeSocket(): Socket;
	/** Stops listening for so long. */
	stopListening(ms: number): void;
	/** Vendor's time, for the `Date` header. */
	date: string;
	timers: Timers;
}

/** Does to an exchange what a fault says, on the wire. */
export function carryOut(fault: Fault, exchange: Exchange): void {
	const { commit, send, takeSocket, timers } = exchange;
	switch (fault.kind) {
		case 'refuse':
			takeSocket().destroy();
			return;
		case 'thenRefuse':
			exchange.stopListening(fault.ms);
			send(withHeaders(commit(), { connection: 'close' }));
			return;
		case 'resetBeforeCommit':
			takeSocket().resetAndDestroy();
			return;
		case 'resetAfterCommit':
			commit();
			takeSocket().resetAndDestroy();
			return;
		case 'stall':
			stall(fault, exchange);
			return;
		case 'drip':
			drip(takeSocket(), commit(), fault, exchange);
			return;
		case 'halfBody':
			halfBody(takeSocket(), commit(), exchange);
			return;
		case 'redirect':
			send({ status: fault.status, headers: { location: fault.location ?? '/login' }, body: '' });
			return;
		case 'status':
			if (fault.commit) commit();
			if (fault.commitAfter !== undefined) timers.after(fault.commitAfter, commit);
			send({ status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' });
			return;
		case 'html':
			if (fault.commit) commit();
			send(html(fault.status ?? 200, 'Nexudus'));
			return;
		case 'delay':
			timers.after(fault.ms, () => send(commit()));
			return;
		case 'slowButOk': {
			const answer = commit();
			timers.after(fault.ms, () => send(answer));
			return;
		}
		case 'wasSuccessfulFalse':
			// 200 with WasSuccessful false was seen on portal endpoints [O], in no document.
			send(json(200, confirmation('The operation could not be completed.', 500, false)));
			return;
		case 'badJson':
			if (fault.commit !== false) commit();
			send({ ...json(200, null), body: '{"Message": "The contract was' });
			return;
	}
}

function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
	return { ...answer, headers: { ...answer.headers, ...headers } };
}

function stall(fault: Fault & { kind: 'stall' }, exchange: Exchange): void {
	const { commit, send, takeSocket, timers } = exchange;
	const answer = fault.commit === 'before' ? commit() : undefined;
	if (fault.ms === undefined) return;
	timers.after(fault.ms, () => {
		if (fault.commit === 'never') takeSocket().destroy();
		else send(answer ?? commit());
	});
}

/** The reply as it stands on the wire, with a `Content-Length` of our choice. */
function replyText(answer: Answer, contentLength: number, date: string): string {
	const headers = {
		...answer.headers,
		date,
		connection: 'close',
		'content-length': String(contentLength),
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	const reason = STATUS_CODES[answer.status] ?? '';
	return `HTTP/1.1 ${answer.status} ${reason}\r\n${lines.join('')}\r\n${answer.body}`;
}

const endless = 1_000_000_000;

function drip(
	socket: Socket,
	answer: Answer,
	{ ms, bytes }: Fault & { kind: 'drip' },
	{ date, timers }: Exchange,
): void {
	// A 204 or an empty reply has no body to drip, so it becomes a 200 with blanks.
	const visible = answer.body === '' ? { ...answer, status: 200 } : answer;
	const body = bytes === undefined ? visible.body : visible.body.padEnd(bytes, ' ');
	const length = bytes === undefined ? endless : Buffer.byteLength(body);
	const reply = Buffer.from(replyText({ ...visible, body }, length, date));
	let sent = 0;
	timers.every(ms, () => {
		if (socket.destroyed) return false;
		if (sent >= reply.length && bytes !== undefined) {
			socket.end();
			return false;
		}
		socket.write(sent < reply.length ? reply.subarray(sent, sent + 1) : ' ');
		sent++;
		return true;
	});
}

function halfBody(socket: Socket, answer: Answer, { date }: Exchange): void {
	// Where the usual reply has no body, a confirmation is what breaks off.
	const whole = answer.body === '' ? json(200, confirmation('The contract was updated.')) : answer;
	const half = whole.body.slice(0, Math.ceil(whole.body.length / 2));
	const text = replyText({ ...whole, body: half }, Buffer.byteLength(whole.body), date);
	socket.write(text, () => socket.destroy());
}
