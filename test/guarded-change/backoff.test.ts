import { backoff, retryAfter, step, vendorNow } from '../../guarded-change/backoff';

const settings = { retryInterval: 1_000, backoffRate: 2 };
const NOW = Date.UTC(2026, 10, 20);

describe('How long to wait', () => {
	test.each([
		[1, 1_000],
		[2, 2_000],
		[3, 4_000],
		[6, 30_000],
		[60, 30_000],
	])('the step of retry %i is %i ms', (retry, ms) => {
		expect(step(retry, settings)).toBe(ms);
	});

	test.each([
		[0, 0],
		[0.5, 1_000],
		[0.999, 1_998],
	])('full jitter: random %f of the second step is %i ms', (random, ms) => {
		expect(backoff(2, settings, () => random)).toBe(ms);
	});

	test.each<[string, string | undefined, number | undefined]>([
		['seconds', '120', 120_000],
		['a fraction, rounded up', '1.2345', 1_235],
		['zero', '0', 0],
		['a date ahead', new Date(NOW + 90_000).toUTCString(), 90_000],
		['a date behind', new Date(NOW - 90_000).toUTCString(), 0],
		['nothing', undefined, undefined],
		['empty', '', undefined],
		['a negative number', '-5', undefined],
		['words', 'in a minute', undefined],
		['a number with words', '12 parsecs', undefined],
	])('Retry-After: %s', (_, text, ms) => {
		expect(retryAfter(text === undefined ? {} : { 'retry-after': text }, NOW)).toBe(ms);
	});

	test('the vendor’s clock is its Date header, else ours', () => {
		expect(vendorNow({ date: new Date(NOW + 5_000).toUTCString() }, NOW)).toBe(NOW + 5_000);
		expect(vendorNow({ date: 'yesterday' }, NOW)).toBe(NOW);
		expect(vendorNow({}, NOW)).toBe(NOW);
	});
});
