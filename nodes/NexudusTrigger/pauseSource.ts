import type { Read, Reason } from '../../guarded-change/change';
import type { VendorWords } from '../../n8n/failureText';
import type { PauseState } from '../Nexudus/pauseState';

/** What stays said of a contract beside its pause: price plan, member. Flat, for the output. */
export type About = Record<string, string | number | null>;

/** What a source needs to find again what it has shown: the pause of a contract in memory. */
export interface Watched {
	about: About;
	/** Ids of the pause periods that are not over; none where the vendor shows no periods. */
	periods: readonly number[];
}

/** A contract as one poll sees it. Dates are ISO 8601 UTC; null is not shown. */
export interface SeenContract extends Watched {
	state: PauseState['state'];
	pausedFromUtc: string | null;
	pausedUntilUtc: string | null;
}

/** Why nothing may be said of a contract now, and which periods of it are known all the same. */
export interface UnreadContract {
	reason: Reason;
	periods: readonly number[];
}

/** What one poll knows. A contract that is in none of the maps has no pause and never had one. */
export interface Sighting {
	/** The vendor's clock, ms since 1970. */
	now: number;
	seen: ReadonlyMap<number, SeenContract>;
	/** Read singly, and not there: for whoever is signed in there is no such contract. */
	gone: ReadonlySet<number>;
	/** Neither a list nor a single read told: nothing may be said of them. */
	unread: ReadonlyMap<number, UnreadContract>;
	/** Pause periods that are listed and could not be read, where not even their contract is known. */
	unreadPeriods: ReadonlyMap<number, Reason>;
}

/** Where the contracts of one account, or of one location, are read. */
export interface PauseSource {
	/** Names account and server; what is remembered belongs to it. */
	account: string;
	words: VendorWords;
	/**
	 * Reads all contracts. One of `watched` that a list lacks is read singly before anything is said
	 * of it. Never throws.
	 */
	read(watched: ReadonlyMap<number, Watched>): Promise<Read<Sighting>>;
	/** Who is signed in, for errors that depend on it. */
	whoIsSignedIn?(): Promise<string | undefined>;
}
