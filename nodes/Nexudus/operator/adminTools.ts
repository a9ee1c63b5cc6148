import type { Reply, Verdict } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import { adminApi } from './adminApi';
import { sessionTools } from '../sessionTools';
import { judge } from '../vendorAnswer';
import type { OperatorSession } from './openOperator';

/** How an operator's session reads; a read like the one of the credential's test renews it. */
export function adminTools(session: OperatorSession): ReadTools {
	return sessionTools(session, adminApi(session.admin).coworkers(1), judgeProbe);
}

/**
 * n8n signs in on 401 and sends the probe again; a sign-in that fails gives no answer at all. So an
 * answer shows a good session, whether or not its account has the role that this read needs.
 */
function judgeProbe(reply: Reply): Verdict | undefined {
	const isAnswer = reply.answered && [401, 403, 404].includes(reply.status);
	return isAnswer ? { class: 'ok' } : judge(reply);
}
