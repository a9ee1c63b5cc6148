import { createServer, type Server } from 'http';
import type { AddressInfo, Socket } from 'net';
import fastify, { type FastifyInstance } from 'fastify';
import type { Timers } from './timers';

/** A server on the loopback that can stop listening for a while, and whose bodies stay text. */
export interface LoopbackServer {
	/** Routes are added here before `open`. */
	app: FastifyInstance;
	/** `http://127.0.0.1:PORT`, without a slash at the end. */
	readonly url: string;
	readonly listening: boolean;
	/** Takes the port for good. Throws when it is taken. */
	open(): Promise<void>;
	/** Listens again on the same port. */
	listen(): Promise<void>;
	/** Takes no new connections. */
	stop(): Promise<void>;
	/** The same for so long, in ms. */
	stopFor(ms: number, timers: Timers): void;
	/** Cuts every open connection. */
	cut(): void;
	/** Connections that a fault holds; each leaves the set when it closes. */
	held: Set<Socket>;
	close(): Promise<void>;
}

const usedPorts = new Set<number>();

/**
 * @param port 0 takes a free one that no stand-in of this process had before
 * @throws Error when the host is not of the loopback
 */
export function loopbackServer(port = 0, host = '127.0.0.1'): LoopbackServer {
	if (!/^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host)) {
		throw new Error(`The stand-in listens on the loopback only, not on ${host}`);
	}
	const app = fastify({ logger: false, bodyLimit: 50_000_000 });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	const server = createServer((request, response) => app.routing(request, response));
	server.keepAliveTimeout = 5_000;
	const sockets = new Set<Socket>();
	const held = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => {
			sockets.delete(socket);
			held.delete(socket);
		});
	});

	let taken = port;
	const loopback: LoopbackServer = {
		app,
		get url() {
			return `http://${host === '::1' ? '[::1]' : host}:${taken}`;
		},
		get listening() {
			return server.listening;
		},
		async open() {
			await app.ready();
			await loopback.listen();
			taken = (server.address() as AddressInfo).port;
			// A client of this process may remember what was at a port before.
			while (port === 0 && usedPorts.has(taken)) {
				await stopListening(server);
				await startListening(server, 0, host);
				taken = (server.address() as AddressInfo).port;
			}
			usedPorts.add(taken);
		},
		listen: async () => await startListening(server, taken, host),
		stop: async () => await stopListening(server),
		stopFor(ms, timers) {
			void loopback.stop();
			timers.after(ms, () => {
				if (!loopback.listening) void loopback.listen();
			});
		},
		cut() {
			for (const socket of sockets) socket.destroy();
		},
		held,
		async close() {
			const stopped = stopListening(server);
			loopback.cut();
			await stopped;
			await app.close();
		},
	};
	return loopback;
}

function startListening(server: Server, port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.removeListener('error', reject);
			resolve();
		});
	});
}

function stopListening(server: Server): Promise<void> {
	return new Promise((resolve) => {
		if (server.listening) server.close(() => resolve());
		else resolve();
	});
}
