import type { Reply, Verdict } from '../../../guarded-change/change';
import { classify } from '../../../guarded-change/classify';
import type { ReadTools } from '../../../guarded-change/readWell';
import { adminApi } from './adminApi';
import { sessionTools } from '../sessionTools';
import { judge } from '../vendorAnswer';
import type { OperatorSession } from './openOperator';

/**
 * How an operator's session reads. A read like the one of the credential's test renews it: where
 * that is answered, a refusal was about the request alone, and nobody signs in.
 */
export function adminTools(session: OperatorSession): ReadTools {
	return sessionTools(session, adminApi(session.admin).coworkers(1), judgeProbe);
}

/**
 * n8n signs in on 401 and sends the probe again; a sign-in that fails gives no answer at all. So a
 * refusal shows a good session, also one with 401: the account lacks a role, or may not act for
 * this one member. Pure.
 */
function judgeProbe(reply: Reply): Verdict | undefined {
	const verdict = classify(reply, 0).class;
	return verdict === 'unauthorized' || verdict === 'refused' ? { class: 'ok' } : judge(reply);
}
