import {
	count,
	flag,
	listPage,
	local,
	oneRecord,
	text,
	utc,
} from '../../nodes/Nexudus/vendorRecord';

describe('A single record', () => {
	it.each<[string, unknown, unknown]>([
		['bare', { Id: 1 }, { Id: 1 }],
		['in its envelope', { Resource: { Id: 1 }, WasSuccessful: true }, { Id: 1 }],
		['a field of that name that is no envelope', { Resource: 'room' }, { Resource: 'room' }],
		['a list', [{ Id: 1 }], undefined],
		['text', '<html>', undefined],
		['null', null, undefined],
		['nothing', undefined, undefined],
		['a number', 7, undefined],
	])('%s', (_, body, record) => {
		expect(oneRecord(body)).toEqual(record);
	});
});

describe('A list', () => {
	const rows = [{ Id: 1 }, { Id: 2 }];
	it.each<[string, unknown, unknown]>([
		['an array', rows, { records: rows, hasNextPage: false }],
		['Contracts', { Contracts: rows }, { records: rows, hasNextPage: false }],
		['Records', { Records: rows, HasNextPage: true }, { records: rows, hasNextPage: true }],
		['an empty page', { Records: [] }, { records: [], hasNextPage: false }],
		['rows that are none', [null, 'x', { Id: 1 }], { records: [{ Id: 1 }], hasNextPage: false }],
		[
			'a next page that is no boolean',
			{ Records: rows, HasNextPage: 'yes' },
			{ records: rows, hasNextPage: false },
		],
		['a record', { Id: 1 }, undefined],
		['Records that are no list', { Records: 3 }, undefined],
		['text', '[]', undefined],
		['nothing', null, undefined],
	])('%s', (_, body, page) => {
		expect(listPage(body)).toEqual(page);
	});
});

describe('A date in UTC', () => {
	it.each<[unknown, string | null]>([
		['2026-03-01T00:00:00Z', '2026-03-01T00:00:00.000Z'],
		['2026-03-01T00:00:00', '2026-03-01T00:00:00.000Z'],
		[' 2026-03-01T00:00:00.5z ', '2026-03-01T00:00:00.500Z'],
		['2026-03-01T02:00:00+02:00', '2026-03-01T00:00:00.000Z'],
		['2026-03-01T02:00:00+0200', '2026-03-01T00:00:00.000Z'],
		['2026-13-01', null],
		['soon', null],
		['', null],
		['  ', null],
		[null, null],
		[undefined, null],
		[1_772_323_200_000, null],
		[{}, null],
	])('%j is %s', (value, iso) => {
		expect(utc(value)).toBe(iso);
	});
});

describe('A local date', () => {
	it.each<[unknown, string | null]>([
		['2026-03-01T09:00:00Z', '2026-03-01T09:00:00'],
		['2026-03-01T09:00:00', '2026-03-01T09:00:00'],
		[' ', null],
		[5, null],
		[null, null],
	])('%j is %j: never calculated as UTC', (value, shown) => {
		expect(local(value)).toBe(shown);
	});
});

describe('Plain values', () => {
	it.each<[unknown, string | null, number | null, boolean | null]>([
		['a', 'a', null, null],
		['', null, null, null],
		['3', '3', null, null],
		[3, null, 3, null],
		[0, null, null, null],
		[-1, null, null, null],
		[NaN, null, null, null],
		[Infinity, null, null, null],
		[true, null, null, true],
		[false, null, null, false],
		[null, null, null, null],
		[undefined, null, null, null],
	])('%j as text, count and flag', (value, asText, asCount, asFlag) => {
		expect([text(value), count(value), flag(value)]).toEqual([asText, asCount, asFlag]);
	});
});
