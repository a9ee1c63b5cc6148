import {
	around,
	billingDaysOf,
	contradicts,
	inWords,
	isFirstDay,
} from '../../../nodes/Nexudus/pausePeriod/billingDays';

const monthly = (renewal: string, BillingDay?: number) =>
	billingDaysOf({ TariffInvoiceEvery: 1, TariffInvoiceEveryWeeks: 0, BillingDay }, renewal)!;
const every = (months: number, renewal: string) =>
	billingDaysOf({ TariffInvoiceEvery: months }, renewal)!;
const weekly = (weeks: number, renewal: string) =>
	billingDaysOf({ TariffInvoiceEveryWeeks: weeks }, renewal)!;

describe('the first days of billing cycles', () => {
	it.each([
		['a first day', monthly('2027-07-01'), '2027-08-01', '2027-08-01', '2027-08-01'],
		['a day between', monthly('2027-07-01'), '2027-08-17', '2027-08-01', '2027-09-01'],
		['a day long before', monthly('2027-07-15'), '2026-01-20', '2026-01-15', '2026-02-15'],
		['a day years later', monthly('2027-07-15'), '2036-03-14', '2036-02-15', '2036-03-15'],
		[
			'the 31st in a short month',
			monthly('2027-08-31', 31),
			'2027-09-15',
			'2027-08-31',
			'2027-09-30',
		],
		[
			'the 31st, from a short month',
			monthly('2027-02-28', 31),
			'2027-03-29',
			'2027-02-28',
			'2027-03-31',
		],
		[
			'the 28th in February is itself',
			monthly('2027-02-28', 28),
			'2027-03-29',
			'2027-03-28',
			'2027-04-28',
		],
		[
			'the 31st in a leap year',
			monthly('2027-12-31', 31),
			'2028-02-29',
			'2028-02-29',
			'2028-02-29',
		],
		['a quarter', every(3, '2027-07-01'), '2027-08-01', '2027-07-01', '2027-10-01'],
		['a year', every(12, '2027-07-01'), '2027-08-01', '2027-07-01', '2028-07-01'],
		['a week', weekly(1, '2027-07-05'), '2027-07-11', '2027-07-05', '2027-07-12'],
		['four weeks, before', weekly(4, '2027-07-05'), '2027-07-04', '2027-06-07', '2027-07-05'],
	])('around %s', (_, days, day, before, after) => {
		expect(around(days, day)).toEqual({ before, after });
		expect(isFirstDay(days, before)).toBe(true);
		expect(isFirstDay(days, after)).toBe(true);
	});

	it.each([
		['the same day', monthly('2027-07-01'), '2027-07-01', false],
		['cycles ahead', monthly('2027-07-01'), '2027-12-01', false],
		['not shown', monthly('2027-07-01'), null, false],
		['another day of the month', monthly('2027-07-05'), '2027-07-01', true],
		['the last day of a month', monthly('2027-02-28', 31), '2027-03-31', false],
		['the last day, where the billing day is not shown', monthly('2027-02-28'), '2027-03-31', true],
		['another month of the quarter', every(3, '2027-07-01'), '2027-08-01', true],
		['another day of the week', weekly(1, '2027-07-05'), '2027-07-06', true],
		['another week of four', weekly(4, '2027-07-05'), '2027-07-12', true],
	])('and the next period that is invoiced: %s', (_, days, period, expected) => {
		expect(contradicts(days, period)).toBe(expected);
	});

	it('do not depend on which renewal they are counted from', () => {
		const some = monthly('2027-01-31', 31);
		for (const renewal of ['2027-02-28', '2027-04-30', '2028-02-29', '2027-12-31']) {
			for (const day of ['2027-03-30', '2027-06-30', '2029-02-28', '2026-11-30']) {
				expect(around(monthly(renewal, 31), day)).toEqual(around(some, day));
			}
		}
	});

	it.each([
		[{}, '2027-07-01'],
		[{ TariffInvoiceEvery: 0, TariffInvoiceEveryWeeks: 0 }, '2027-07-01'],
		[{ TariffInvoiceEvery: 1, TariffInvoiceEveryWeeks: 4 }, '2027-07-01'],
		[{ TariffInvoiceEvery: 1 }, null],
	])('are not known from %p', (record, renewal) => {
		expect(billingDaysOf(record, renewal)).toBe(null);
	});

	it('are told in words', () => {
		expect(inWords(monthly('2027-07-10'))).toBe('monthly, on day 10');
		expect(inWords(every(3, '2027-07-10'))).toBe('every 3 months, on day 10');
		expect(inWords(weekly(1, '2027-07-05'))).toBe('weekly, on a Monday');
		expect(inWords(weekly(2, '2027-07-06'))).toBe('every 2 weeks, on a Tuesday');
	});
});
