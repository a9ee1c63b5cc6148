import type { AnsweredReply } from '../../../../guarded-change/readWell';
import type { FailureText, VendorWords } from '../../../../n8n/failureText';
import { replyInWords } from '../../../../n8n/vendorReply';
import { vendorWords } from './vendorAnswer';

/** Paychtec's replies in words, with a way out for each. */
export const paychtecWords: VendorWords = {
	vendor: 'Paychtec',
	whereToLook:
		"run 'Get', or look at the subscription in Paychtec; its webhooks tell the final state. Two systems stand behind the call, so a lost answer may still have taken effect.",
	foreignAnswer:
		"Check 'Environment' and 'Base URL' in the credential: something else than the API answered.",
	reply: (reply) => {
		const { text } = vendorWords(reply);
		return replyInWords(reply, text === null ? '' : ` ("${text}")`);
	},
	refused: refusedText,
	unauthorized: (reply) => ({
		code: 'http401',
		message: 'Paychtec does not accept the API key (status 401)',
		description: `${said(reply)} Check 'API Key', 'Profile ID' and 'Environment' in the credential.`,
	}),
};

function said(reply: AnsweredReply): string {
	const { text } = vendorWords(reply);
	return `Paychtec said: status ${reply.status}${text === null ? ', without a reason' : `, "${text}"`}.`;
}

function refusedText(reply: AnsweredReply): FailureText {
	const { status } = reply;
	const { code: vendorCode, text } = vendorWords(reply);
	const code = vendorCode ?? `http${status}`;
	const because = text === null ? `(status ${status})` : `: ${text}`;
	switch (true) {
		case status === 404:
			return {
				code,
				message: 'Paychtec does not know this subscription',
				description: `${said(reply)} Check the subscription ID, and that 'Profile ID' and 'Environment' in the credential are those it belongs to.`,
			};
		case status === 403:
			return {
				code,
				message: 'Paychtec does not allow this with the API key',
				description: `${said(reply)} Check 'API Key' and 'Profile ID' in the credential.`,
			};
		case status < 400:
			return {
				code,
				message: 'Paychtec answered with a redirect, which is not followed',
				description: `${said(reply)} Check 'Environment' and 'Base URL' in the credential.`,
			};
		case status === 501:
			return {
				code,
				message: 'Paychtec has not built this operation for the subscription',
				description: said(reply),
			};
		default:
			return {
				code,
				message: `Paychtec refused the request ${because}`.replace(' :', ':'),
				description: `${said(reply)} Where it is about the date, choose another 'Write Date As'.`,
			};
	}
}
