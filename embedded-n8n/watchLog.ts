import { Container, Logger } from './engine';

/** What n8n's logger was given: the text, and what goes with it. */
export interface LogLine {
	level: string;
	message: string;
	metadata: unknown;
}

type Listener = (line: LogLine) => void;
const listeners = new Set<Listener>();
let watched = false;

/**
 * Hands on every line that nodes and engine of this process give to n8n's logger, also where the
 * level keeps it from being written.
 * @returns ends it
 */
export function watchLog(listener: Listener): () => void {
	if (!watched) {
		watched = true;
		const logger = Container.get(Logger) as unknown as Record<string, unknown>;
		for (const level of ['error', 'warn', 'info', 'debug']) {
			const write = logger[level] as (message: string, metadata?: object) => void;
			logger[level] = (message: string, metadata: object = {}) => {
				for (const one of listeners) one({ level, message, metadata });
				write.call(logger, message, metadata);
			};
		}
	}
	listeners.add(listener);
	return () => void listeners.delete(listener);
}
