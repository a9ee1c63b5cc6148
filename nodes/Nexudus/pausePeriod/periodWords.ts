import type { AnsweredReply } from '../../../guarded-change/readWell';
import type { FailureText, VendorWords } from '../../../n8n/failureText';
import { adminWords } from '../operator/adminWords';
import { quoted, vendorWords } from '../vendorAnswer';

/** Replies of the admin API about pause periods and contracts in words, with a way out for each. */
export const periodWords: VendorWords = {
	...adminWords,
	whereToLook:
		"open the contract in Nexudus under Finance > Contracts, or run 'Get Many' of pause periods for this contract. This n8n reads before it writes and does not send the change again on a guess.",
	refused: (reply) => refusedText(reply),
	unauthorized: (reply) => ({
		code: 'http401',
		message: 'Nexudus does not accept the session for this request (status 401)',
		description: `Status 401 means one of two things: the session has expired and a new sign-in did not help, or the administrator has no role for this. Pause periods take the roles ContractPausedPeriod-List, -Read, -Create, -Edit and -Delete, CoworkerContract-List and -Read, and Business-Read${quoted(reply)}.`,
	}),
};

function refusedText(reply: AnsweredReply): FailureText {
	const { status } = reply;
	const words = vendorWords(reply);
	const code = words.code ?? `http${status}`;
	const said = `Nexudus said: status ${status}${words.text === null ? ', without a reason' : `, "${words.text}"`}.`;
	if (status === 404) {
		return {
			code,
			message: 'Nexudus does not know this record for the administrator who is signed in',
			description: `${said} Check the ID, and that the administrator has access to the location.`,
		};
	}
	if (status === 403) {
		return {
			code,
			message: 'Nexudus does not allow this for the administrator who is signed in',
			description: `${said} Give the administrator the role that it takes.`,
		};
	}
	if (status >= 300 && status < 400) {
		return {
			code,
			message: 'Nexudus answered with a redirect, which is not followed',
			description: `${said} Check 'Admin URL' in the credential.`,
		};
	}
	return {
		code,
		message:
			words.text === null
				? `Nexudus refused the request (status ${status})`
				: `Nexudus refused: ${words.text}`,
		description: `${said} 'Get' of contracts and of pause periods shows what is there now.`,
	};
}
