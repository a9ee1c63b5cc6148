import type { ReadTools } from '../../../guarded-change/readWell';
import { adminApi } from './adminApi';
import { sessionTools } from '../sessionTools';
import type { OperatorSession } from './openOperator';

/** How an operator's session reads; a read like the one of the credential's test renews it. */
export function adminTools(session: OperatorSession): ReadTools {
	return sessionTools(session, adminApi(session.admin).coworkers(1));
}
