import { NO_ANSWER, type Reason, type Reply } from '../../guarded-change/change';
import type { ItemOutcome } from './changeContracts';
import type { NexudusChange } from './nexudusChange';
import { noAnswerWords, isWebPage, vendorWords } from './vendorAnswer';

/** A failure in words: what happened, a code to branch on, and how to go on. */
export interface FailureText {
	message: string;
	description: string;
	code: string;
}

/** Why a change was not made or is not known. Pure. */
export function changeFailure(change: NexudusChange, outcome: ItemOutcome): FailureText {
	const { reason } = outcome;
	const subject = `contract ${change.contractId}`;
	const verb = change.operation === 'pause' ? 'pause' : 'resume';
	if (reason === undefined) {
		return {
			code: 'failed',
			message: `The ${verb} of ${subject} did not come to an end`,
			description: LOOK,
		};
	}
	switch (reason.code) {
		case 'rules':
			return rulesText(reason.refusals);
		case 'sentBefore':
			return {
				code: outcome.outcome === 'refused' ? 'differentSentBefore' : 'sentBefore',
				message: `A ${verb} of ${subject} was sent at ${new Date(reason.sentAt).toISOString()}, and Nexudus does not show what became of it: nothing was sent now`,
				description: `Sending again could pause twice. ${LOOK}`,
			};
		case 'contradicted':
			return {
				code: 'contradicted',
				message: `Nexudus accepted the ${verb} of ${subject}, but shows something else`,
				description: `Compare "before" and "after". Somebody else may have changed the contract at the same time. ${LOOK}`,
			};
		case 'ambiguous':
			return {
				code: 'outcomeUnknown',
				message: `It is not known whether the ${verb} of ${subject} took effect`,
				description: `${ambiguousCause(reason.reply)}. ${
					reason.sawOther
						? 'Nexudus shows a change, but not the one asked for'
						: reason.reads > 0
							? `${reason.reads} reads afterwards did not show it, which does not prove that it did not happen`
							: 'No read afterwards told'
				}. It was not sent again. ${LOOK}`,
			};
		case 'stopped':
			return outcome.outcome === 'unknown'
				? {
						code: 'cancelledInFlight',
						message: `The execution was stopped while the ${verb} of ${subject} was under way`,
						description: `It is not known whether it took effect. ${LOOK}`,
					}
				: {
						code: 'notTried',
						message: `The ${verb} of ${subject} was not tried`,
						description:
							'The run had stopped before. Run the workflow again: what is done stays done.',
					};
		default: {
			const text = readFailure(reason);
			const nothing = outcome.attempts.some((attempt) => attempt.class === 'ambiguous')
				? 'It is proven by reading that the earlier try had no effect.'
				: 'Nothing was changed.';
			return outcome.outcome === 'unknown'
				? {
						...text,
						description: `It is not known whether the ${verb} took effect. ${text.description} ${LOOK}`,
					}
				: {
						...text,
						description:
							`${text.description} ${outcome.outcome === 'failed' ? nothing : ''}`.trim(),
					};
		}
	}
}

const LOOK =
	"How to find out: open the contract in the portal under My Plans, or run 'Get' later. Running the workflow again is safe: it reads first.";

function rulesText(
	refusals: ReadonlyArray<{ code: string; message: string; description?: string }>,
): FailureText {
	const [first] = refusals;
	if (first === undefined)
		return { code: 'refused', message: 'The change was refused', description: LOOK };
	return {
		code: first.code,
		message: refusals.map(({ message }) => message).join('; '),
		description: refusals
			.map(({ description }) => description ?? '')
			.join(' ')
			.trim(),
	};
}

/** Why something could not be read or was refused by the vendor. Pure. */
export function readFailure(reason: Exclude<Reason, { refusals: unknown }>): FailureText {
	switch (reason.code) {
		case 'vendor':
			return refusedBy(reason.reply);
		case 'session':
			return sessionText(reason.reply);
		case 'unreadable':
			return {
				code: unansweredCode(reason.reply),
				message: `Nexudus could not be read: ${what(reason.reply)}`,
				description: unreadableAdvice(reason.reply),
			};
		case 'throttledTooLong':
			return {
				code: 'throttled',
				message: `Nexudus asks to wait until ${new Date(reason.until).toISOString()}, which is longer than allowed`,
				description:
					"Run the workflow again after that, or raise 'Max Throttle Wait' in 'Request Settings'.",
			};
		case 'deadline':
			return {
				code: 'deadline',
				message: `The time for this item is used up${reason.reply ? `: ${what(reason.reply)}` : ''}`,
				description: "Run the workflow again, or raise 'Deadline' in 'Request Settings'.",
			};
		case 'attemptsUsed':
		case 'budgetUsed':
			return {
				code: reason.code,
				message: `Nexudus was not reached: ${reason.reply ? what(reason.reply) : 'no answer'}`,
				description:
					reason.code === 'budgetUsed'
						? 'Too many requests of this n8n failed lately, so no more are tried for now. Run the workflow again when Nexudus answers.'
						: "Run the workflow again later, or raise 'Max Attempts' in 'Request Settings'.",
			};
		default:
			return {
				code: reason.code,
				message: 'The run was stopped',
				description: 'Run the workflow again.',
			};
	}
}

function unansweredCode(reply: Reply): string {
	return reply.answered ? `http${reply.status}` : reply.code;
}

function what(reply: Reply): string {
	if (!reply.answered) return noAnswerWords(reply.code);
	if (isWebPage(reply)) return `it answered with a web page (status ${reply.status})`;
	if (reply.status >= 200 && reply.status < 300)
		return `its answer is not what the API documents (status ${reply.status})`;
	return `status ${reply.status}${quoted(reply)}`;
}

function ambiguousCause(reply: Reply | null): string {
	return reply === null ? 'No whole answer came' : `After the request had left, ${what(reply)}`;
}

function quoted(reply: Reply): string {
	const { text } = vendorWords(reply);
	return text === null ? '' : ` ("${text}")`;
}

function unreadableAdvice(reply: Reply): string {
	if (reply.answered && (isWebPage(reply) || reply.status < 300)) {
		return "Check 'Portal URL' in the credential: it must be the portal's own address, not a custom domain, which serves web pages only.";
	}
	return 'Run the workflow again when the portal can be reached.';
}

/** A refusal by the vendor: 4xx, a redirect, or a 200 that says it was not successful. */
function refusedBy(reply: Reply): FailureText {
	if (!reply.answered)
		return { code: reply.code, message: noAnswerWords(reply.code), description: '' };
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

/** 401 has three documented meanings, and a new sign-in has ruled none of them out but expiry. */
function sessionText(reply: Reply): FailureText {
	if (!reply.answered) {
		if (reply.code !== NO_ANSWER.noSession) {
			return {
				code: reply.code,
				message: noAnswerWords(reply.code),
				description: 'Run the workflow again.',
			};
		}
		return {
			code: 'signIn',
			message: reply.message ?? 'Nexudus sign-in: no session',
			description: 'Open the credential, mend it, and use its test.',
		};
	}
	return {
		code: 'http401',
		message: 'Nexudus does not accept the session for this request (status 401)',
		description:
			`${quoted(reply)} Status 401 means one of three things: the session expired (a new sign-in did not help, or an access token cannot be renewed), the customer has no permission for this contract, or the account has no customer profile at this location.`.trim(),
	};
}
