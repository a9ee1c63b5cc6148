import { constants, errorClasses, messagesIn, sourceOf } from '../../scripts/docs/messages';

/** The messages of a source text, with the classes and constants of another one known. */
function found(code: string, other = '') {
	const beside = sourceOf('other.ts', other);
	return messagesIn(
		sourceOf('some.ts', code),
		new Map(errorClasses(beside)),
		new Map(constants(beside)),
	).map(({ text, codes, wayOut }) => ({ text, codes, wayOut }));
}

const texts = (code: string, other?: string) => found(code, other).map(({ text }) => text);

describe('the messages of a source', () => {
	it('are what errors are made of', () => {
		expect(texts("throw new UserError('It went wrong');")).toEqual(['It went wrong']);
	});

	it('of an error of a node stand behind the node, with the way out in the options', () => {
		const code =
			"throw new NodeOperationError(node(), `No such ${thing}`, { description: 'Look.' });";
		expect(found(code)).toEqual([{ text: 'No such ‹thing›', codes: [], wayOut: ['Look.'] }]);
	});

	it('are what objects have under message, with their code and description', () => {
		const code =
			"const refusal = { code: 'ended', message: `It ended on ${day}`, description: 'Choose another.' };";
		expect(found(code)).toEqual([
			{ text: 'It ended on ‹day›', codes: ['ended'], wayOut: ['Choose another.'] },
		]);
	});

	it('come in both ways of a condition', () => {
		expect(texts("new UserError(a ? 'One thing' : 'Another thing');")).toEqual([
			'One thing',
			'Another thing',
		]);
	});

	it('show the fuller way of a condition inside them', () => {
		expect(texts("new UserError(`It ended${day ? ` on ${day}` : ''}`);")).toEqual([
			'It ended on ‹day›',
		]);
	});

	it('follow constants, and what callers in the file give', () => {
		const code = `
			const PREFIX = 'Sign-in: ';
			const fail = (what: string) => new UserError(PREFIX + what);
			fail('wrong password'); fail(\`status \${status}\`);`;
		expect(texts(code)).toEqual(['Sign-in: wrong password', 'Sign-in: status ‹status›']);
	});

	it('pass through the constructor of an error declared elsewhere', () => {
		const other =
			"const PREFIX = 'Sign-in: '; class MyError extends UserError { constructor(sentence: string) { super(PREFIX + sentence); } }";
		expect(texts("throw new MyError('it is late');", other)).toEqual(['Sign-in: it is late']);
		expect(texts("const rows = [{ sentence: () => 'it is early' }];", other)).toEqual([
			'Sign-in: it is early',
		]);
	});

	it('have the labels of the case as code where that is what was decided on', () => {
		const code =
			"switch (reason.code) { case 'one': case 'two': return { code: reason.code, message: 'It went wrong' }; }";
		expect(found(code)).toMatchObject([{ codes: ['one', 'two'] }]);
	});

	it('are neither hints of the editor nor faults of ours', () => {
		const hint = "const hint = { message: 'Good to know', location: 'outputPane' };";
		expect(found(`${hint} throw new Error('This cannot be');`)).toEqual([]);
	});

	it('must be told from the source: what cannot be is no silent gap', () => {
		expect(() => texts('throw new UserError(TABLE[code]);')).toThrow(
			'some.ts:1: the source does not tell what this message says: ‹TABLE›',
		);
	});
});
