import { CYCLES, isOpen, OPERATIONS, type FaultCase } from './faultCase';
import type { CaseResult } from './runCase';

export interface Row {
	faultCase: FaultCase;
	result: CaseResult;
}

export interface Totals {
	cases: number;
	doubleEffects: number;
	wrongReports: number;
	lostItems: number;
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
	{ title: 'lost', holds: (faultCase) => faultCase.memory === 'lost' && !isOpen(faultCase) },
	{ title: 'OPEN: lost, hidden, extends', holds: isOpen },
];

export function hasFailed({ doubleEffects, wrongReports, lostItems }: CaseResult): boolean {
	return doubleEffects.length + wrongReports.length + lostItems.length > 0;
}

/** Second effects of the open column are counted apart; its reports must be true all the same. */
export function totalsOf(rows: readonly Row[]): Totals {
	const open = rows.filter(({ faultCase }) => isOpen(faultCase));
	const closed = rows.filter(({ faultCase }) => !isOpen(faultCase));
	const count = (of: readonly Row[], kind: 'doubleEffects' | 'wrongReports' | 'lostItems') =>
		of.reduce((sum, { result }) => sum + result[kind].length, 0);
	return {
		cases: rows.length,
		doubleEffects: count(closed, 'doubleEffects'),
		wrongReports: count(rows, 'wrongReports'),
		lostItems: count(rows, 'lostItems'),
		openCases: open.length,
		openDoubleEffects: open.filter(({ result }) => result.doubleEffects.length > 0).length,
	};
}

/** The whole outcome as lines of text. */
export function tableOf(rows: readonly Row[]): string[] {
	const [single, many] = [1, 6].map((contracts) =>
		rows.filter(({ faultCase }) => faultCase.contracts === contracts),
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
		...failures(rows),
		`${faults} faults × ${OPERATIONS.length} operations, ${totals.cases} cases through n8n's engine`,
		`double effects ${totals.doubleEffects} · reports that differ from the server ${totals.wrongReports} · lost items ${totals.lostItems}`,
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
	for (const { faultCase, result } of rows) {
		const wrong = hasFailed(result) && !isOpen(faultCase) ? '!' : '';
		const twice = isOpen(faultCase) && result.doubleEffects.length > 0 ? ' twice' : '';
		const said = wrong + result.told.map((word) => LETTERS[word] ?? '·').join('') + twice;
		counts.set(said, (counts.get(said) ?? 0) + 1);
	}
	return [...counts].map(([said, count]) => `${said}×${count}`).join(' ');
}

function failures(rows: readonly Row[]): string[] {
	return rows
		.filter(({ faultCase, result }) => hasFailed(result) && !isOpen(faultCase))
		.flatMap(({ result }) => [
			`! ${result.name}`,
			...[...result.doubleEffects, ...result.wrongReports, ...result.lostItems].map(
				(what) => `    ${what}`,
			),
		]);
}
