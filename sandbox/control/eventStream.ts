import type { FastifyInstance } from 'fastify';
import type { RequestLog } from '../wire/requestLog';

/** `GET /_sandbox/events`: requests as they come in, and changes of the stand-in, live. */
export function addEventStream(app: FastifyInstance, log: RequestLog, state: () => unknown): void {
	app.get('/_sandbox/events', (_request, reply) => {
		reply.hijack();
		const { raw } = reply;
		raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		raw.flushHeaders();
		const listeners = ['request', 'done', 'reset', 'control'].map((name) => {
			const listener = (entry?: unknown) =>
				raw.write(`event: ${name}\ndata: ${JSON.stringify(entry ?? state())}\n\n`);
			log.events.on(name, listener);
			return () => log.events.off(name, listener);
		});
		raw.on('close', () => listeners.forEach((remove) => remove()));
	});
}
