import type { PaceLimits, RequestSettings } from '../../../guarded-change/settings';
import type { Fault } from './faults';

/** One execution of the node in a process. */
export interface Execution<A = object> {
	process: number;
	/** ms after the start of the history */
	at: number;
	asks: A[];
	settings: RequestSettings;
	limits: PaceLimits;
	/** n8n's Retry On Fail: the whole node runs again, so many times in all. */
	tries: number;
	betweenTries: number;
	stopAfterFailures: number;
}

/** What somebody else does at the vendor; what it means, the system knows. */
export interface AtVendor {
	at: number;
	what: 'pause' | 'resumeNow' | 'resumeAtEnd' | 'eligible' | 'notEligible' | 'pays';
	thing: number | string;
	/** Of a pause. */
	cycles: number;
}

/** Something that happens by itself, ms after the start. */
export type Happening =
	| AtVendor
	| { at: number; what: 'expiry' }
	| { at: number; what: 'cancel'; execution: number }
	| { at: number; what: 'crash'; process: number };

/** Everything that a history is made of, apart from what its random numbers decide on the way. */
export interface ScenarioBase<A = object> {
	seed: number;
	start: number;
	/** Our clock minus the vendor's, per process. */
	skews: number[];
	executions: Array<Execution<A>>;
	happenings: Happening[];
	/** After a crash the process starts again and its executions are delivered again. */
	restartAfter: number;
	session: 'good' | 'none' | 'expired';
	signInWorks: boolean;
	/** Chance of a fault per request. */
	faultRate: number;
	/** Faults of certain requests, counted from 0 through the history; they need no luck. */
	script: ReadonlyMap<number, Fault>;
}
