import { NO_ANSWER, type Outcome, type Reason, type Reply } from '../guarded-change/change';

/** A failure in words: what happened, a code to branch on, and how to go on. */
export interface FailureText {
	message: string;
	description: string;
	code: string;
}

/** What only one vendor's replies mean, in words. Pure functions. */
export interface VendorWords {
	/** The vendor's name in a sentence. */
	vendor: string;
	/** A refusal of the vendor: 4xx, a redirect, or a 200 that says it was not successful. */
	refused(reply: Extract<Reply, { answered: true }>): FailureText;
	/** 401, after a new sign-in where there is one. */
	unauthorized(reply: Extract<Reply, { answered: true }>): FailureText;
	/** What to do about an answer that is not one of the API. */
	foreignAnswer: string;
	/** A reply in a few words, such as `status 500 ("…")`. */
	reply(reply: Extract<Reply, { answered: true }>): string;
	/** Where a person can look what became of a change. */
	whereToLook: string;
}

/** A change in words: "the pause of contract 700100". */
export interface Subject {
	verb: string;
	thing: string;
}

/** Why a change was not made, or why it is not known. Pure. */
export function changeFailure(
	words: VendorWords,
	{ verb, thing }: Subject,
	outcome: Outcome<unknown>,
): FailureText {
	const { vendor } = words;
	const change = `the ${verb} of ${thing}`;
	const look = `How to find out: ${words.whereToLook}`;
	const { reason } = outcome;
	if (reason === undefined) {
		return {
			code: 'failed',
			message: `${capital(change)} did not come to an end`,
			description: look,
		};
	}
	switch (reason.code) {
		case 'rules':
			return rulesText(reason.refusals);
		case 'sentBefore':
			return {
				code: outcome.outcome === 'refused' ? 'differentSentBefore' : 'sentBefore',
				message: `A ${verb} of ${thing} was sent at ${new Date(reason.sentAt).toISOString()}, and ${vendor} does not show what became of it: nothing was sent now`,
				description: `Sending again could act twice. ${look}`,
			};
		case 'contradicted':
			return {
				code: 'contradicted',
				message: `${vendor} accepted ${change}, but shows something else`,
				description: `Compare "before" and "after": somebody else may have made another change at the same time. ${look}`,
			};
		case 'ambiguous':
			return {
				code: 'outcomeUnknown',
				message: `It is not known whether ${change} took effect`,
				description: `${cause(words, reason.reply)}. ${sight(vendor, reason)}. It was not sent again. ${look}`,
			};
		case 'stopped':
			return outcome.outcome === 'unknown'
				? {
						code: 'cancelledInFlight',
						message: `The execution was stopped while ${change} was under way`,
						description: `It is not known whether it took effect. ${look}`,
					}
				: {
						code: 'notTried',
						message: `${capital(change)} was not tried`,
						description:
							'The run had stopped before. Run the workflow again: what is done stays done.',
					};
		default: {
			const text = readFailure(words, reason);
			const note =
				outcome.outcome === 'unknown'
					? `It is not known whether ${change} took effect. ${look}`
					: outcome.attempts.some((attempt) => attempt.class === 'ambiguous')
						? 'Reading has proven that the earlier try had no effect.'
						: outcome.outcome === 'failed'
							? 'Nothing was changed.'
							: '';
			return { ...text, description: `${text.description} ${note}`.trim() };
		}
	}
}

function sight(vendor: string, reason: { reads: number; sawOther: boolean }): string {
	if (reason.sawOther) return `${vendor} shows a change, but not the one asked for`;
	return reason.reads > 0
		? `${reason.reads} reads afterwards did not show it, which does not prove that it did not happen`
		: 'No read afterwards told';
}

function cause(words: VendorWords, reply: Reply | null): string {
	return reply === null
		? 'No whole answer came'
		: `After the request had left, ${replyWords(words, reply)}`;
}

function rulesText(
	refusals: ReadonlyArray<{ code: string; message: string; description?: string }>,
): FailureText {
	return {
		code: refusals[0]?.code ?? 'refused',
		message: refusals.map(({ message }) => message).join('; '),
		// Two things that stand in the way may have the same way out.
		description: [...new Set(refusals.flatMap(({ description }) => description ?? []))].join(' '),
	};
}

/** Why something could not be read, or was refused by the vendor. Pure. */
export function readFailure(words: VendorWords, reason: Reason): FailureText {
	const { vendor } = words;
	switch (reason.code) {
		case 'rules':
			return rulesText(reason.refusals);
		case 'vendor':
			return reason.reply.answered ? words.refused(reason.reply) : unreadable(words, reason.reply);
		case 'session':
			if (reason.reply.answered) return words.unauthorized(reason.reply);
			if (reason.reply.code !== NO_ANSWER.noSession) return unreadable(words, reason.reply);
			return {
				code: 'signIn',
				message: reason.reply.message ?? `There is no session at ${vendor}`,
				description: 'Open the credential, mend it, and use its test.',
			};
		case 'noAccess':
			return rulesText([reason.refusal]);
		case 'unreadable':
			return unreadable(words, reason.reply);
		case 'throttledTooLong':
			return {
				code: 'throttled',
				message: `${vendor} asks to wait until ${new Date(reason.until).toISOString()}, which is longer than allowed`,
				description:
					"Run the workflow again after that, or raise 'Max Throttle Wait' in 'Request Settings'.",
			};
		case 'deadline':
			return {
				code: 'deadline',
				message: `The time for this item is used up${reason.reply ? `: ${replyWords(words, reason.reply)}` : ''}`,
				description: "Run the workflow again, or raise 'Deadline' in 'Request Settings'.",
			};
		case 'attemptsUsed':
		case 'budgetUsed':
			return {
				code: reason.code,
				message: `${vendor} did not take the request: ${reason.reply ? replyWords(words, reason.reply) : 'no answer'}`,
				description:
					reason.code === 'budgetUsed'
						? `Too many requests of this n8n have failed lately, so no more are tried for now. Run the workflow again when ${vendor} answers.`
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

function unreadable(words: VendorWords, reply: Reply): FailureText {
	const foreign = reply.answered && reply.status < 400;
	return {
		code: reply.answered ? `http${reply.status}` : reply.code,
		message: `${words.vendor} could not be read: ${replyWords(words, reply)}`,
		description: foreign
			? words.foreignAnswer
			: `Run the workflow again when ${words.vendor} can be reached.`,
	};
}

function replyWords(words: VendorWords, reply: Reply): string {
	return reply.answered ? words.reply(reply) : noAnswerWords(reply.code);
}

const NO_ANSWER_WORDS: Record<string, string> = {
	[NO_ANSWER.timedOut]: 'no whole answer came within the time limit',
	[NO_ANSWER.cancelled]: 'the execution was cancelled',
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'the host name was not found',
	EAI_AGAIN: 'the host name could not be looked up',
	ECONNRESET: 'the connection was cut',
	ECONNABORTED: 'the connection was given up',
	ETIMEDOUT: 'the connection timed out',
};

/** An unanswered request in words. Pure. */
export function noAnswerWords(code: string): string {
	return NO_ANSWER_WORDS[code] ?? `the connection did not hold (${code})`;
}

function capital(sentence: string): string {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
