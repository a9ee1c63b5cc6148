import { UserError } from 'n8n-workflow';

/** A parameter that cannot be used; found before any request is sent. */
export class BadInput extends UserError {
	/**
	 * @param field display name of the parameter
	 * @param what what is wrong with it
	 * @param advice how to go on
	 */
	constructor(
		readonly field: string,
		what: string,
		readonly advice: string,
	) {
		super(`'${field}' ${what}`);
	}
}

/** The parameters of one item, or what is wrong with them; an expression that fails is bad input too. */
export function inputOf<T>(read: () => T): T | BadInput {
	try {
		return read();
	} catch (error) {
		if (error instanceof BadInput) return error;
		const { message } = error as Error;
		return new BadInput('Parameters', `could not be read: ${message}`, 'Mend the expression.');
	}
}

/** A value in an error message: short, and never more than its beginning. */
export function shown(value: unknown): string {
	if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
	if (value === null || value === undefined) return 'empty';
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return Array.isArray(value) ? 'a list' : 'an object';
}

export interface NumberRange {
	field: string;
	min: number;
	max: number;
}

/** A whole number in the range, also from text of plain digits (an expression gives such). Throws BadInput. */
export function wholeNumber(value: unknown, { field, min, max }: NumberRange): number {
	const number = plainNumber(value);
	if (number === undefined || !Number.isSafeInteger(number) || number < min || number > max) {
		throw new BadInput(
			field,
			`must be a whole number from ${min} to ${max}, and is ${shown(value)}`,
			`Enter a whole number from ${min} to ${max}, or an expression that gives one.`,
		);
	}
	return number;
}

/** As `wholeNumber`, but fractions pass. Throws BadInput. */
export function numberInRange(value: unknown, { field, min, max }: NumberRange): number {
	const number = plainNumber(value);
	if (number === undefined || !Number.isFinite(number) || number < min || number > max) {
		throw new BadInput(
			field,
			`must be a number from ${min} to ${max}, and is ${shown(value)}`,
			`Enter a number from ${min} to ${max}, or an expression that gives one.`,
		);
	}
	return number;
}

function plainNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return value;
	const text = typeof value === 'string' ? value.trim() : '';
	return /^\d{1,16}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}

/** True or false, also as the words that a form or a query string gives. Throws BadInput. */
export function yesNo(value: unknown, field: string): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false' || value === undefined || value === '') return false;
	throw new BadInput(
		field,
		`must be true or false, and is ${shown(value)}`,
		'Turn the switch on or off, or use an expression that gives true or false.',
	);
}

/** One of the values of a list. Throws BadInput. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], field: string): T {
	const found = allowed.find((one) => one === value);
	if (found !== undefined) return found;
	throw new BadInput(field, `cannot be ${shown(value)}`, `Choose one of: ${allowed.join(', ')}.`);
}

/** One of the values of a list, the first one where nothing is set. Throws BadInput. */
export function oneOfOrFirst<T extends string>(
	value: unknown,
	allowed: readonly T[],
	field: string,
): T {
	return value === undefined ? allowed[0] : oneOf(value, allowed, field);
}

/** Text, or null where it is empty; at most `longest` characters. Throws BadInput. */
export function optionalText(value: unknown, field: string, longest: number): string | null {
	if (value === undefined || value === null || value === '') return null;
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') {
		throw new BadInput(field, `must be text, and is ${shown(value)}`, 'Enter text.');
	}
	if (text.length > longest) {
		throw new BadInput(
			field,
			`is ${text.length} characters long, and may have ${longest}`,
			`Shorten it to ${longest} characters.`,
		);
	}
	return text;
}
