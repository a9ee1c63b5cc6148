import { BadInput, numberInRange, oneOf, optionalText, wholeNumber, yesNo } from '../../n8n/inputs';

const RANGE = { field: 'Cycles', min: 1, max: 120 };

describe('wholeNumber', () => {
	it.each([
		[1, 1],
		[120, 120],
		['7', 7],
		[' 7 ', 7],
		['007', 7],
		['7.0', 7],
	])('takes %j for %d', (value, expected) => {
		expect(wholeNumber(value, RANGE)).toBe(expected);
	});

	it.each([
		0,
		121,
		1.5,
		-1,
		NaN,
		Infinity,
		1e300,
		'',
		'1.5',
		'1e1',
		'0x10',
		'+1',
		'-1',
		'1,0',
		'１',
		'one',
		null,
		undefined,
		true,
		[],
		[1],
		{},
		new Date(1),
		1n,
	])('refuses %p, naming the field', (value) => {
		expect(() => wholeNumber(value, RANGE)).toThrow(BadInput);
		expect(() => wholeNumber(value, RANGE)).toThrow(
			/^'Cycles' must be a whole number from 1 to 120/,
		);
	});
});

describe('numberInRange', () => {
	const range = { field: 'Rate', min: 1, max: 10 };
	it.each([
		[1.5, 1.5],
		['2.25', 2.25],
		[10, 10],
	])('takes %j for %d', (value, expected) => {
		expect(numberInRange(value, range)).toBe(expected);
	});

	it.each([0.99, 10.01, NaN, Infinity, '1,5', '1e0', '', null, true, [2]])(
		'refuses %p',
		(value) => {
			expect(() => numberInRange(value, range)).toThrow(/^'Rate' must be a number from 1 to 10/);
		},
	);
});

describe('yesNo', () => {
	it.each([
		[true, true],
		['true', true],
		[false, false],
		['false', false],
		[undefined, false],
		['', false],
	])('takes %j for %j', (value, expected) => {
		expect(yesNo(value, 'Dry Run')).toBe(expected);
	});

	it.each([null, 0, 1, 'yes', 'no', 'True', ' true', '1', [], [true], {}])(
		'refuses %p',
		(value) => {
			expect(() => yesNo(value, 'Dry Run')).toThrow(/^'Dry Run' must be true or false/);
		},
	);
});

describe('oneOf', () => {
	it('takes a value of the list', () => {
		expect(oneOf('b', ['a', 'b'], 'Mode')).toBe('b');
	});

	it.each(['', 'A', ' a', 'c', null, undefined, 0, ['a'], { a: 1 }])('refuses %p', (value) => {
		const call = () => oneOf(value, ['a', 'b'], 'Mode');
		expect(call).toThrow(/^'Mode' cannot be /);
		try {
			call();
		} catch (error) {
			expect((error as BadInput).advice).toBe('Choose one of: a, b.');
		}
	});
});

describe('optionalText', () => {
	it.each([
		[undefined, null],
		[null, null],
		['', null],
		['a', 'a'],
		[7, '7'],
		['x'.repeat(10), 'x'.repeat(10)],
	])('takes %j for %j', (value, expected) => {
		expect(optionalText(value, 'Reason', 10)).toBe(expected);
	});

	it('refuses longer text, with both lengths', () => {
		expect(() => optionalText('x'.repeat(11), 'Reason', 10)).toThrow(
			"'Reason' is 11 characters long, and may have 10",
		);
	});

	it.each([true, [], {}, new Date()])('refuses %p', (value) => {
		expect(() => optionalText(value, 'Reason', 10)).toThrow(/^'Reason' must be text/);
	});
});

describe('a refused value in a message', () => {
	it('is shown by its beginning only', () => {
		const secret = `${'a'.repeat(40)}-and-what-follows`;
		expect(() => wholeNumber(secret, RANGE)).toThrow(`"${'a'.repeat(40)}…"`);
		expect(() => wholeNumber(secret, RANGE)).not.toThrow(/what-follows/);
	});
});
