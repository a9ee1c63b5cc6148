import { CYCLES, isOpen, OPERATIONS, type FaultCase } from './faultCase';
import type { Result } from './runCases';

export interface Row {
	faultCase: FaultCase;
	result: Result;
}

export interface Totals {
	cases: number;
	doubleEffects: number;
	wrongReports: number;
	lostItems: number;
	/** Cases whose fault did not strike, not even alone. */
	didNotStrike: number;
	retried: number;
	/** Cases in which a resume at end was repeated without memory and changed nothing. */
	repeatedWithoutEffect: number;
	/** Of the open column, which is never a pass. */
	openCases: number;
	openDoubleEffects: number;
}

/** What a call said, as one character. */
const LETTERS: Record<string, string> = {
	changed: 'C',
	accepted: 'a',
	unchanged: '=',
	refused: 'R',
	failed: 'F',
	nothing: 'N',
	contradicted: 'X',
	unknown: '?',
	notTried: '-',
};

const LEGEND = [
	'Each cell: what the calls said, one after the other, and in how many cases. The stand-in agreed with all of it',
	'unless a cell begins with !. C changed and confirmed · a accepted, not to be seen · = unchanged · R refused · F failed ·',
	'N an error that says nothing was changed · X an error that says it was contradicted · ? unknown · - not tried.',
	'twice, repeated: the vendor did it a second time; repeated changed nothing there.',
	'new, known: whether the process has seen this portal show a scheduled pause. lost: all forgotten before the second call.',
];

const COLUMNS: ReadonlyArray<{ title: string; holds: (faultCase: FaultCase) => boolean }> = [
	...(['visible new', 'visible known', 'hidden new'] as const).map((title) => ({
		title: `pause ${title}`,
		holds: ({ operation, reading, memory }: FaultCase) =>
			operation === 'pause' && `${reading.scheduledPause} ${memory}` === title,
	})),
	{
		title: 'resume now',
		holds: ({ operation, memory }) => operation === 'resumeNow' && memory !== 'lost',
	},
	...(['periodEnd', 'nextCycle'] as const).map((end) => ({
		title: `resume at end, ${end}`,
		holds: ({ operation, reading, memory }: FaultCase) =>
			operation === 'resumeAtEnd' && reading.resumeAtEnd === end && memory !== 'lost',
	})),
	{
		title: 'pause, resume now lost',
		holds: (faultCase) =>
			faultCase.memory === 'lost' && faultCase.operation !== 'resumeAtEnd' && !isOpen(faultCase),
	},
	{
		title: 'resume at end lost',
		holds: ({ operation, memory }) => operation === 'resumeAtEnd' && memory === 'lost',
	},
	{ title: 'OPEN: lost, hidden or late, extends', holds: isOpen },
];

/** What is wrong with a case; second effects of the open column are counted apart. */
export function failuresOf({ faultCase, result }: Row): string[] {
	return [
		...(isOpen(faultCase) ? [] : result.doubleEffects),
		...result.wrongReports,
		...result.lostItems,
		...result.notStruck.map((what) => `did not strike: ${what}`),
	];
}

export function totalsOf(rows: readonly Row[]): Totals {
	const open = rows.filter(({ faultCase }) => isOpen(faultCase));
	const closed = rows.filter(({ faultCase }) => !isOpen(faultCase));
	const count = (of: readonly Row[], kind: 'doubleEffects' | 'wrongReports' | 'lostItems') =>
		of.reduce((sum, { result }) => sum + result[kind].length, 0);
	const having = (of: readonly Row[], kind: keyof Result) =>
		of.filter(({ result }) => (result[kind] as readonly string[]).length > 0).length;
	return {
		cases: rows.length,
		doubleEffects: count(closed, 'doubleEffects'),
		wrongReports: count(rows, 'wrongReports'),
		lostItems: count(rows, 'lostItems'),
		didNotStrike: having(rows, 'notStruck'),
		retried: rows.filter(({ result }) => result.retried).length,
		repeatedWithoutEffect: having(rows, 'repeatedWithoutEffect'),
		openCases: open.length,
		openDoubleEffects: having(open, 'doubleEffects'),
	};
}

/** Nothing wrong, and something was run. */
export function hasPassed(rows: readonly Row[]): boolean {
	return rows.length > 0 && rows.every((row) => failuresOf(row).length === 0);
}

/** The whole outcome as lines of text. */
export function tableOf(rows: readonly Row[]): string[] {
	const [single, many, singleByOperator, manyByOperator] = (['customer', 'operator'] as const)
		.flatMap((way) => [1, 6].map((contracts) => ({ way, contracts })))
		.map(({ way, contracts }) =>
			rows.filter(({ faultCase }) => faultCase.way === way && faultCase.contracts === contracts),
		);
	const totals = totalsOf(rows);
	const faults = new Set(rows.map(({ faultCase }) => faultCase.fault.name)).size;
	return [
		...LEGEND,
		'',
		`ONE CONTRACT (pauses of ${CYCLES} cycles)`,
		...lines(single),
		'',
		'SIX CONTRACTS IN ONE CALL (what was said of the one that the fault struck)',
		...lines(many),
		'',
		'AN OPERATOR ACTS FOR THE MEMBER, ONE CONTRACT',
		...lines(singleByOperator),
		'',
		'AN OPERATOR ACTS FOR THE MEMBER, SIX CONTRACTS IN ONE CALL',
		...lines(manyByOperator),
		'',
		...failures(rows),
		`${faults} faults × ${OPERATIONS.length} operations, ${totals.cases} cases through n8n's engine`,
		`double effects ${totals.doubleEffects} · reports that differ from the server ${totals.wrongReports} · lost items ${totals.lostItems}`,
		`faults that did not strike ${totals.didNotStrike} · cases run once more, alone ${totals.retried}`,
		`resume at end repeated without memory, no effect: ${totals.repeatedWithoutEffect} cases`,
		`open column, not a pass: ${totals.openDoubleEffects} of ${totals.openCases} cases took effect twice`,
	];
}

function lines(rows: readonly Row[]): string[] {
	const byFault = new Map<string, Row[]>();
	for (const row of rows) {
		const { name } = row.faultCase.fault;
		byFault.set(name, [...(byFault.get(name) ?? []), row]);
	}
	const cells = [...byFault].map(([name, own]) => [
		name,
		...COLUMNS.map(({ holds }) => cell(own.filter(({ faultCase }) => holds(faultCase)))),
	]);
	const table = [['fault', ...COLUMNS.map(({ title }) => title)], ...cells];
	const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
	return table.map((row) =>
		row
			.map((text, column) => text.padEnd(widths[column]))
			.join('  ')
			.trimEnd(),
	);
}

function cell(rows: readonly Row[]): string {
	const counts = new Map<string, number>();
	for (const row of rows) {
		const { faultCase, result } = row;
		const wrong = failuresOf(row).length > 0 ? '!' : '';
		const twice = isOpen(faultCase) && result.doubleEffects.length > 0 ? ' twice' : '';
		const repeated = result.repeatedWithoutEffect.length > 0 ? ' repeated' : '';
		const said =
			wrong + result.told.map((word) => LETTERS[word] ?? '·').join('') + twice + repeated;
		counts.set(said, (counts.get(said) ?? 0) + 1);
	}
	return [...counts].map(([said, count]) => `${said}×${count}`).join(' ');
}

function failures(rows: readonly Row[]): string[] {
	return rows.flatMap((row) => {
		const wrong = failuresOf(row);
		return wrong.length > 0 ? [`! ${row.result.name}`, ...wrong.map((what) => `    ${what}`)] : [];
	});
}
