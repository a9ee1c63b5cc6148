import { randomUUID } from 'crypto';
import type { IPollFunctions } from 'n8n-workflow';

/** What this process has done for one trigger node and account. */
export interface Visit {
	/** Names this process in what it remembers. */
	process: string;
	/** Polls begun. */
	attempts: number;
	/** Contracts and periods that could not be read, and when that was told, ms since 1970. */
	unreadTold: Map<string, number>;
}

const MOST_VISITS = 10_000;
const visits = new Map<string, Visit>();
const turns = new Map<string, Promise<unknown>>();

/** Counts this poll in; a process that was started anew knows of none. */
export function visitOf(context: IPollFunctions, account: string): Visit {
	const key = `${nodeKey(context)} ${account}`;
	const visit = visits.get(key) ?? { process: randomUUID(), attempts: 0, unreadTold: new Map() };
	visit.attempts += 1;
	if (visits.size >= MOST_VISITS) visits.clear();
	visits.set(key, visit);
	return visit;
}

/**
 * n8n begins a poll also while the one before is still at work, on the same memory: the later one
 * waits, so that an older reading is never compared with a newer one. A third one is left out.
 */
export async function inTurn<T>(
	context: IPollFunctions,
	work: () => Promise<T>,
): Promise<T | null> {
	const key = nodeKey(context);
	const waiting = `${key} waiting`;
	if (turns.has(waiting)) return null;
	const before = turns.get(key);
	if (before !== undefined) {
		turns.set(waiting, before);
		await before;
		turns.delete(waiting);
	}
	const turn = work();
	const ended = turn.then(
		() => undefined,
		() => undefined,
	);
	turns.set(key, ended);
	try {
		return await turn;
	} finally {
		if (turns.get(key) === ended) turns.delete(key);
	}
}

function nodeKey(context: IPollFunctions): string {
	return JSON.stringify([context.getInstanceId(), context.getWorkflow().id, context.getNode().id]);
}
