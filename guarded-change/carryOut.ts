import { step } from './backoff';
import type {
	Attempt,
	Change,
	Known,
	Outcome,
	Plan,
	Read,
	Reason,
	Reply,
	SentWrite,
	System,
	Verdict,
} from './change';
import { classify } from './classify';
import { idempotencyKey } from './idempotencyKey';
import type { ItemDoubt } from './doubts';
import type { Lane } from './lanes';
import { Patience } from './patience';
import { makePlan } from './plan';
import { OLDEST_READ, type PaceLimits, type RequestSettings } from './settings';
import { Stopwatch } from './stopwatch';
import type { Run } from './world';

export interface Tools<C extends Change, S> {
	system: System<C, S>;
	run: Run;
	limits: PaceLimits;
	settings: RequestSettings;
	/** Raised while a reply of this item may turn out to be a failure. */
	doubt?: ItemDoubt;
}

/** Reads after an accepted write, and reads that resolve a doubt, before the engine says what it saw. */
const MOST_READS = 3;

/**
 * Carries out one change: read → plan → send → classify → verify → outcome. The one place that
 * sends a write. Never throws for what a vendor or a network does; the outcome tells it.
 */
export async function carryOut<C extends Change, S>(
	change: C,
	tools: Tools<C, S>,
): Promise<Outcome<S>> {
	return await tools.run.memory.lanes.inOrder(
		change.lane,
		async (lane) => await inLane(change, lane, tools),
	);
}

