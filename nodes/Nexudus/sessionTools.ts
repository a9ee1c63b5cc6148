import type { HttpRequest, Reason, Reply, Verdict } from '../../guarded-change/change';
import { readWell, type ReadTools, type Transport } from '../../guarded-change/readWell';
import type { PaceLimits, RequestSettings } from '../../guarded-change/settings';
import { sharedSession, type SharedSessionOptions } from '../../guarded-change/sharedSession';
import type { Run } from '../../guarded-change/world';
import { judge, judgeRead } from './vendorAnswer';

/** A session of one run that n8n renews, and how its requests travel. */
export interface Session {
	/** One request in the session. */
	transport: Transport;
	/** The same, but a 401 makes whoever sends it sign in once and send again: for reads only. */
	renewingTransport: Transport;
	run: Run;
	limits: PaceLimits;
	/** For the reads that items share. */
	settings: RequestSettings;
}

/**
 * How a session reads: paced, retried, renewed once on 401.
 * @param probe a read that its account may do; sent to renew the session
 * @param judgeProbe which answers to it show that the session is good again
 */
export function sessionTools(
	session: Session,
	probe: HttpRequest,
	judgeProbe: (reply: Reply) => Verdict | undefined = judge,
): ReadTools {
	const { run, limits, settings } = session;
	const plain: ReadTools = {
		transport: session.renewingTransport,
		run,
		limits,
		settings,
		judge: judgeProbe,
	};
	return renewedTools(session, {
		transport: session.transport,
		renew: async () => {
			const read = await readWell(probe, plain);
			// The caller's own 401 says more than a refusal or a failed sign-in here.
			return read.known || (mayPass(read.reason) && read.reason);
		},
		mayRenewAfter: mayPass,
	});
}

/** How a session reads that one renewal serves for all requests of the run. */
export function renewedTools(
	{ run, limits, settings }: Pick<Session, 'run' | 'limits' | 'settings'>,
	how: Pick<SharedSessionOptions, 'transport' | 'renew' | 'mayRenewAfter'>,
): ReadTools {
	const shared = sharedSession({
		...how,
		clock: run.clock,
		opened: () => run.memory.paceOf(run.account).pacer.nudge(),
	});
	return {
		run,
		limits,
		settings,
		transport: shared.transport,
		judge: judgeRead,
		renewSession: shared.renew,
		gate: shared.gate,
	};
}

/** What stands between us and the vendor may have passed by the next request; a refusal stays. Pure. */
function mayPass({ code }: Reason): boolean {
	return code !== 'vendor' && code !== 'session';
}
