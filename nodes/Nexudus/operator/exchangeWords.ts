import type { NotKnown, Reason, Refusal, Reply } from '../../../guarded-change/change';
import { noAnswerWords } from '../../../n8n/failureText';
import { vendorWords } from '../vendorAnswer';

/** The two requests between an operator's session and one of a member. */
export type Step = 'impersonation' | 'exchange';

interface Case {
	step: Step;
	/** Statuses that it is about; none is any other answer. */
	statuses?: number[];
	code: string;
	message: (coworker: string, reply: string) => string;
	description: string;
}

const NOT_VERIFIED =
	"Acting for members is documented by Nexudus in few words, and some of them are inferred: 'Limits and Unknowns' of this node lists what.";

/** First row that fits is the answer. The pages: system/impersonation-token, auth/exchange-jwt [D]. */
const REFUSED: readonly Case[] = [
	{
		step: 'impersonation',
		statuses: [401, 403],
		code: 'mayNotActForMembers',
		message: (coworker, reply) =>
			`Nexudus does not let this operator act for ${coworker} (${reply})`,
		description: `The account must be an administrator with the right to act for customers: a full administrator should have it; which single role gives it is not documented. A customer's own login does not work here. ${NOT_VERIFIED}`,
	},
	{
		step: 'impersonation',
		statuses: [404],
		code: 'coworkerUnknown',
		message: (coworker, reply) => `Nexudus does not know ${coworker} (${reply})`,
		description:
			"Check 'Coworker': it is the ID of a customer (coworker) of this network, not of a contract, a user or a team.",
	},
	{
		step: 'impersonation',
		code: 'impersonationRefused',
		message: (coworker, reply) =>
			`Nexudus gave no impersonation token for ${coworker}: it answered with ${reply}`,
		description: `Check 'Coworker', and 'Admin URL' in the credential. ${NOT_VERIFIED}`,
	},
	{
		step: 'exchange',
		code: 'exchangeRefused',
		message: (coworker, reply) =>
			`Nexudus did not exchange the impersonation token of ${coworker} for a session: it answered with ${reply}`,
		description: `Check 'Portal URL' in the credential: it must be the portal of the member's own location, not a custom domain. ${NOT_VERIFIED}`,
	},
];

const UNREADABLE: Record<Step, { answered: Omit<Case, 'step'>; silent: Omit<Case, 'step'> }> = {
	impersonation: {
		answered: {
			code: 'noImpersonationToken',
			message: (coworker, reply) =>
				`The answer of Nexudus holds no impersonation token for ${coworker} (${reply})`,
			description: `Check 'Admin URL' in the credential: it is the address of the admin API, not of a portal. ${NOT_VERIFIED}`,
		},
		silent: {
			code: 'impersonationFailed',
			message: (coworker, reply) => `No impersonation token for ${coworker} could be had: ${reply}`,
			description: 'Run the workflow again when Nexudus can be reached.',
		},
	},
	exchange: {
		answered: {
			code: 'noMemberSession',
			message: (coworker, reply) =>
				`The answer of Nexudus to the exchange holds no session of ${coworker} (${reply})`,
			description: `Check 'Portal URL' in the credential: it must be the portal's own address, not a custom domain. ${NOT_VERIFIED}`,
		},
		silent: {
			code: 'exchangeFailed',
			message: (coworker, reply) =>
				`The impersonation token of ${coworker} could not be exchanged for a session: ${reply}`,
			description: 'Run the workflow again when the portal can be reached.',
		},
	},
};

/**
 * Why there is no session of a member: which step failed and what to do. What is no matter of the
 * step – a stop, a wait that is too long, the operator's own sign-in – stays as it is. Pure.
 * @param secrets never to appear in the words
 */
export function noAccess(
	step: Step,
	coworkerId: number,
	failed: NotKnown,
	secrets: readonly string[] = [],
): NotKnown {
	const refusal = refusalOf(step, `coworker ${coworkerId}`, failed.reason, secrets);
	return refusal === undefined ? failed : { ...failed, reason: { code: 'noAccess', refusal } };
}

/** May the next item fare better? Not where Nexudus has refused. Pure. */
export function mayPass(reason: Reason): boolean {
	if (reason.code !== 'noAccess') return reason.code !== 'session';
	return Object.values(UNREADABLE).some(({ silent }) => silent.code === reason.refusal.code);
}

function refusalOf(
	step: Step,
	coworker: string,
	reason: Reason,
	secrets: readonly string[],
): Refusal | undefined {
	if (reason.code !== 'vendor' && reason.code !== 'session' && reason.code !== 'unreadable') {
		return undefined;
	}
	const { reply } = reason;
	// Only an answered 401 is the step's own: without an answer it was the sign-in.
	if (reason.code === 'session' && !reply.answered) return undefined;
	const isGood = reply.answered && reply.status < 400;
	const { code, message, description } =
		reason.code !== 'unreadable'
			? REFUSED.find((row) => row.step === step && isAbout(row, reply))!
			: UNREADABLE[step][isGood ? 'answered' : 'silent'];
	return { code, message: message(coworker, replyText(reply, secrets)), description };
}

function isAbout({ statuses }: Case, reply: Reply): boolean {
	return statuses === undefined || (reply.answered && statuses.includes(reply.status));
}

function replyText(reply: Reply, secrets: readonly string[]): string {
	if (!reply.answered) return noAnswerWords(reply.code);
	const { text } = vendorWords(reply);
	// The whole answer, for the words are cut; a part of a secret is one too.
	const answer = JSON.stringify(reply.body) ?? '';
	const tells = secrets.some((secret) => secret !== '' && answer.includes(secret.slice(0, 16)));
	const isQuotable = text !== null && !tells;
	return `status ${reply.status}${isQuotable ? ` ("${text}")` : ''}`;
}
