import type { Reason } from '../guarded-change/change';

/** 401 and 404 depend on who is signed in, so their message says it. */
export function isAboutIdentity(reason: Reason | undefined): boolean {
	if (reason?.code !== 'vendor' && reason?.code !== 'session') return false;
	const { reply } = reason;
	return reply.answered && (reply.status === 401 || reply.status === 404);
}
