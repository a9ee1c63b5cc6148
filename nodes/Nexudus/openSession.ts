import type { Login } from '../../credentials/session/login';
import { SIGN_IN_PREFIX } from '../../credentials/session/signInError';
import { openSession as storedSession } from '../../credentials/session/sessionSeal';
import type { PaceLimits, RequestSettings } from '../../guarded-change/settings';
import { openRun } from '../../n8n/openRun';
import { n8nTransports, type RequestContext } from '../../n8n/transport';
import type { Session } from './sessionTools';

export interface SessionOptions {
	context: RequestContext;
	/** For the run; the limits of its account with them. */
	settings: RequestSettings & PaceLimits;
	signal?: AbortSignal;
	/** Items that may still fail before the run stops. */
	failuresLeft?: () => number;
}

export interface LoginOptions extends SessionOptions {
	credentialType: string;
	login: Login;
	/** Who signs in, for pace and plan: the same on every way to sign in again. */
	account: string;
}

/** The session of a credential for this execution; n8n signs in with the first request that needs it. */
export function openSession(options: LoginOptions): Session {
	const { context, credentialType, login, account, settings, signal, failuresLeft } = options;
	const run = openRun({ context, account: `${login.origin} ${account}`, signal, failuresLeft });
	if (login.signInWith === 'password' && storedSession(login) === undefined) {
		run.memory.paceOf(run.account).pacer.countOne();
	}
	const transports = n8nTransports({
		context,
		credentialType,
		clock: run.clock,
		signal,
		signInPrefix: SIGN_IN_PREFIX,
	});
	return {
		transport: transports.once,
		renewingTransport: transports.renewing,
		run,
		limits: settings,
		settings,
	};
}
