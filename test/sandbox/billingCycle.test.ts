import {
	cycleIndex,
	cyclesBetween,
	cycleStart,
	monthly,
	quarterly,
	weekly,
	yearly,
} from '../../sandbox/vendor/billingCycle';
import { asLocalText, asUtcText, localDate } from '../../sandbox/vendor/location';

describe('the first day of a cycle', () => {
	it.each([
		['weekly', weekly, '2026-01-05', 1, '2026-01-12'],
		['weekly over a year', weekly, '2026-12-28', 1, '2027-01-04'],
		['monthly', monthly, '2026-01-15', 1, '2026-02-15'],
		['monthly on the 31st, in February', monthly, '2026-01-31', 1, '2026-02-28'],
		['monthly on the 31st, in a leap year', monthly, '2028-01-31', 1, '2028-02-29'],
		['monthly on the 31st, back again in March', monthly, '2026-01-31', 2, '2026-03-31'],
		['monthly on the 30th, in April', monthly, '2026-01-30', 3, '2026-04-30'],
		['quarterly', quarterly, '2026-01-01', 1, '2026-04-01'],
		['quarterly on the 30th of November', quarterly, '2026-11-30', 1, '2027-02-28'],
		['yearly', yearly, '2026-07-23', 1, '2027-07-23'],
		['yearly on the 29th of February', yearly, '2028-02-29', 1, '2029-02-28'],
		['yearly on the 29th of February, four later', yearly, '2028-02-29', 4, '2032-02-29'],
		['before the anchor', monthly, '2026-03-31', -1, '2026-02-28'],
	])('%s', (_case, cycle, anchor, index, expected) => {
		expect(cycleStart(anchor, cycle, index)).toBe(expected);
	});
});

describe('the cycle that a day lies in', () => {
	it.each([
		['its first day', monthly, '2026-01-31', '2026-02-28', 1],
		['the day before', monthly, '2026-01-31', '2026-02-27', 0],
		['the day after a short month', monthly, '2026-01-31', '2026-03-30', 1],
		['a weekly last day', weekly, '2026-01-05', '2026-01-11', 0],
		['a weekly first day', weekly, '2026-01-05', '2026-01-12', 1],
		['over the change to summer time', weekly, '2026-03-23', '2026-03-30', 1],
		['before the anchor', monthly, '2026-03-15', '2026-03-14', -1],
		['years later', yearly, '2020-02-29', '2026-02-28', 6],
	])('%s', (_case, cycle, anchor, day, expected) => {
		expect(cycleIndex(anchor, cycle, day)).toBe(expected);
	});

	it('agrees with the first days for every day of two years and more', () => {
		for (const cycle of [weekly, monthly, quarterly, yearly]) {
			let index = 0;
			for (let day = Date.UTC(2024, 0, 31); day < Date.UTC(2026, 3, 1); day += 86_400_000) {
				const date = new Date(day).toISOString().slice(0, 10);
				if (cycleStart('2024-01-31', cycle, index + 1) === date) index++;
				expect(cycleIndex('2024-01-31', cycle, date)).toBe(index);
			}
		}
	});
});

describe('cycles that begin in a period', () => {
	it.each([
		['two whole cycles', '2026-02-28', '2026-04-30', 2],
		['none', '2026-02-28', '2026-02-28', 0],
		['one, cut short', '2026-02-28', '2026-03-05', 1],
		['begun in the middle', '2026-03-05', '2026-04-30', 1],
	])('%s', (_case, from, until, expected) => {
		expect(cyclesBetween('2026-01-31', monthly, from, until)).toBe(expected);
	});
});

describe('days at the location', () => {
	it.each([
		['2026-01-10', '2026-01-09T23:00:00Z'],
		['2026-07-10', '2026-07-09T22:00:00Z'],
		['2026-03-29', '2026-03-28T23:00:00Z'],
		['2026-03-30', '2026-03-29T22:00:00Z'],
	])('%s begins at %s', (date, utc) => {
		expect(asUtcText(date)).toBe(utc);
		expect(asLocalText(date)).toBe(`${date}T00:00:00`);
		expect(localDate(new Date(utc))).toBe(date);
		expect(localDate(new Date(Date.parse(utc) - 1))).not.toBe(date);
	});
});
