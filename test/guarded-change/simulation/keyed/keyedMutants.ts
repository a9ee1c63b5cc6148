import { CALLS_FAILED_WHAT_MAY_ACT, CONFIRMS_WITHOUT_A_LOOK, mutant } from '../mutants';
import type { Mutant } from '../simulated';

const carryOut = 'guarded-change/carryOut.ts';

/** Mistakes of the engine that only a system with idempotency keys can show. */
export const ENGINE_MUTANTS: readonly Mutant[] = [
	mutant(
		'sends every try under a key of its own',
		carryOut,
		'settings.writeTimeout, course.key);',
		'settings.writeTimeout, `${course.key}-${course.attempts.length}`);',
	),
	mutant(
		'takes a fresh key while the write may still act',
		carryOut,
		'if (!course.mayHaveActed) course.takeKey(plan.planId, state.value);',
		'course.startAfresh(); course.takeKey(plan.planId, state.value);',
	),
	CALLS_FAILED_WHAT_MAY_ACT,
	CONFIRMS_WITHOUT_A_LOOK,
];
