import type { Socket } from 'net';
import type { FastifyReply } from 'fastify';
import type { Answer } from '../vendor/answer';
import type { Exchange } from './carryOut';

export interface HeldRequest {
	/** Connections that the server holds. */
	held: Set<Socket>;
	/** Carries the request out and gives the usual answer. */
	commit(): Answer;
	/** Sends an answer in the usual way. */
	send(answer: Answer): void;
	/** The connection is out of the server's hands: nothing is sent in the usual way. */
	taken?(): void;
}

/** Holds the connection of a request until it is answered, for a fault to be carried out on it. */
export function hold(
	reply: FastifyReply,
	{ held, commit, send, taken }: HeldRequest,
): Pick<Exchange, 'commit' | 'send' | 'takeSocket'> {
	const { socket } = reply.request.raw;
	held.add(socket);
	return {
		commit,
		send: (answer) => {
			held.delete(socket);
			if (!socket.destroyed) send(answer);
		},
		takeSocket: () => {
			reply.hijack();
			taken?.();
			return socket;
		},
	};
}
