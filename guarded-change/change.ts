/**
 * The words of the engine. It carries out a state change on a billing system:
 * read → plan → send → classify → verify → outcome.
 * It knows neither n8n nor any vendor: a `System` tells it what a vendor says and wants.
 */

import type { Gate } from './pacer';

/** One HTTP request, ready to go out. The body is the exact text that is sent. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	url: string;
	headers?: Record<string, string>;
	body?: string;
}

/** What came back, unjudged. Header names are lower case. */
export type Reply =
	| { answered: true; status: number; headers: Record<string, string>; body: unknown }
	/** No whole answer. `code` is a network code, or one of the words in `NO_ANSWER`. */
	| { answered: false; code: string; message?: string };

/** Codes of an unanswered request that are ours and not the network's. */
export const NO_ANSWER = {
	timedOut: 'TIMED_OUT',
	cancelled: 'CANCELLED',
	noSession: 'NO_SESSION',
} as const;

export type ReplyClass =
	| 'ok'
	| 'refused'
	| 'neverSent'
	| 'throttled'
	| 'unauthorized'
	| 'ambiguous'
	| 'noSession'
	| 'cancelled';

export interface Verdict {
	class: ReplyClass;
	/** Milliseconds the vendor asks us to wait, where it says so. */
	retryAfter?: number;
	/** For `ambiguous`: the vendor's application has answered, so it will not act on this request later. */
	finished?: boolean;
}

/** What somebody asks for. `key` names the change itself, `lane` the thing it changes. */
export interface Change {
	id: string;
	operation: string;
	/** portal, account, contract, operation and wanted state in one text. */
	key: string;
	/** Changes of one lane go one after the other. Known before anything is read. */
	lane: string;
	dryRun: boolean;
	/** The plan must have this id, else nothing is sent. */
	expectedPlanId?: string;
	/** Nothing is sent without `expectedPlanId` (a tool call by a model). */
	planRequired?: boolean;
}

/** Something that stands in the way, in words for a person. */
export interface Refusal {
	code: string;
	message: string;
	description?: string;
}

/** What the vendor's rules say of a change in the state read. Pure data. */
export type Rules =
	| { do: 'write' }
	/** Already there. `proven` is false where the vendor may hide what would contradict it. */
	| { do: 'nothing'; sameAsAsked: boolean | null; proven: boolean; hint?: string }
	| { do: 'refuse'; refusals: Refusal[]; sameAsAsked?: boolean | null };

export type Plan = Rules & { planId: string };

/** What a plan is made of; the order counts. See planId.ts. */
export type PlanFacts = ReadonlyArray<readonly [name: string, value: string | number | null]>;

/** Something read, and when the oldest request that it rests on left (ms since 1970). */
export interface Known<T> {
	known: true;
	value: T;
	askedAt: number;
	/** Milliseconds spent waiting for the pace or a throttle, which no deadline counts. */
	waited: number;
}

/** A read that did not succeed, and why. */
export interface NotKnown {
	known: false;
	reason: Reason;
	waited: number;
}

export type Read<T> = Known<T> | NotKnown;

/** What a read is for: to plan a change, or to see what became of its write. */
export type ReadPurpose = 'plan' | 'verify';

/**
 * Does a later state show the change? `begun`: the vendor has taken it up and completes it later,
 * by itself or after somebody else has acted. `differs`: it shows one that cannot be ours.
 */
export type Sight = 'there' | 'begun' | 'absent' | 'differs';

/** A write that was sent and of which no read has told the end. */
export interface SentWrite {
	key: string;
	/** The own lane of the change that sent it. */
	lane: string;
	operation: string;
	sentAt: number;
	/** The vendor answered that it accepted the change. */
	accepted: boolean;
	/** After this time the effect can no longer be hidden (ms since 1970). */
	keepUntil: number;
	/** A read has shown it, and this is the mark of the state that it left. */
	left?: string;
	/** What a read has shown is its begin: the vendor completes it later. */
	begun?: boolean;
	/** See `SharedLane.leaves`. */
	leaves?: string;
	/** The idempotency key that it went out with, where the system replays. */
	sentAs?: string;
}

/** A lane that a change stands in besides its own: there it meets changes of other kinds of the same thing. */
export interface SharedLane<C extends Change, S> {
	/**
	 * Known once the state is read; undefined for a change that stands in its own lane alone. A lane
	 * that others share may be the own lane of a change which stands in no other. Pure.
	 */
	of(change: C, state: S): string | undefined;
	/** For so long after it was sent, a write whose end is not known may still act, in ms. */
	actsFor: number;
	/**
	 * Pure. Of the writes of other changes in this lane that may still act, what stands in the way of
	 * this one. Those of the own lane are among them, which the own lane tells more of.
	 */
	refusal(change: C, state: S, others: readonly SentWrite[]): Refusal | undefined;
	/**
	 * What the thing shows once a write sent in this state has acted; undefined where that is not
	 * told. Where it shows that already, the write can make nothing else of it. Pure.
	 */
	leaves?(change: C, state: S): string | undefined;
}

