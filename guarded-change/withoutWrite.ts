import type { Change, Outcome, Plan, Reason, SentWrite, Verdict } from './change';
import type { Course } from './course';

/** Nothing to send: already there, refused by the rules, or a dry run. */
export function settled<C extends Change, S>(
	course: Course<C, S>,
	plan: Plan,
	state: S,
): Outcome<S> {
	const { change, before, mayHaveActed, tools } = course;
	const sameAsAsked = plan.do === 'write' ? null : (plan.sameAsAsked ?? null);
	const needsPlan =
		plan.do === 'refuse' && plan.refusals.some(({ code }) => code === 'planRequired');
	if (change.dryRun || needsPlan) return course.end('planned', { sameAsAsked });
	const sight =
		mayHaveActed && before !== null ? tools.system.sees(change, before, state) : 'absent';
	if (sight === 'there' || sight === 'begun') {
		const verification = sight === 'there' ? 'confirmed' : 'notVisible';
		return course.end('changed', { verification, sameAsAsked, after: state });
	}
	if (plan.do === 'nothing') {
		return course.end(mayHaveActed ? 'unknown' : 'unchanged', {
			verification: plan.proven ? 'confirmed' : 'notVisible',
			sameAsAsked,
			after: state,
			hint: plan.hint,
		});
	}
	const refusals = plan.do === 'refuse' ? plan.refusals : [];
	return course.end(mayHaveActed ? 'unknown' : 'refused', {
		sameAsAsked,
		after: state,
		reason: { code: 'rules', refusals },
	});
}

/** The state read does not show the earlier write: does that prove that it never acted? */
export function disproved<C extends Change, S>(
	course: Course<C, S>,
	earlier: SentWrite,
	state: S,
): boolean {
	const { left, begun = false } = earlier;
	if (left !== undefined) return left !== course.tools.system.mark?.(state, begun);
	const verdict: Verdict = earlier.accepted
		? { class: 'ok' }
		: { class: 'ambiguous', finished: false };
	return course.absenceProves(state, verdict, earlier.sentAt);
}

/** This process has sent such a write before, and the state does not tell that it is done: never again. */
export function sentBefore<C extends Change, S>(
	course: Course<C, S>,
	plan: Plan,
	{ earlier, undone }: { earlier: SentWrite; undone: boolean },
	after: S,
): Outcome<S> {
	const { change } = course;
	const reason: Reason = { code: 'sentBefore', sentAt: earlier.sentAt };
	const same = earlier.accepted && !undone && earlier.key === change.key;
	const stands = earlier.left !== undefined && !earlier.begun;
	if (change.dryRun) {
		const { planId } = plan;
		course.plan = same
			? { do: 'nothing', sameAsAsked: true, proven: stands, planId }
			: { do: 'refuse', refusals: [], planId };
		return course.end('planned', { reason });
	}
	if (!earlier.accepted || undone) return course.end('unknown', { after, reason });
	if (same && stands) return course.end('unchanged', { verification: 'confirmed', after });
	return same
		? course.end('unchanged', { verification: 'notVisible', after, reason })
		: course.end('refused', { sameAsAsked: false, after, reason });
}
