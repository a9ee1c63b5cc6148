import type { PauseEvent, PauseSide } from './pauseEvents';
import type { Watched } from './pauseSource';

/** A contract with a pause, as the poll before has left it. */
export interface WatchedPause extends PauseSide, Watched {
	/** The end that `pauseEnding` has been delivered for. */
	endTold?: string;
	/** When it was not there any more, ms since 1970; kept, for it may come back. */
	goneAt?: number;
	/** No read has told of it since the baseline: its first good one is a baseline of its own. */
	unread?: true;
}

/** What is remembered of one account between two polls. */
export interface Memory {
	/** When the vendor was read last, by its clock, ms since 1970. */
	readAt: number;
	/** The process that has written this. */
	by: string;
	/** By contract id. A contract without a pause needs no place. */
	pauses: Record<string, WatchedPause>;
	/** By contract id, the end of a pause that is over: it does not begin again when a clock is behind. */
	over: Record<string, string>;
	/** Pause periods that the baseline could not read, where it was not even told whose they are. */
	unreadPeriods: number[];
	/** Given to n8n by the poll before; that it has started the workflow shows when it polls again. */
	delivered: PauseEvent[];
	/** By a short name of the event: how often it was told, and the last day (since 1970) it can recur. */
	told: Record<string, [times: number, lastDay: number]>;
}

/** What was found: nothing of an account that was never read, or something that is not a memory. */
export interface Recalled {
	memory?: Memory;
	/** Somebody else has changed it: what could not be understood is left out. */
	damaged: boolean;
}
