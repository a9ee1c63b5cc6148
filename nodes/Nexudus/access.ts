import type { Read } from '../../guarded-change/change';
import type { ReadTools } from '../../guarded-change/readWell';
import type { PaceLimits } from '../../guarded-change/settings';
import type { Run } from '../../guarded-change/world';
import { nexudusApi } from './nexudusApi';
import { sessionTools, type Session } from './sessionTools';

/** The session of one member in a run. */
export interface MemberSession {
	/** How its requests travel. */
	tools: ReadTools;
	/** Opens it where it is not open. To be asked before a request, outside of any turn. */
	open?(): Promise<Read<unknown>>;
}

/** Whose sessions the requests of a run go in. */
export interface Access {
	/** Origin of the portal. */
	portal: string;
	run: Run;
	limits: PaceLimits;
	/** The session for a member; null is the customer who is signed in. */
	sessionOf(coworkerId: number | null): MemberSession;
}

export interface NexudusSession extends Session {
	/** Origin of the portal. */
	portal: string;
}

/** A customer acts for themselves: all requests go in their own session. */
export function customerAccess(session: NexudusSession): Access {
	const { portal, run, limits } = session;
	const tools = sessionTools(session, nexudusApi(portal).profiles());
	return { portal, run, limits, sessionOf: () => ({ tools }) };
}
