import type { IDataObject } from 'n8n-workflow';
import type { PauseEvent, PauseSide } from './pauseEvents';
import type { About } from './pauseSource';

/** A contract with a pause, as the poll before has left it. */
export interface WatchedPause extends PauseSide {
	about: About;
	/** The end that `pauseEnding` has been delivered for. */
	endTold?: string;
	/** It was not there when it was read last; kept, for it may come back. */
	gone?: true;
}

/** What is remembered of one account between two polls. */
export interface Memory {
	/** When the vendor was read last, by its clock, ms since 1970. */
	readAt: number;
	/** The process that has written this. */
	by: string;
	/** By contract id. A contract without a pause needs no place. */
	pauses: Record<string, WatchedPause>;
	/** Given to n8n by the poll before; that it has started the workflow shows when it polls again. */
	delivered: PauseEvent[];
	/** Event ids in use, and until when such an event could be the same (ms since 1970). */
	usedIds: Record<string, number>;
}

interface Stored {
	accounts: Record<string, Memory>;
}

const FIELD = 'watched';
/** A node that goes back to an earlier credential goes on where it was. */
const MOST_ACCOUNTS = 3;

/** What the node's static data remember of an account; undefined where it was never read. */
export function recall(staticData: IDataObject, account: string): Memory | undefined {
	const { accounts } = (staticData[FIELD] ?? {}) as Partial<Stored>;
	const memory = accounts?.[account];
	// n8n observes nested data: a copy cannot be changed behind its back, nor change by itself.
	return memory && (JSON.parse(JSON.stringify(memory)) as Memory);
}

/** Replaces the whole field, as n8n notices nothing less. */
export function remember(staticData: IDataObject, account: string, memory: Memory): void {
	const { accounts } = (staticData[FIELD] ?? {}) as Partial<Stored>;
	const all = Object.entries({ ...accounts, [account]: memory });
	const newest = all.sort(([, a], [, b]) => b.readAt - a.readAt).slice(0, MOST_ACCOUNTS);
	const kept = newest.some(([name]) => name === account)
		? newest
		: [...newest.slice(0, -1), [account, memory] as const];
	staticData[FIELD] = JSON.parse(
		JSON.stringify({ accounts: Object.fromEntries(kept) }),
	) as IDataObject;
}
