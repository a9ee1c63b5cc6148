import { addCycles, countCycles, cycleOf, type Cycle } from '../../nodes/Nexudus/cycles';

const at = (day: string) => new Date(`${day}T00:00:00.000Z`).toISOString();

describe('The billing cycle of a period', () => {
	it.each<[string, string, Cycle | null]>([
		['2026-03-01', '2026-04-01', { months: 1 }],
		['2026-02-01', '2026-03-01', { months: 1 }],
		['2026-01-15', '2026-04-15', { months: 3 }],
		['2026-01-15', '2027-01-15', { months: 12 }],
		['2026-01-31', '2026-02-28', { months: 1 }],
		['2026-02-28', '2026-03-31', { months: 1 }],
		['2024-01-31', '2024-02-29', { months: 1 }],
		['2026-03-02', '2026-03-09', { days: 7 }],
		['2026-03-02', '2026-03-30', { days: 28 }],
		['2026-03-16', '2026-04-01', { days: 16 }],
		['2026-03-01', '2026-03-01', null],
		['2026-04-01', '2026-03-01', null],
	])('%s to %s', (from, until, cycle) => {
		expect(cycleOf(at(from), at(until))).toEqual(cycle);
	});

	it('is not known where a date is missing', () => {
		expect(cycleOf(null, at('2026-03-01'))).toBeNull();
		expect(cycleOf(at('2026-03-01'), null)).toBeNull();
	});

	it('is a month across a change of summer time, whose local midnights differ by an hour in UTC', () => {
		expect(cycleOf('2026-03-01T00:00:00Z', '2026-03-31T23:00:00Z')).toEqual({ months: 1 });
		expect(cycleOf('2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z')).toEqual({ months: 1 });
		expect(cycleOf('2026-03-23T08:00:00Z', '2026-03-30T07:00:00Z')).toEqual({ days: 7 });
	});
});

describe('Some cycles later', () => {
	it.each<[string, Cycle, number, string]>([
		['2026-03-01', { months: 1 }, 1, '2026-04-01'],
		['2026-01-31', { months: 1 }, 1, '2026-02-28'],
		['2026-01-31', { months: 1 }, 2, '2026-03-31'],
		['2026-11-30', { months: 3 }, 1, '2027-02-28'],
		['2026-02-28', { months: 12 }, 2, '2028-02-28'],
		['2026-12-28', { days: 7 }, 2, '2027-01-11'],
	])('%s plus %j × %i is %s', (from, cycle, count, until) => {
		expect(addCycles(at(from), cycle, count)).toBe(at(until));
		expect(countCycles(at(from), at(until), cycle)).toBe(count);
	});

	it('keeps the time of day', () => {
		expect(addCycles('2026-02-28T23:00:00Z', { months: 1 }, 1)).toBe('2026-03-31T23:00:00.000Z');
		expect(addCycles('2026-03-01T08:00:00Z', { days: 7 }, 1)).toBe('2026-03-08T08:00:00.000Z');
	});
});

describe('Cycles between two dates', () => {
	it.each<[string, string, Cycle]>([
		['2026-03-01', '2026-03-20', { months: 1 }],
		['2026-03-01', '2026-03-01', { months: 1 }],
		['2026-04-01', '2026-03-01', { months: 1 }],
		['2026-03-01', '2026-05-01', { months: 3 }],
		['2026-03-01', '2026-03-11', { days: 7 }],
	])('%s to %s are no whole number of %j', (from, until, cycle) => {
		expect(countCycles(at(from), at(until), cycle)).toBeNull();
	});
});