async function inLane<C extends Change, S>(
	change: C,
	lane: Lane,
	{ system, run, limits, settings, doubt }: Tools<C, S>,
): Promise<Outcome<S>> {
	const { clock, memory } = run;
	const { pacer, budget } = memory.paceOf(run.account);
	const watch = new Stopwatch(() => clock.now());
	const patience = new Patience(clock, budget, settings, watch);
	const attempts: Attempt[] = [];

	let before: S | null = null;
	let plan: Plan | null = null;
	let last: Known<S> | undefined;
	/** A write of ours was given up and may still act, though no read has shown it. */
	let mayHaveActed = false;
	/** Idempotency key of the write. It stays while a write under it may have acted. */
	let key = '';
	let freshKeys = 0;
	let renewed = false;
	let front = false;

	const end = (outcome: Outcome<S>['outcome'], rest: Partial<Outcome<S>> = {}): Outcome<S> => ({
		outcome,
		verification: 'notRead',
		sameAsAsked: null,
		before,
		after: null,
		plan,
		attempts,
		...rest,
	});
	const givenUp = (reason: Reason): Outcome<S> => {
		if (mayHaveActed) return end('unknown', { reason });
		if (reason.code === 'vendor') return end('refused', { reason });
		return end(reason.code === 'stopped' ? 'notTried' : 'failed', { reason });
	};
	const read = async (notBefore: number, purpose: 'plan' | 'verify'): Promise<Read<S>> => {
		watch.start();
		const answer = await system.read(change, notBefore, purpose);
		watch.exclude(answer.waited);
		return answer;
	};
	const forget = () => memory.sent.settle(change.lane, (write) => write.key === change.key);
	/** The answer under the key has come for good and a read shows no effect: a new request is a new one. */
	const startAfresh = () => {
		forget();
		freshKeys += 1;
		mayHaveActed = false;
	};
	const confirmed = (after: S, sentAt: number): Outcome<S> => {
		forget();
		if (system.replays) memory.spentKeys.add(key);
		// Where the state alone would ask for the change again, the record says that it is done.
		if (system.mark && system.rules(change, after, []).do === 'write') {
			memory.sent.add(change.lane, {
				key: change.key,
				operation: change.operation,
				sentAt,
				accepted: true,
				keepUntil: system.hiddenUntil(change, after),
				left: system.mark(after),
			});
		}
		return end('changed', { verification: 'confirmed', after });
	};

	for (;;) {
		doubt?.clear();
		if (run.stopped()) return givenUp({ code: 'stopped' });
		const notBefore = Math.max(clock.now() - OLDEST_READ, lane.lastWriteAt);
		const state = last && last.askedAt >= notBefore ? last : await read(notBefore, 'plan');
		if (!state.known) return givenUp(state.reason);
		last = state;
		before ??= state.value;

		const sent = memory.sent.of(change.lane, state.askedAt);
		plan = makePlan(change, state.value, sent, system);
		const earlier = sent.find((write) => write.operation === change.operation);
		if (!mayHaveActed) key = nextKey(plan.planId);
		if (
			plan.do === 'write' &&
			earlier &&
			!isSameRequest(earlier) &&
			!disproved(earlier, state.value)
		) {
			// A later write, or one without an answer, may have undone it.
			const undone = sent.some(
				(other) => other !== earlier && (other.sentAt > earlier.sentAt || !other.accepted),
			);
			return sentBefore(earlier, undone, state.value);
		}
		if (plan.do !== 'write' || change.dryRun) return settled(plan, state.value);
		if (earlier) {
			mayHaveActed ||= isSameRequest(earlier);
			memory.sent.settle(change.lane, (write) => write === earlier);
		}

		const turn = await pacer.turn({
			kind: 'write',
			limits,
			longestWait: settings.maxThrottleWait,
			front,
			gate: system.gateOf?.(change),
			held: () => doubt?.held() ?? false,
			stopped: () => run.stopped(),
		});
		watch.exclude(turn.waited);
		if ('tooLongUntil' in turn) {
			return givenUp({ code: 'throttledTooLong', until: turn.tooLongUntil });
		}
		// Standing in line may take long: a state that went stale there is read again, place kept.
		const stale = state.askedAt < clock.now() - OLDEST_READ;
		if (stale || run.stopped() || watch.passes(settings.deadline)) {
			turn.giveBack();
			if (watch.passes(settings.deadline)) return givenUp({ code: 'deadline' });
			front = true;
			continue;
		}

		const sentAt = clock.now();
		const record = (accepted: boolean): SentWrite => ({
			key: change.key,
			operation: change.operation,
			sentAt,
			accepted,
			keepUntil: system.hiddenUntil(change, state.value),
			...(system.replays && { sentAs: key }),
		});
		memory.sent.add(change.lane, record(false));
		const reply = await system.send(change, state.value, settings.writeTimeout, key);
		const verdict = system.judge?.(reply) ?? classify(reply, clock.now());
		attempts.push({
			class: verdict.class,
			status: reply.answered ? reply.status : reply.code,
			at: new Date(sentAt).toISOString(),
			waited: patience.lastWait,
		});
		const tooLong = verdict.class === 'throttled' ? patience.throttled(verdict, turn) : undefined;
		if (verdict.class !== 'ok' && verdict.class !== 'throttled') doubt?.raise();
		turn.done();

		switch (verdict.class) {
			case 'ok':
				lane.lastWriteAt = clock.now();
				budget.succeeded();
				if (system.replays) memory.spentKeys.add(key);
				if (!mayHaveActed && isStored(reply) && (await isUndone(state.value))) {
					startAfresh();
					const enough = await patience.again(reply, verdict);
					if (enough) return givenUp(enough);
					break;
				}
				memory.sent.settle(change.lane, (write) => system.settles(change, write));
				memory.sent.add(change.lane, record(true));
				return await verified(state.value, verdict, sentAt);

			case 'refused': {
				lane.lastWriteAt = clock.now();
				forget();
				// Another hand may have made the change since the read.
				const now = await read(lane.lastWriteAt, 'verify');
				const after = now.known ? now.value : null;
				const sight = after === null ? 'absent' : system.sees(change, state.value, after);
				if (sight === 'there' || sight === 'begun') {
					return end(mayHaveActed ? 'changed' : 'unchanged', {
						verification: sight === 'there' ? 'confirmed' : 'notVisible',
						after,
					});
				}
				if (after !== null && isStored(reply)) {
					startAfresh();
					const enough = await patience.again(reply, verdict);
					if (!enough) break;
				}
				return end(mayHaveActed ? 'unknown' : 'refused', {
					after,
					reason: { code: 'vendor', reply },
				});
			}

			case 'throttled':
				forget();
				if (tooLong) return givenUp(tooLong);
				break;

			case 'unauthorized': {
				forget();
				const again = !renewed && (await system.renewSession(sentAt, change));
				if (again !== true) return givenUp(again || { code: 'session', reply });
				renewed = true;
				break;
			}

			case 'noSession':
				forget();
				return givenUp({ code: 'session', reply });

			case 'neverSent': {
				forget();
				const enough = await patience.again(reply, verdict);
				if (enough) return givenUp(enough);
				break;
			}

			case 'cancelled':
				lane.lastWriteAt = clock.now();
				return end('unknown', { reason: { code: 'stopped' } });

			case 'ambiguous': {
				lane.lastWriteAt = clock.now();
				const resolved = await resolve(state.value, reply, verdict, sentAt);
				if (resolved) return resolved;
				if (!isStored(reply)) mayHaveActed ||= system.replays || verdict.finished !== true;
				const enough = await patience.again(reply, verdict);
				if (enough) return givenUp(enough);
				break;
			}
		}
	}

	/** Nothing to send: already there, refused by the rules, or a dry run. */
	function settled(made: Plan, state: S): Outcome<S> {
		const sameAsAsked = made.do === 'write' ? null : (made.sameAsAsked ?? null);
		const needsPlan =
			made.do === 'refuse' && made.refusals.some(({ code }) => code === 'planRequired');
		if (change.dryRun || needsPlan) return end('planned', { sameAsAsked });
		const sight = mayHaveActed && before !== null ? system.sees(change, before, state) : 'absent';
		if (sight === 'there' || sight === 'begun') {
			const verification = sight === 'there' ? 'confirmed' : 'notVisible';
			return end('changed', { verification, sameAsAsked, after: state });
		}
		if (made.do === 'nothing') {
			return end(mayHaveActed ? 'unknown' : 'unchanged', {
				verification: made.proven ? 'confirmed' : 'notVisible',
				sameAsAsked,
				after: state,
				hint: made.hint,
			});
		}
		const refusals = made.do === 'refuse' ? made.refusals : [];
		return end(mayHaveActed ? 'unknown' : 'refused', {
			sameAsAsked,
			after: state,
			reason: { code: 'rules', refusals },
		});
	}

	/** The key for a write of this plan: not one under which the vendor has said "done". */
	function nextKey(planId: string): string {
		if (!system.replays) return '';
		const keyOf = (fresh: number) => idempotencyKey(planId, run.execution ?? '', fresh);
		while (memory.spentKeys.has(keyOf(freshKeys))) freshKeys += 1;
		return keyOf(freshKeys);
	}

	/** An earlier try of this execution whose end is not known: the same key makes it the same request. */
	function isSameRequest(earlier: SentWrite): boolean {
		return system.replays && !earlier.accepted && earlier.sentAs === key;
	}

	/** An answer that the vendor has kept for the key: it would come back for ever. */
	function isStored(reply: Reply): boolean {
		return system.replays && (system.isReplay?.(reply) ?? false);
	}

	/** The answer was "done", to an earlier request: does a read show that it is done no more? */
	async function isUndone(from: S): Promise<boolean> {
		const now = await read(lane.lastWriteAt, 'verify');
		return now.known && system.sees(change, from, now.value) === 'absent';
	}

	/** The state read does not show the earlier write: does that prove that it never acted? */
	function disproved(earlier: SentWrite, state: S): boolean {
		if (earlier.left !== undefined) return earlier.left !== system.mark?.(state);
		const verdict: Verdict = earlier.accepted
			? { class: 'ok' }
			: { class: 'ambiguous', finished: false };
		return system.absenceProves(change, state, verdict, clock.now() - earlier.sentAt);
	}

	/** This process has sent such a write before, and the state does not tell that it is done: never again. */
	function sentBefore(earlier: SentWrite, undone: boolean, after: S): Outcome<S> {
		const reason: Reason = { code: 'sentBefore', sentAt: earlier.sentAt };
		const same = earlier.accepted && !undone && earlier.key === change.key;
		const stands = earlier.left !== undefined;
		if (change.dryRun) {
			const { planId } = plan as Plan;
			plan = same
				? { do: 'nothing', sameAsAsked: true, proven: stands, planId }
				: { do: 'refuse', refusals: [], planId };
			return end('planned', { reason });
		}
		if (!earlier.accepted || undone) return end('unknown', { after, reason });
		if (same && stands) return end('unchanged', { verification: 'confirmed', after });
		return same
			? end('unchanged', { verification: 'notVisible', after, reason })
			: end('refused', { sameAsAsked: false, after, reason });
	}

	/** The vendor accepted the write: does a read show it? */
	async function verified(from: S, verdict: Verdict, sentAt: number): Promise<Outcome<S>> {
		const proves = () => system.absenceProves(change, from, verdict, clock.now() - sentAt);
		let after: S | null = null;
		for (let reads = 0; reads < (proves() ? MOST_READS : MOST_READS - 1); reads++) {
			if (reads > 0) {
				const wait = step(reads, settings);
				if (watch.passes(settings.deadline, wait)) break;
				await clock.sleep(wait);
			}
			const now = await read(lane.lastWriteAt, 'verify');
			if (!now.known) return end('changed', { after });
			after = now.value;
			const sight = system.sees(change, from, after);
			if (sight === 'there') return confirmed(after, sentAt);
			if (sight === 'begun') return begun(after);
			if (sight === 'differs') return contradicted(after);
			// A later read must be a later request.
			lane.lastWriteAt = clock.now();
		}
		return proves() && after !== null
			? contradicted(after)
			: end('changed', { verification: 'notVisible', after });
	}

	/** The vendor completes it later: what is there now tells that it need not be sent again. */
	function begun(after: S): Outcome<S> {
		forget();
		if (system.replays) memory.spentKeys.add(key);
		return end('changed', { verification: 'notVisible', after });
	}

	/** The vendor said done, and what it shows says something else. */
	function contradicted(after: S): Outcome<S> {
		forget();
		return end('failed', { after, reason: { code: 'contradicted' } });
	}

	/**
	 * A write was given up or not answered as expected: a few reads, spaced out, tell what became of
	 * it. Undefined where it is safe to send again. Where the same key replays, one read is enough.
	 */
	async function resolve(
		from: S,
		reply: Reply,
		verdict: Verdict,
		sentAt: number,
	): Promise<Outcome<S> | undefined> {
		let after: S | null = null;
		let reads = 0;
		let sawOther = false;
		let shown = false;
		const most = system.replays ? 1 : MOST_READS;
		for (; reads < most; reads++) {
			if (reads > 0) {
				const wait = step(reads, settings);
				if (watch.passes(settings.deadline, wait)) break;
				await clock.sleep(wait);
			}
			const now = await read(lane.lastWriteAt, 'verify');
			shown = now.known;
			if (!now.known) continue;
			after = now.value;
			const sight = system.sees(change, from, after);
			if (sight === 'there') return confirmed(after, sentAt);
			if (sight === 'begun') return begun(after);
			sawOther = sight === 'differs';
			lane.lastWriteAt = clock.now();
		}
		if (system.replays) {
			if (shown && !sawOther && isStored(reply)) startAfresh();
			return undefined;
		}
		if (shown && !sawOther && system.absenceProves(change, from, verdict, clock.now() - sentAt)) {
			forget();
			return undefined;
		}
		return end('unknown', { after, reason: { code: 'ambiguous', reply, reads, sawOther } });
	}
}
