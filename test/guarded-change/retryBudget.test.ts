import { RetryBudget } from '../../guarded-change/retryBudget';

const takes = (budget: RetryBudget, afterTimeout: boolean) => {
	let count = 0;
	while (budget.take(afterTimeout)) count += 1;
	return count;
};

describe('The retry budget', () => {
	it.each([
		[false, 100],
		[true, 50],
	])('after time-outs %s: pays for %i retries, then for none', (afterTimeout, most) => {
		expect(takes(new RetryBudget(), afterTimeout)).toBe(most);
	});

	it('gets one back for every success, and never more than it had', () => {
		const budget = new RetryBudget();
		takes(budget, false);
		for (let i = 0; i < 4; i++) budget.succeeded();
		expect(budget.take(false)).toBe(false);
		budget.succeeded();
		expect(budget.take(false)).toBe(true);
		for (let i = 0; i < 10_000; i++) budget.succeeded();
		expect(takes(budget, false)).toBe(100);
	});
});
