import type { AnsweredReply } from '../../guarded-change/readWell';
import type { FailureText, VendorWords } from '../../n8n/failureText';
import { replyInWords } from '../../n8n/vendorReply';
import type { ActAs } from './actAs';
import { quoted, vendorWords } from './vendorAnswer';

/** What the words say of whose session it is. */
interface Identity {
	/** Such as "the customer who is signed in". */
	who: string;
	/** What 401 may mean besides the account having no right to the contract. */
	unauthorized: string;
	/** What to check where Nexudus knows no such contract of theirs. */
	notFound: string;
}

const IDENTITY: Record<ActAs, Identity> = {
	customer: {
		who: 'the customer who is signed in',
		unauthorized:
			'Status 401 means one of three things: the session has expired (a new sign-in did not help, and an access token cannot be renewed), the customer has no permission for this contract, or the account has no customer profile at this location',
		notFound: 'Check the contract ID, and that the credential is of the customer it belongs to.',
	},
	operator: {
		who: 'this coworker',
		unauthorized:
			"Status 401 means one of three things: the member's session has expired (a new exchange did not help), the member has no permission for this contract, as where it is another member's, or has no profile at the location of this portal",
		notFound: "Check 'Contract', and that 'Coworker' is the member it belongs to.",
	},
};

/** Nexudus' replies in words, with a way out for each, by who acts. */
export function wordsFor(actAs: ActAs): VendorWords {
	const identity = IDENTITY[actAs];
	return {
		vendor: 'Nexudus',
		whereToLook:
			"open the contract in the portal under My Plans, or run 'Get' after its next renewal. This n8n reads before it writes and does not send the change again on a guess.",
		foreignAnswer:
			"Check 'Portal URL' in the credential: it must be the portal's own address, not a custom domain, which serves web pages only.",
		reply: (reply) => replyInWords(reply, quoted(reply)),
		refused: (reply) => refusedText(reply, identity),
		unauthorized: (reply) => ({
			code: 'http401',
			message: 'Nexudus does not accept the session for this request (status 401)',
			description: `${identity.unauthorized}${quoted(reply)}.`,
		}),
	};
}

function refusedText(reply: AnsweredReply, { who, notFound }: Identity): FailureText {
	const { status } = reply;
	const words = vendorWords(reply);
	const code = words.code ?? `http${status}`;
	const said = `Nexudus said: status ${status}${words.text === null ? ', without a reason' : `, "${words.text}"`}.`;
	if (status === 404) {
		return {
			code,
			message: `Nexudus does not know this contract for ${who}`,
			description: `${said} ${notFound}`,
		};
	}
	if (status === 403) {
		return {
			code,
			message: `Nexudus does not allow this for ${who}`,
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
