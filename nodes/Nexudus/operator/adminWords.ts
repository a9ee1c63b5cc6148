import type { VendorWords } from '../../../n8n/failureText';
import { isWebPage } from '../../../n8n/vendorReply';
import { vendorWords } from '../vendorAnswer';
import { wordsFor } from '../nexudusWords';

const said = (reply: Parameters<VendorWords['refused']>[0]): string => {
	const { text } = vendorWords(reply);
	return `Nexudus said: status ${reply.status}${text === null ? '' : `, "${text}"`}.`;
};

/** Replies of the admin API in words. */
export const adminWords: VendorWords = {
	...wordsFor('operator'),
	foreignAnswer:
		"Check 'Admin URL' in the credential: it is the address of the admin API, not of a portal.",
	refused: (reply) => ({
		code: vendorWords(reply).code ?? `http${reply.status}`,
		message: isWebPage(reply)
			? `Nexudus answered with a web page (status ${reply.status})`
			: `Nexudus refused the request (status ${reply.status})`,
		description: `${said(reply)} The operator's account may lack the role for it.`,
	}),
	unauthorized: (reply) => ({
		code: 'http401',
		message: 'Nexudus does not accept the session of this operator (status 401)',
		description: `${said(reply)} A new sign-in did not help: the account is no administrator, or lacks the role for this request.`,
	}),
};
