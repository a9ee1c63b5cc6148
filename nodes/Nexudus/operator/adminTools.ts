import type { ReadTools } from '../../../guarded-change/readWell';
import { adminApi } from '../adminApi';
import { sessionTools } from '../sessionTools';
import type { OperatorSession } from './openOperator';

/** How an operator's session reads; it is renewed by the read that the credential's test makes. */
export function adminTools(session: OperatorSession): ReadTools {
	return sessionTools(session, adminApi(session.admin).anyCoworker());
}
