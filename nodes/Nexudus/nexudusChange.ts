import type { Change } from '../../guarded-change/change';

/** On whose behalf an operator makes a change. */
export interface ActingFor {
	coworkerId: number;
	/** E-mail of the operator. */
	operator: string;
}

interface OfContract extends Change {
	contractId: number;
	portal: string;
	/** For the plan: the customer who is signed in, or the coworker an operator acts for. */
	account: string;
	/** Absent where customers act for themselves. */
	actingFor?: ActingFor;
	/** Origin of the admin API of the operator who acts. */
	admin?: string;
}

export interface PauseChange extends OfContract {
	operation: 'pause';
	cycles: number;
	termsAccepted: boolean;
	ifAlreadyPaused: 'unchanged' | 'accept' | 'fail';
}

export interface ResumeChange extends OfContract {
	operation: 'resumeNow' | 'resumeAtEnd';
	ifNotPaused: 'unchanged' | 'fail';
}

export type NexudusChange = PauseChange | ResumeChange;

/** What a caller asks for; the rest of a change follows from it. */
export type PauseRequest = Omit<PauseChange, 'id' | 'key' | 'lane'>;
export type ResumeRequest = Omit<ResumeChange, 'id' | 'key' | 'lane'>;

/**
 * Gives a change its identity. The lane is the contract, whoever acts: a contract's id is its own
 * at a portal. The key adds the wanted state.
 */
export function nexudusChange(request: PauseRequest | ResumeRequest): NexudusChange {
	const { portal, contractId, operation } = request;
	const lane = JSON.stringify(['nexudus', portal, contractId]);
	const wanted = operation === 'pause' ? request.cycles : operation;
	return {
		...request,
		id: String(contractId),
		lane,
		key: JSON.stringify([lane, operation, wanted]),
	};
}
