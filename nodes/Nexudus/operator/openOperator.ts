import { operatorLogin } from '../../../credentials/session/operatorLogin';
import { parsePortalUrl } from '../../../credentials/session/portalUrl';
import type { Transport } from '../../../guarded-change/readWell';
import { n8nTransports } from '../../../n8n/transport';
import { OPERATOR_CREDENTIAL } from '../credential';
import { openSession, type SessionOptions } from '../openSession';
import type { Session } from '../sessionTools';

/** The operator's own session at the admin API. It goes to no portal. */
export interface OperatorSession extends Session {
	/** Origin of the admin API. */
	admin: string;
	/** Origin of the members' portal. */
	portal: string;
	/** E-mail of the operator in lower case, for the audit record. */
	operator: string;
	/** Requests without a session, which carry all that they need. */
	plainTransport: Transport;
	/** Name under which sessions are kept at Nexudus. */
	clientId: string;
}

/**
 * The operator's session of this execution. Pace and retry budget are the operator's, also for
 * what is done in the sessions of members: whom the vendor counts there is not documented [?].
 *
 * @throws UserError when 'Admin URL' or 'Portal URL' of the credential cannot be used
 */
export async function openOperator(options: SessionOptions): Promise<OperatorSession> {
	const credential = await options.context.getCredentials(OPERATOR_CREDENTIAL, 0);
	const login = operatorLogin(credential);
	const portal = parsePortalUrl(credential.portalUrl);
	const operator = login.email.toLowerCase();
	const session = openSession({
		...options,
		credentialType: OPERATOR_CREDENTIAL,
		login,
		account: operator,
	});
	const { context, signal } = options;
	const plain = n8nTransports({ context, clock: session.run.clock, signal });
	return {
		...session,
		admin: login.origin,
		portal,
		operator,
		plainTransport: plain.once,
		clientId: login.clientId,
	};
}