/** The four things a system gives, and what it declares about its writes. */
export interface System<C extends Change, S> {
	/**
	 * A state whose request left at or after `notBefore`: all that a plan needs, or only what shows
	 * whether the change is there. Never throws.
	 */
	read(change: C, notBefore: number, purpose: ReadPurpose): Promise<Read<S>>;
	/** Pure. `sent` are unsettled writes of the change's own lane. */
	rules(change: C, state: S, sent: readonly SentWrite[]): Rules;
	/** Pure. */
	planFacts(change: C, state: S): PlanFacts;
	/**
	 * One request, no retry, no judgement; `limit` is for the whole call, in ms. `key` is the
	 * idempotency key, empty where the system does not replay. Never throws.
	 */
	send(change: C, state: S, limit: number, key: string): Promise<Reply>;
	/** What goes out, where that depends on the state: an idempotency key stands for one request. Pure. */
	requestIn?(change: C, state: S): string;
	/** What only this vendor's replies mean; undefined leaves it to classify.ts. Pure. */
	judge?(reply: Reply): Verdict | undefined;
	/** Pure. */
	sees(change: C, before: S, after: S): Sight;
	/**
	 * Does the absence of the change in a read prove that a write with this verdict did not and will
	 * not act? `sinceSent` in ms.
	 */
	absenceProves(change: C, before: S, verdict: Verdict, sinceSent: number): boolean;
	/** Until when an unseen effect of this change may stay hidden (ms since 1970). */
	hiddenUntil(change: C, state: S): number;
	/**
	 * What stays the same for as long as nothing changes the state: tells that a confirmed change
	 * still stands where the state alone would ask for it again. Pure.
	 */
	mark?(state: S, begun: boolean): string | undefined;
	/** The unsettled writes of this lane that an accepted `change` makes void. */
	settles(change: C, sent: SentWrite): boolean;
	/** One new sign-in, shared by all that wait; `since` is when the refused request left. */
	renewSession(since: number, change: C): Promise<Renewal>;
	/** What a write of this change passes together with its turn; closed while its session is renewed. */
	gateOf?(change: C): Gate | undefined;
	/** A repeated send of the same change replays its first result (idempotency key). */
	replays: boolean;
	/** The reply was stored for an earlier request with the same key, and that one has ended. Pure. */
	isReplay?(reply: Reply): boolean;
	/** Where one thing is changed by operations that do not share a lane of their own. */
	shared?: SharedLane<C, S>;
	/** The change waits in line behind another: others need not wait for its company until what it returns is called. */
	rests?(change: C): () => void;
}

/** One write request, and what came of it. */
export interface Attempt {
	class: ReplyClass;
	/** HTTP status, or the code of an unanswered request. */
	status: number | string;
	/** When the request left, ISO 8601 UTC. */
	at: string;
	/** Milliseconds waited before it because of the one before. */
	waited: number;
}

export type Verification = 'confirmed' | 'notVisible' | 'notRead';

/** Why a change was not made, for the system to put into words. */
export type Reason =
	| { code: 'rules'; refusals: Refusal[] }
	| { code: 'vendor'; reply: Reply }
	| { code: 'unreadable'; reply: Reply }
	| { code: 'session'; reply: Reply }
	/** The session that the request needs could not be opened; the system has the words for it. */
	| { code: 'noAccess'; refusal: Refusal }
	| { code: 'throttledTooLong'; until: number }
	| { code: 'deadline' | 'attemptsUsed' | 'budgetUsed'; reply?: Reply }
	| { code: 'ambiguous'; reply: Reply | null; reads: number; sawOther: boolean }
	| { code: 'sentBefore'; sentAt: number }
	| { code: 'contradicted' }
	| { code: 'stopped' };

/** A session refused at 401: true where the request is worth sending again, else why not, if known. */
export type Renewal = boolean | Reason;

export interface Outcome<S> {
	outcome: 'changed' | 'unchanged' | 'planned' | 'refused' | 'unknown' | 'notTried' | 'failed';
	verification: Verification;
	sameAsAsked: boolean | null;
	before: S | null;
	after: S | null;
	plan: Plan | null;
	attempts: Attempt[];
	reason?: Reason;
	hint?: string;
}
