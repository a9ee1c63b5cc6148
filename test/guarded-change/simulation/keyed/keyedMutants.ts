import { CONFIRMS_WITHOUT_A_LOOK, mutant } from '../mutants';
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
		'if (!course.mayHaveActed) course.takeKey(plan.planId);',
		'course.startAfresh(); course.takeKey(plan.planId);',
	),
	mutant(
		'calls a write failed that may still act',
		carryOut,
		'course.mayHaveActed ||= system.replays || verdict.finished !== true;',
		'course.mayHaveActed = false;',
	),
	CONFIRMS_WITHOUT_A_LOOK,
];
