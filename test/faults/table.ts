import { CYCLES, isOfPeriod, isOpen, type FaultCase } from './faultCase';
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
	/** Fields of a pause period that a write has changed unasked. */
	lostFields: number;
	/** Secrets in what a call put out, threw or logged. */
	leaks: number;
	/** Cases whose fault did not strike, not even alone. */
	didNotStrike: number;
	retried: number;
	/** Cases in which a write was repeated for want of knowledge and changed nothing. */
	repeatedWithoutEffect: number;
	/** Cases in which a change that another hand made between read and write was put back. */
	overwritten: number;
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

interface Column {
	title: string;
	holds: (faultCase: FaultCase) => boolean;
}

const CONTRACT_COLUMNS: readonly Column[] = [
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

const PERIOD_COLUMNS: readonly Column[] = [
	...(['refused', 'accepted'] as const).map((overlapping) => ({
		title: `create, overlapping ${overlapping}`,
		holds: ({ operation, reading, memory }: FaultCase) =>
			operation === 'createPeriod' &&
			reading.overlappingPeriods === overlapping &&
			memory !== 'lost',
	})),
	...(['update', 'delete'] as const).map((verb) => ({
		title: verb,
		holds: ({ operation, memory }: FaultCase) => operation === `${verb}Period` && memory !== 'lost',
	})),
	...(['create', 'update', 'delete'] as const).map((verb) => ({
		title: `${verb} lost`,
		holds: (faultCase: FaultCase) =>
			faultCase.operation === `${verb}Period` && faultCase.memory === 'lost' && !isOpen(faultCase),
	})),
	{ title: 'OPEN: create lost, late', holds: isOpen },
];

/** What is wrong with a case; second effects of the open column are counted apart. */
export function failuresOf({ faultCase, result }: Row): string[] {
	return [
		...(isOpen(faultCase) ? [] : result.doubleEffects),
		...result.wrongReports,
		...result.lostItems,
		...result.lostFields.map((what) => `not named: ${what}`),
		...result.leaks.map((what) => `secret: ${what}`),
		...result.notStruck.map((what) => `did not strike: ${what}`),
	];
}

export function totalsOf(rows: readonly Row[]): Totals {
	const open = rows.filter(({ faultCase }) => isOpen(faultCase));
	const closed = rows.filter(({ faultCase }) => !isOpen(faultCase));
	const count = (
		of: readonly Row[],
		kind: 'doubleEffects' | 'wrongReports' | 'lostItems' | 'lostFields' | 'leaks',
	) => of.reduce((sum, { result }) => sum + result[kind].length, 0);
	const having = (of: readonly Row[], kind: keyof Result) =>
		of.filter(({ result }) => (result[kind] as readonly string[]).length > 0).length;
	return {
		cases: rows.length,
		doubleEffects: count(closed, 'doubleEffects'),
		wrongReports: count(rows, 'wrongReports'),
		lostItems: count(rows, 'lostItems'),
		lostFields: count(rows, 'lostFields'),
		leaks: count(rows, 'leaks'),
		didNotStrike: having(rows, 'notStruck'),
		retried: rows.filter(({ result }) => result.retried).length,
		repeatedWithoutEffect: having(rows, 'repeatedWithoutEffect'),
		overwritten: having(rows, 'overwritten'),
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
	const part = (way: FaultCase['way'], contracts: number, ofPeriods = false) =>
		rows.filter(
			({ faultCase }) =>
				faultCase.way === way &&
				faultCase.contracts === contracts &&
				isOfPeriod(faultCase.operation) === ofPeriods,
		);
	const totals = totalsOf(rows);
	const faults = new Set(rows.map(({ faultCase }) => faultCase.fault.name)).size;
	const operations = new Set(rows.map(({ faultCase }) => faultCase.operation)).size;
	return [
		...LEGEND,
		'',
		`ONE CONTRACT (pauses of ${CYCLES} cycles)`,
		...lines(part('customer', 1), CONTRACT_COLUMNS),
		'',
		'SIX CONTRACTS IN ONE CALL (what was said of the one that the fault struck)',
		...lines(part('customer', 6), CONTRACT_COLUMNS),
		'',
		'AN OPERATOR ACTS FOR THE MEMBER, ONE CONTRACT',
		...lines(part('operator', 1), CONTRACT_COLUMNS),
		'',
		'AN OPERATOR ACTS FOR THE MEMBER, SIX CONTRACTS IN ONE CALL',
		...lines(part('operator', 6), CONTRACT_COLUMNS),
		'',
		'ONE PAUSE PERIOD, BY AN OPERATOR',
		...lines(part('operator', 1, true), PERIOD_COLUMNS),
		'',
		'SIX PAUSE PERIODS IN ONE CALL',
		...lines(part('operator', 6, true), PERIOD_COLUMNS),
		'',
		...failures(rows),
		`${faults} faults × ${operations} operations, ${totals.cases} cases through n8n's engine`,
		`double effects ${totals.doubleEffects} · reports that differ from the server ${totals.wrongReports} · lost items ${totals.lostItems}`,
		`fields changed that were not named ${totals.lostFields} · secrets put out, thrown or logged ${totals.leaks}`,
		`faults that did not strike ${totals.didNotStrike} · cases run once more, alone ${totals.retried}`,
		`repeated for want of knowledge, no effect: ${totals.repeatedWithoutEffect} cases`,
		`changes of another hand between read and write put back: ${totals.overwritten} cases`,
		`open column, not a pass: ${totals.openDoubleEffects} of ${totals.openCases} cases took effect twice`,
	];
}

function lines(rows: readonly Row[], columns: readonly Column[]): string[] {
	const byFault = new Map<string, Row[]>();
	for (const row of rows) {
		const { name } = row.faultCase.fault;
		byFault.set(name, [...(byFault.get(name) ?? []), row]);
	}
	const cells = [...byFault].map(([name, own]) => [
		name,
		...columns.map(({ holds }) => cell(own.filter(({ faultCase }) => holds(faultCase)))),
	]);
	const table = [['fault', ...columns.map(({ title }) => title)], ...cells];
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
