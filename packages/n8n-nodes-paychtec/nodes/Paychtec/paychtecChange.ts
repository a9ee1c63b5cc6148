import type { Change, HttpRequest } from '../../../../guarded-change/change';
import { paychtecApi, type PauseBody, type ResumeBody } from './paychtecApi';

interface OfSubscription extends Change {
	subscriptionId: string;
	baseUrl: string;
	profileId: string;
	/** When it is to happen, ISO 8601 UTC; null for at once, and for the end of the term. */
	at: string | null;
}

export interface PauseChange extends OfSubscription {
	operation: 'pause';
	body: PauseBody;
	ifAlreadyPaused: 'unchanged' | 'fail';
}

export interface ResumeChange extends OfSubscription {
	operation: 'resume';
	body: ResumeBody;
	ifNotPaused: 'unchanged' | 'fail';
}

export type PaychtecChange = PauseChange | ResumeChange;

/** What a caller asks for; the rest of a change follows from it. */
export type PauseRequest = Omit<PauseChange, 'id' | 'key' | 'lane'>;
export type ResumeRequest = Omit<ResumeChange, 'id' | 'key' | 'lane'>;

/** Gives a change its identity: the lane is the subscription, the key adds the wanted state. */
export function paychtecChange(request: PauseRequest | ResumeRequest): PaychtecChange {
	const { baseUrl, profileId, subscriptionId, operation, body, at } = request;
	const lane = JSON.stringify(['paychtec', baseUrl, profileId, subscriptionId]);
	// A date counts as the instant that it is, however it is written on the wire.
	const wanted = { ...body, pause_at: undefined, resume_date: undefined, at };
	return { ...request, id: subscriptionId, lane, key: JSON.stringify([lane, operation, wanted]) };
}

/** Takes effect with the request, not later. Pure. */
export function isImmediate(change: PaychtecChange): boolean {
	return when(change) === 'immediately';
}

/** The chosen moment in the vendor's word. Pure. */
export function when(change: PaychtecChange): string {
	return change.operation === 'pause' ? change.body.pause_option : change.body.resume_option;
}

/** The one write that a change is, exactly as it goes out, without its idempotency key. Pure. */
export function writeRequest(change: PaychtecChange): HttpRequest {
	const api = paychtecApi(change.baseUrl);
	return change.operation === 'pause'
		? api.pause(change.subscriptionId, change.body)
		: api.resume(change.subscriptionId, change.body);
}
