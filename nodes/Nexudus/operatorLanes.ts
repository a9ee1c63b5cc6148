import type { Refusal, SentWrite } from '../../guarded-change/change';
import { SETTLED_AFTER } from './rules';

/**
 * Where all changes of one contract by an operator meet: of its pause periods, and its pauses and
 * resumes for the member. A contract's id is its own at an admin API. Pure.
 * @param admin origin of the admin API
 */
export function contractLane(admin: string, contractId: number): string {
	return JSON.stringify(['nexudus', admin, 'contract', contractId]);
}

/** The lane of one pause period. Pure. */
export function periodLane(admin: string, pausePeriodId: number): string {
	return JSON.stringify(['nexudus', admin, 'pausePeriod', pausePeriodId]);
}

const SENT: Record<string, string> = {
	create: 'A new pause period',
	update: 'An update of a pause period',
	delete: 'A deletion of a pause period',
	pause: 'A pause for the member',
	resumeNow: 'A resume for the member',
	resumeAtEnd: 'A resume for the member',
};

/** The last of other writes of a contract may still act: until when nothing is sent. Pure. */
export function stillOpen(others: readonly SentWrite[]): Refusal | undefined {
	if (others.length === 0) return undefined;
	const { operation, sentAt } = others.reduce((a, b) => (a.sentAt > b.sentAt ? a : b));
	const what = SENT[operation];
	const at = new Date(sentAt).toISOString();
	const until = new Date(sentAt + SETTLED_AFTER).toISOString();
	return {
		code: 'otherChangeOpen',
		message: `${what} of this contract was sent at ${at}, and Nexudus does not show what became of it: nothing was sent now`,
		description: `It may still take effect until ${until}. Run the workflow again after that.`,
	};
}
