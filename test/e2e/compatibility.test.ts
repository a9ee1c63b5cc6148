import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../start/package';
import { missingIn, passedAsShown, passedIn, summaryOf, tableOf, withTable } from './compatibility';
import { lockedNodeVersion } from './support/lockedNode';

const document = readFileSync(join(CHECKOUT, 'docs', 'compatibility.md'), 'utf8');
const test = (n8n: string, column: string, status = 'passed') => ({
	ancestorTitles: [`n8n ${n8n} on Node.js 24.1.0`, column],
	status,
});

describe('the compatibility table', () => {
	it('holds what passed, and only where all of it passed', () => {
		const passed = passedIn([
			test('2.1.0', 'Session'),
			test('2.1.0', 'Examples'),
			test('2.1.0', 'Examples', 'failed'),
			test('1.9.0', 'Examples'),
			{ ancestorTitles: ['something else'], status: 'passed' },
		]);
		expect(tableOf(passed).split('\n')).toEqual([
			'| n8n | Node.js | Session | Examples |',
			'| --- | --- | --- | --- |',
			'| 2.1.0 | 24.1.0 | yes |  |',
			'| 1.9.0 | 24.1.0 |  | yes |',
		]);
	});

	it('is read back as it was written', () => {
		const passed = passedIn([test('2.1.0', 'Session'), test('1.9.0', 'Examples')]);
		const again = passedAsShown(withTable(document, tableOf(passed)));
		expect([...missingIn(again, passed), ...missingIn(passed, again)]).toEqual([]);
		const less = passedIn([test('2.1.0', 'Session')]);
		expect(missingIn(less, passed)).toEqual(['n8n 1.9.0 on Node.js 24.1.0, Examples']);
	});

	it('says the same in the README', () => {
		const rows = (text: string) =>
			text
				.split('\n')
				.filter((line) => /^\| \d/.test(line))
				.map((line) => line.replace(/\s+\|/g, ' |'));
		const readme = readFileSync(join(CHECKOUT, 'README.md'), 'utf8');
		const shown = rows(summaryOf(passedAsShown(document)));
		expect(shown.length).toBeGreaterThan(0);
		expect(rows(readme)).toEqual(shown);
	});

	it('names the versions that the lock files hold now', () => {
		const versions = readdirSync(join(CHECKOUT, 'start'))
			.filter((name) => name.startsWith('n8n-'))
			.map((name) => `${name.replace('n8n-', '')} | ${lockedNodeVersion()}`);
		expect([...passedAsShown(document).keys()].sort()).toEqual(versions.sort());
	});
});
