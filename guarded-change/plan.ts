import type { Change, Plan, Refusal, SentWrite, System } from './change';
import { planId, whatChanged } from './planId';

/** Writes whose end is not known: of the change's own lane, and of others in the lane they share. */
export interface Unsettled {
	sent: readonly SentWrite[];
	others: readonly SentWrite[];
}

/**
 * What to do about a change in the state read. Pure; the dry run and the real run both ask here,
 * so that the one cannot say something else than the other does.
 */
export function makePlan<C extends Change, S>(
	change: C,
	state: S,
	{ sent, others }: Unsettled,
	system: Pick<System<C, S>, 'rules' | 'planFacts' | 'shared'>,
): Plan {
	const facts = system.planFacts(change, state);
	const id = planId(facts);
	const rules = system.rules(change, state, sent);
	const open = others.length > 0 ? system.shared?.refusal(change, state, others) : undefined;
	if (rules.do === 'nothing' && open) {
		// It is there, and a write that may still act can undo it.
		return { ...rules, proven: false, hint: `${open.message}. ${open.description}`, planId: id };
	}
	if (rules.do !== 'write') return { ...rules, planId: id };
	if (open) return { do: 'refuse', refusals: [open], planId: id };

	const guard = planGuard(change, id, () => whatChanged(change.expectedPlanId ?? '', facts));
	return guard ? { do: 'refuse', refusals: [guard], planId: id } : { do: 'write', planId: id };
}

/** Only a write needs the plan it was promised: nothing to do stays nothing to do. */
function planGuard(change: Change, id: string, changed: () => string[]): Refusal | undefined {
	if (change.expectedPlanId === undefined) {
		if (!change.planRequired) return undefined;
		return {
			code: 'planRequired',
			message: 'A tool call writes only with a plan: nothing was sent',
			description: `If this plan is what is wanted, call again with the same values and 'Expected Plan ID' set to ${id}.`,
		};
	}
	if (change.expectedPlanId === id) return undefined;
	const what = changed();
	return {
		code: 'planChanged',
		message: `The plan is no longer the one expected: nothing was sent`,
		description:
			(what.length > 0
				? `Changed since then: ${what.join(', ')}. `
				: `'Expected Plan ID' belongs to another plan. `) +
			'Make a new dry run, look at it, and use its plan ID.',
	};
}
