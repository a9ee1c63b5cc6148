import type { ActAs } from './actAs';
import { customerAccess, type Access } from './access';
import type { NexudusChange } from './nexudusChange';
import type { SessionOptions } from './openSession';
import { memberAccess } from './operator/memberSessions';
import { openOperator } from './operator/openOperator';
import { openNexudus, whoIsSignedIn } from './session';

export interface OpenedAccess extends Access {
	/** Who a change is made for, as the plan and the audit record name them. */
	actor(coworkerId: number | null): Pick<NexudusChange, 'account' | 'actingFor' | 'admin'>;
	/** Who is signed in, for errors that depend on it. */
	whoIsSignedIn?(): Promise<string | undefined>;
}

/**
 * The sessions of this execution: the customer's own, or those of members an operator acts for.
 * @throws UserError when the credential cannot be used
 */
export async function openAccess(actAs: ActAs, options: SessionOptions): Promise<OpenedAccess> {
	if (actAs === 'customer') {
		const session = await openNexudus(options);
		const { account } = session;
		return {
			...customerAccess(session),
			actor: () => ({ account }),
			whoIsSignedIn: async () => await whoIsSignedIn(session),
		};
	}
	const operator = await openOperator(options);
	return {
		...memberAccess(operator),
		// The plan names the member, so that it is the same whoever of the operators makes it.
		actor: (coworkerId) => ({
			account: `coworker ${coworkerId}`,
			actingFor: { coworkerId: coworkerId ?? 0, operator: operator.operator },
			admin: operator.admin,
		}),
	};
}
