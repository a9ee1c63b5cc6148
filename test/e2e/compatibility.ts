/** The tables of `docs/compatibility.md` and of the README: n8n × Node.js, from the names of the tests that ran. */

/** What jest reports of one test. */
export interface RanTest {
	/** Titles of the groups around it, outermost first. */
	ancestorTitles: string[];
	status: string;
}

/** By row (`2.40.7 | 24.21.0`): the columns (`Queue mode`) whose tests all passed. */
export type Passed = Map<string, Set<string>>;

const ROW = /^n8n (\S+) on Node\.js (\S+)$/;
const BEGIN = '<!-- table: begin -->';
const END = '<!-- table: end -->';

/**
 * What passed. A test counts when its outermost group is named
 * `n8n <version> on Node.js <version>` and the next one names the column.
 */
export function passedIn(tests: readonly RanTest[]): Passed {
	const passed: Passed = new Map();
	const failed: Array<[string, string]> = [];
	for (const { ancestorTitles, status } of tests) {
		const [group = '', column] = ancestorTitles;
		const [, n8n, nodeJs] = ROW.exec(group) ?? [];
		if (n8n === undefined || column === undefined) continue;
		const row = `${n8n} | ${nodeJs}`;
		passed.set(row, (passed.get(row) ?? new Set()).add(column));
		if (status !== 'passed') failed.push([row, column]);
	}
	for (const [row, column] of failed) passed.get(row)?.delete(column);
	return passed;
}

/** The table in Markdown; an empty cell is something that was not run there. */
export function tableOf(passed: Passed): string {
	const columns = [...new Set([...passed.values()].flatMap((row) => [...row]))];
	return markdown(
		['n8n', 'Node.js', ...columns],
		newestFirst(passed).map(([key, row]) => [
			key,
			...columns.map((one) => (row.has(one) ? 'yes' : '')),
		]),
	);
}

/** The same in three columns, for the README. */
export function summaryOf(passed: Passed): string {
	return markdown(
		['n8n', 'Node.js', 'Shown there'],
		newestFirst(passed).map(([key, row]) => [
			key,
			[...row].map((column, i) => (i === 0 ? column : inMidSentence(column))).join(', '),
		]),
	);
}

const inMidSentence = (title: string) =>
	/^[A-Z][a-z]/.test(title) ? title[0].toLowerCase() + title.slice(1) : title;

function newestFirst(passed: Passed): Array<[string, Set<string>]> {
	return [...passed].sort(([a], [b]) => b.localeCompare(a, 'en', { numeric: true }));
}

function markdown(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The document with the table in its place. Throws when the place is not marked. */
export function withTable(document: string, table: string): string {
	const [before, after] = [document.indexOf(BEGIN), document.indexOf(END)];
	if (before < 0 || after < before) throw new Error(`The document lacks "${BEGIN}" … "${END}"`);
	return `${document.slice(0, before + BEGIN.length)}\n\n${table}\n\n${document.slice(after)}`;
}

/** What the table of a document says. */
export function passedAsShown(document: string): Passed {
	const [head = [], , ...rows] = document
		.slice(document.indexOf(BEGIN), document.indexOf(END))
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
	return new Map(
		rows.map(([n8n, nodeJs, ...cells]) => [
			`${n8n} | ${nodeJs}`,
			new Set(head.slice(2).filter((_, i) => cells[i] === 'yes')),
		]),
	);
}

/** What one of two tables has and the other lacks, in words. */
export function missingIn(table: Passed, other: Passed): string[] {
	return [...other].flatMap(([row, columns]) =>
		[...columns]
			.filter((column) => !table.get(row)?.has(column))
			.map((column) => `n8n ${row.replace(' | ', ' on Node.js ')}, ${column}`),
	);
}
