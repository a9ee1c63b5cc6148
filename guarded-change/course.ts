import type {
	Attempt,
	Change,
	Outcome,
	Plan,
	Read,
	ReadPurpose,
	Reason,
	Reply,
	SentWrite,
	System,
	Verdict,
} from './change';
import type { ItemDoubt } from './doubts';
import { idempotencyKey } from './idempotencyKey';
import type { Line } from './line';
import { Patience } from './patience';
import type { PaceLimits, RequestSettings } from './settings';
import { sharedRead } from './sharedRead';
import { Stopwatch } from './stopwatch';
import { Traces } from './traces';
import type { Run } from './world';

export interface Tools<C extends Change, S> {
	system: System<C, S>;
	run: Run;
	limits: PaceLimits;
	settings: RequestSettings;
	/** Raised while a reply of this item may turn out to be a failure. */
	doubt?: ItemDoubt;
}

/** One change on its way: what is known of it so far, what the process remembers of it, how it ends. */
export class Course<C extends Change, S> {
	readonly watch: Stopwatch;
	readonly patience: Patience;
	readonly attempts: Attempt[] = [];
	before: S | null = null;
	plan: Plan | null = null;
	/** A write of ours was given up and may still act, though no read has shown it. */
	mayHaveActed = false;
	/** The vendor keeps an error for the key, and no read has told yet whether the write acted. */
	keptError = false;
	/** Idempotency key of the write. It stays while a write under it may have acted. */
	key = '';
	/** The request that the key was taken for, where it depends on the state. */
	private keyed: string | undefined;
	/** The reply that left it open whether the write acted. */
	private doubtful: Reply | null = null;
	/** What the process remembers of its writes. */
	readonly traces: Traces;
	private freshKeys = 0;

	constructor(
		readonly change: C,
		readonly lane: Line,
		readonly tools: Tools<C, S>,
	) {
		const { clock, memory, account } = tools.run;
		this.traces = new Traces(change, memory.sent, tools.system.shared?.actsFor);
		this.watch = new Stopwatch(() => clock.now());
		this.patience = new Patience(clock, memory.paceOf(account).budget, tools.settings, this.watch);
	}

	async read(notBefore: number, purpose: ReadPurpose): Promise<Read<S>> {
		this.watch.start();
		const { system, run } = this.tools;
		// A read may serve many: what it had waited before this item asked is not this item's wait.
		const answer = await sharedRead(run.clock, system.read(this.change, notBefore, purpose));
		this.watch.exclude(answer.waited);
		return answer;
	}

	/** Stands in a second lane too. True where it does only from now on: a read may be too old by now. */
	async alsoIn(sharedLane: string): Promise<boolean> {
		this.traces.sharedLane = sharedLane;
		const since = this.tools.run.clock.now();
		const isNew = await this.lane.alsoIn(sharedLane);
		// As with the wait for its own lane, no deadline counts this one.
		this.watch.exclude(this.tools.run.clock.now() - since);
		return isNew;
	}

	end(outcome: Outcome<S>['outcome'], rest: Partial<Outcome<S>> = {}): Outcome<S> {
		return {
			outcome,
			verification: 'notRead',
			sameAsAsked: null,
			before: this.before,
			after: null,
			plan: this.plan,
			attempts: this.attempts,
			...rest,
		};
	}

	/** No further write: what is known of those before decides what it is called. */
	givenUp(reason: Reason): Outcome<S> {
		if (this.mayHaveActed) return this.end('unknown', { reason });
		if (reason.code === 'vendor') return this.end('refused', { reason });
		return this.end(reason.code === 'stopped' ? 'notTried' : 'failed', { reason });
	}

	/** A read shows the change. */
	confirmed(after: S, sentAt: number): Outcome<S> {
		this.traces.forget();
		this.spendKey();
		this.leave(after, sentAt, false);
		return this.end('changed', { verification: 'confirmed', after });
	}

	/** The vendor completes it later: what is there now tells that it need not be sent again. */
	begun(after: S, sentAt: number): Outcome<S> {
		this.traces.forget();
		this.spendKey();
		this.leave(after, sentAt, true);
		return this.end('changed', { verification: 'notVisible', after });
	}

	/** The vendor said done, and what it shows says something else; `proven`, that it is not there. */
	contradicted(after: S, proven: boolean): Outcome<S> {
		// What is shown may be somebody else's change, and this one may show later.
		if (proven) this.traces.forget();
		else this.traces.forgetRequest();
		return this.end('failed', { after, reason: { code: 'contradicted' } });
	}

	/** Where the state alone would ask for the change again, the record says that it is there. */
	private leave(after: S, sentAt: number, begun: boolean): void {
		const { change, tools } = this;
		const { system } = tools;
		const left = system.mark?.(after, begun);
		if (left === undefined || system.rules(change, after, []).do !== 'write') return;
		const keepUntil = system.hiddenUntil(change, after);
		this.traces.remember({ sentAt, accepted: true, keepUntil, left, ...(begun && { begun }) });
	}

	/** The vendor has said "done" under the key. */
	spendKey(): void {
		const { system, run } = this.tools;
		if (system.replays) run.memory.spentKeys.add(this.key);
	}

	/** This request has had no effect; one before it that was given up may still have one. */
	didNotAct(): void {
		this.traces.forgetRequest();
		if (!this.mayHaveActed) this.traces.forgetOwn();
	}

	/** The answer under the key has come for good and a read shows no effect: a new request is a new one. */
	startAfresh(): void {
		this.traces.forget();
		this.freshKeys += 1;
		this.mayHaveActed = false;
		this.keptError = false;
	}

	/** Takes the key for a write of this plan: not one under which the vendor has said "done". */
	takeKey(planId: string, state: S): void {
		const { system, run } = this.tools;
		if (!system.replays) return;
		const keyOf = (fresh: number) => idempotencyKey(planId, run.execution ?? '', fresh);
		while (run.memory.spentKeys.has(keyOf(this.freshKeys))) this.freshKeys += 1;
		this.key = keyOf(this.freshKeys);
		this.keyed = system.requestIn?.(this.change, state);
	}

	/** The write was given up and may act under its key still, unless `finished`. */
	leftOpen(reply: Reply, finished: boolean): void {
		this.mayHaveActed ||= this.tools.system.replays || !finished;
		this.doubtful = reply;
	}

	/**
	 * Not known what became of the write, and the state has changed since: what would go out now is
	 * another request, which the key does not hold back.
	 */
	overtaken(plan: Plan, after: S): Outcome<S> | undefined {
		if (!this.mayHaveActed || plan.do !== 'write') return undefined;
		if (this.keyed === this.tools.system.requestIn?.(this.change, after)) return undefined;
		const reason: Reason = { code: 'ambiguous', reply: this.doubtful, reads: 1, sawOther: true };
		return this.end('unknown', { after, reason });
	}

	/** An earlier try of this execution whose end is not known: the same key makes it the same request. */
	isSameRequest(earlier: SentWrite): boolean {
		return this.tools.system.replays && !earlier.accepted && earlier.sentAs === this.key;
	}

	/** An answer that the vendor has kept for the key: it would come back for ever. */
	isStored(reply: Reply): boolean {
		const { system } = this.tools;
		return system.replays && (system.isReplay?.(reply) ?? false);
	}

	/** Does the absence of the change in a read prove that the write of `sentAt` did not and will not act? */
	absenceProves(from: S, verdict: Verdict, sentAt: number): boolean {
		const { system, run } = this.tools;
		return system.absenceProves(this.change, from, verdict, run.clock.now() - sentAt);
	}
}
