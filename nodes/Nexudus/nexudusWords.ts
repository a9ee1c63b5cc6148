import type { AnsweredReply } from '../../guarded-change/readWell';
import type { FailureText, VendorWords } from '../../n8n/failureText';
import { isWebPage, vendorWords } from './vendorAnswer';

/** Nexudus' replies in words, with a way out for each. */
export const nexudusWords: VendorWords = {
	vendor: 'Nexudus',
	whereToLook:
		"open the contract in the portal under My Plans, or run 'Get' after its next renewal. This n8n reads before it writes and does not send the change again on a guess.",
	foreignAnswer:
		"Check 'Portal URL' in the credential: it must be the portal's own address, not a custom domain, which serves web pages only.",
	reply: (reply) => {
		if (isWebPage(reply)) return `it answered with a web page (status ${reply.status})`;
		if (reply.status < 300)
			return `its answer is not what the API documents (status ${reply.status})`;
		return `it answered with status ${reply.status}${quoted(reply)}`;
	},
	refused: (reply) => refusedText(reply),
	unauthorized: (reply) => ({
		code: 'http401',
		message: 'Nexudus does not accept the session for this request (status 401)',
		description: `Status 401 means one of three things: the session has expired (a new sign-in did not help, and an access token cannot be renewed), the customer has no permission for this contract, or the account has no customer profile at this location${quoted(reply)}.`,
	}),
};

function quoted(reply: AnsweredReply): string {
	const { text } = vendorWords(reply);
	return text === null ? '' : ` ("${text}")`;
}

function refusedText(reply: AnsweredReply): FailureText {
	const { status } = reply;
	const words = vendorWords(reply);
	const code = words.code ?? `http${status}`;
	const said = `Nexudus said: status ${status}${words.text === null ? ', without a reason' : `, "${words.text}"`}.`;
	if (status === 404) {
		return {
			code,
			message: 'Nexudus does not know this contract for the customer who is signed in',
			description: `${said} Check the contract ID, and that the credential is of the customer it belongs to.`,
		};
	}
	if (status === 403) {
		return {
			code,
			message: 'Nexudus does not allow this for the customer who is signed in',
			description: `${said} The customer must own the contract or manage its team.`,
		};
	}
	if (status >= 300 && status < 400) {
		return {
			code,
			message: 'The portal answered with a redirect, which is not followed',
			description: `${said} Check 'Portal URL' in the credential: it must be the portal's own address.`,
		};
	}
	return {
		code,
		message:
			words.text === null
				? `Nexudus refused the request (status ${status})`
				: `Nexudus refused: ${words.text}`,
		description: `${said} 'Get Pause Meta' shows what the contract allows now.`,
	};
}
