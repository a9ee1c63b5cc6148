import type { PlanFacts } from '../../guarded-change/change';
import { planId, textHash, whatChanged } from '../../guarded-change/planId';

const facts = (renewal: string, terms: string | null): PlanFacts => [
	['contract', 700100],
	['operation', 'pause'],
	['renewal date', renewal],
	['terms', terms],
];
const plan = facts('2026-12-01', 'abc');

describe('The id of a plan', () => {
	it('is the same for the same facts, whoever makes it', () => {
		expect(planId(plan)).toBe(planId(facts('2026-12-01', 'abc')));
	});

	it('is short: 12 hex digits over all, 2 per fact', () => {
		expect(planId(plan)).toMatch(/^[0-9a-f]{12}-[0-9a-f]{8}$/);
	});

	test.each<[string, PlanFacts]>([
		['another renewal', facts('2027-01-01', 'abc')],
		['other terms', facts('2026-12-01', 'abd')],
		['no terms', facts('2026-12-01', null)],
		['the order of facts', [...plan].reverse()],
		['a number for its text', [['contract', '700100'], ...plan.slice(1)]],
	])('differs for %s', (_, other) => {
		expect(planId(other)).not.toBe(planId(plan));
	});

	it('says which facts changed, though nothing was stored', () => {
		expect(whatChanged(planId(plan), facts('2027-01-01', 'abc'))).toEqual(['renewal date']);
		expect(whatChanged(planId(plan), facts('2027-01-01', null))).toEqual(['renewal date', 'terms']);
		expect(whatChanged(planId(plan), plan)).toEqual([]);
	});

	test.each([
		'',
		'nonsense',
		'0123456789ab',
		'0123456789ab-00',
		`${'0'.repeat(12)}-${'0'.repeat(10)}`,
	])('says nothing of %j, which is no id of such a plan', (id) => {
		expect(whatChanged(id, plan)).toEqual([]);
	});

	it('hashes terms as SHA-256, and no terms as none', () => {
		expect(textHash('abc')).toBe(
			'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
		);
		expect(textHash(null)).toBeNull();
		expect(textHash(undefined)).toBeNull();
	});
});
