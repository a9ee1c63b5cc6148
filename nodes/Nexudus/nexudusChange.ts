import type { Change } from '../../guarded-change/change';

export type ResumeWhen = 'immediately' | 'endOfPausePeriod';

interface OfContract extends Change {
	contractId: number;
	portal: string;
	account: string;
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

/** Gives a change its identity: the lane is the contract, the key adds the wanted state. */
export function nexudusChange(request: PauseRequest | ResumeRequest): NexudusChange {
	const { portal, account, contractId, operation } = request;
	const lane = JSON.stringify(['nexudus', portal, account, contractId]);
	const wanted = operation === 'pause' ? request.cycles : operation;
	return {
		...request,
		id: String(contractId),
		lane,
		key: JSON.stringify([lane, operation, wanted]),
	};
}
