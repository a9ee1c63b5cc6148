import { createHash } from 'crypto';
import type { PlanFacts } from './change';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * The id of a plan: 12 hex digits over all facts, then 2 per fact, so that a plan which no longer
 * holds can say what changed without anything being stored.
 */
export function planId(facts: PlanFacts): string {
	const whole = sha256(JSON.stringify(facts)).slice(0, 12);
	const parts = facts.map(([name, value]) => sha256(JSON.stringify([name, value])).slice(0, 2));
	return `${whole}-${parts.join('')}`;
}

/**
 * Which facts differ between the expected plan id and the facts now.
 * Empty where the expected id is no plan id, or the change hides behind equal digits.
 */
export function whatChanged(expected: string, facts: PlanFacts): string[] {
	const parts = /^[0-9a-f]{12}-((?:[0-9a-f]{2})+)$/.exec(expected)?.[1];
	if (parts?.length !== facts.length * 2) return [];
	const now = planId(facts).split('-')[1];
	return facts
		.filter((_, i) => parts.slice(2 * i, 2 * i + 2) !== now.slice(2 * i, 2 * i + 2))
		.map(([name]) => name);
}

/** SHA-256 of a text as hex, or null for none. For the terms that somebody accepted. */
export function textHash(text: string | null | undefined): string | null {
	return text === null || text === undefined ? null : sha256(text);
}
