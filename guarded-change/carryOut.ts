import type { Change, Known, Outcome } from './change';
import { classify } from './classify';
import { Course, type Tools } from './course';
import { Line } from './line';
import { makePlan } from './plan';
import { OLDEST_READ } from './settings';
import { isUndone, resolved, verified } from './verify';
import { disproved, sentBefore, settled } from './withoutWrite';

/**
 * Carries out one change: read → plan → send → classify → verify → outcome. The one place that
 * sends a write. Never throws for what a vendor or a network does; the outcome tells it.
 */
export async function carryOut<C extends Change, S>(
	change: C,
	tools: Tools<C, S>,
): Promise<Outcome<S>> {
	const line = new Line(tools.run.memory.lanes, () => tools.system.rests?.(change));
	try {
		await line.begin(change.lane);
		return await inLine(change, line, tools);
	} finally {
		line.leave();
	}
}

async function inLine<C extends Change, S>(
	change: C,
	lane: Line,
	tools: Tools<C, S>,
): Promise<Outcome<S>> {
	const { system, run, limits, settings, doubt } = tools;
	const { clock, memory } = run;
	const { pacer, budget } = memory.paceOf(run.account);
	const course = new Course(change, lane, tools);
	const { watch, patience } = course;
	let last: Known<S> | undefined;
	let renewed = false;
	let front = false;

	for (;;) {
		doubt?.clear();
		if (run.stopped()) return course.givenUp({ code: 'stopped' });
		const notBefore = Math.max(clock.now() - OLDEST_READ, lane.lastWriteAt);
		const state = last && last.askedAt >= notBefore ? last : await course.read(notBefore, 'plan');
		if (!state.known) return course.givenUp(state.reason);
		last = state;
		const shared = system.shared?.of(change, state.value);
		if (shared !== undefined && (await course.alsoIn(shared))) continue;
		// Until a write may have acted, what was before is what this read shows.
		if (course.before === null || !course.mayHaveActed) course.before = state.value;

		if (course.keptError && system.rules(change, state.value, []).do === 'write') {
			course.startAfresh();
		}
		const unsettled = course.traces.unsettled(state.askedAt);
		const { sent } = unsettled;
		const plan = makePlan(change, state.value, unsettled, system);
		course.plan = plan;
		const earlier = sent.find((write) => write.operation === change.operation);
		if (!course.mayHaveActed) course.takeKey(plan.planId, state.value);
		const overtaken = course.overtaken(plan, state.value);
		if (overtaken) return overtaken;
		if (
			plan.do === 'write' &&
			earlier &&
			!course.isSameRequest(earlier) &&
			!disproved(course, earlier, state.value)
		) {
			// A later write, or one without an answer, may have undone it.
			const undone = sent.some(
				(other) => other !== earlier && (other.sentAt > earlier.sentAt || !other.accepted),
			);
			return sentBefore(course, plan, { earlier, undone }, state.value);
		}
		if (plan.do !== 'write' || change.dryRun) return settled(course, plan, state.value);
		if (earlier) course.mayHaveActed ||= course.isSameRequest(earlier);

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
			return course.givenUp({ code: 'throttledTooLong', until: turn.tooLongUntil });
		}
		// Standing in line may take long: a state that went stale there is read again, place kept.
		const stale = state.askedAt < clock.now() - OLDEST_READ;
		if (stale || run.stopped() || watch.passes(settings.deadline)) {
			turn.giveBack();
			if (watch.passes(settings.deadline)) return course.givenUp({ code: 'deadline' });
			front = true;
			continue;
		}

		const from = state.value;
		const sentAt = clock.now();
		const remember = (accepted: boolean) =>
			course.traces.remember({
				sentAt,
				accepted,
				keepUntil: system.hiddenUntil(change, from),
				leaves: system.shared?.leaves?.(change, from),
				...(system.replays && { sentAs: course.key }),
			});
		if (earlier) memory.sent.settle(change.lane, (write) => write === earlier);
		remember(false);
		const reply = await system.send(change, from, settings.writeTimeout, course.key);
		const verdict = system.judge?.(reply) ?? classify(reply, clock.now());
		course.attempts.push({
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
				course.spendKey();
				if (!course.mayHaveActed && course.isStored(reply) && (await isUndone(course, from))) {
					course.startAfresh();
					const enough = await patience.again(reply, verdict);
					if (enough) return course.givenUp(enough);
					break;
				}
				course.traces.settle((write) => system.settles(change, write));
				remember(true);
				return await verified(course, { from, verdict, sentAt });

			case 'refused': {
				lane.lastWriteAt = clock.now();
				course.didNotAct();
				// Another hand may have made the change since the read.
				const now = await course.read(lane.lastWriteAt, 'verify');
				const after = now.known ? now.value : null;
				const sight = after === null ? 'absent' : system.sees(change, from, after);
				if (sight === 'there' || sight === 'begun') {
					return course.end(course.mayHaveActed ? 'changed' : 'unchanged', {
						verification: sight === 'there' ? 'confirmed' : 'notVisible',
						after,
					});
				}
				if (after !== null && course.isStored(reply)) {
					course.startAfresh();
					const enough = await patience.again(reply, verdict);
					if (!enough) break;
				}
				return course.end(course.mayHaveActed ? 'unknown' : 'refused', {
					after,
					reason: { code: 'vendor', reply },
				});
			}

			case 'throttled':
				course.didNotAct();
				if (tooLong) return course.givenUp(tooLong);
				break;

			case 'unauthorized': {
				course.didNotAct();
				const again = !renewed && (await system.renewSession(sentAt, change));
				if (again !== true) return course.givenUp(again || { code: 'session', reply });
				renewed = true;
				break;
			}

			case 'noSession':
				course.didNotAct();
				return course.givenUp({ code: 'session', reply });

			case 'neverSent': {
				course.didNotAct();
				const enough = await patience.again(reply, verdict);
				if (enough) return course.givenUp(enough);
				break;
			}

			case 'cancelled':
				lane.lastWriteAt = clock.now();
				return course.end('unknown', { reason: { code: 'stopped' } });

			case 'ambiguous': {
				lane.lastWriteAt = clock.now();
				const outcome = await resolved(course, { from, verdict, sentAt }, reply);
				if (outcome) return outcome;
				if (!course.isStored(reply)) {
					course.leftOpen(reply, verdict.finished === true);
				}
				const enough = await patience.again(reply, verdict);
				if (enough) return course.givenUp(enough);
				break;
			}
		}
	}
}
