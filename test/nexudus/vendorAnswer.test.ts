import type { Reply } from '../../guarded-change/change';
import { isWebPage } from '../../n8n/vendorReply';
import { judge, judgeRead, vendorWords } from '../../nodes/Nexudus/vendorAnswer';

const reply = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
	answered: true,
	status,
	headers,
	body,
});
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const open = { class: 'ambiguous', finished: false };

describe('What only this vendor’s replies mean', () => {
	it.each<[string, Reply, unknown, unknown]>([
		['an empty body', reply(''), undefined, open],
		['nothing', reply(undefined, 204), undefined, open],
		['a confirmation', reply({ WasSuccessful: true }), undefined, undefined],
		[
			'a confirmation that is none',
			reply({ WasSuccessful: false }),
			{ class: 'refused' },
			{ class: 'refused' },
		],
		['a record', reply({ Id: 1 }), undefined, undefined],
		['a list', reply([]), undefined, undefined],
		['a web page by its type', reply('', 200, HTML), open, open],
		['a web page by its text', reply(' <!DOCTYPE html><p>'), open, open],
		['a bit of HTML', reply('<body>'), open, open],
		['JSON that breaks off', reply('{"Id":7'), open, open],
		['a list that breaks off', reply('[{"Id"'), open, open],
		['plain text', reply('done'), undefined, open],
		['a refusal by status', reply('<html>', 400, HTML), undefined, undefined],
		['an error by status', reply({ WasSuccessful: false }, 500), undefined, undefined],
		['no answer', { answered: false, code: 'ECONNRESET' }, undefined, undefined],
	])('%s, to a write and to a read', (_, given, ofWrite, ofRead) => {
		expect(judge(given)).toEqual(ofWrite);
		expect(judgeRead(given)).toEqual(ofRead);
	});

	it('knows a web page only in an answer', () => {
		expect(isWebPage({ answered: false, code: 'X' })).toBe(false);
	});
});

describe('The vendor’s own words', () => {
	it.each<[string, Reply, string | null, string | null]>([
		['a bare code', reply('"AlreadyPaused"', 400), 'AlreadyPaused', '"AlreadyPaused"'],
		['a sentence', reply('You must wait.', 400), null, 'You must wait.'],
		['code and message', reply({ ErrorCode: 'E1', Message: 'No.' }, 400), 'E1', 'No.'],
		[
			'OAuth',
			reply({ error: 'invalid_grant', error_description: 'Wrong.' }, 400),
			'invalid_grant',
			'Wrong.',
		],
		['only OAuth’s code', reply({ error: 'invalid_grant' }, 400), 'invalid_grant', 'invalid_grant'],
		[
			'a list of errors',
			reply({ Message: null, Errors: [{ Message: 'Too long.' }] }, 400),
			null,
			'Too long.',
		],
		['a web page', reply('<html>secret', 400), null, null],
		['nothing', reply('', 400), null, null],
		['a list', reply([1], 400), null, null],
		['no answer', { answered: false, code: 'X' }, null, null],
		['white space', reply({ Message: ' a \n\t b ' }, 400), null, 'a b'],
	])('%s', (_, given, code, words) => {
		expect(vendorWords(given)).toEqual({ code, text: words });
	});

	it('are cut to a length, and show no token', () => {
		const words = vendorWords(reply({ Message: `bearer abc.def-1_2= ${'x'.repeat(400)}` })).text;
		expect(words).toMatch(/^Bearer \*\*\* x+…$/);
		expect(words).toHaveLength(301);
	});
});
