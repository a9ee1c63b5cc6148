import { UserError } from 'n8n-workflow';

/** Every message about a sign-in begins with it. */
export const SIGN_IN_PREFIX = 'Nexudus sign-in: ';

/**
 * A sign-in that gave no session.
 *
 * It carries neither `response` nor a status nor a code: n8n takes a `response` with status 401 as
 * an order to sign in again, and replaces the message of an error that has a status or code.
 */
export class SignInError extends UserError {
	/**
	 * @param sentence what happened and what to do, without any secret
	 * @param answered whether the portal decided it, so that asking again at once is of no use
	 */
	constructor(
		sentence: string,
		readonly answered: boolean,
	) {
		super(SIGN_IN_PREFIX + sentence);
	}
}
