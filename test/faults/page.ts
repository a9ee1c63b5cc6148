import {
	CONTRACT_OPERATIONS,
	isOfPeriod,
	isOpen,
	mayRepeat,
	PERIOD_OPERATIONS,
	type FaultCase,
	type Operation,
} from './faultCase';
import type { Fault } from './fault';
import { totalsOf, type Row } from './table';

const GROUPS: Record<Fault['group'], string> = {
	none: 'No fault',
	write: 'The write: not sent, reply lost, refused, throttled, slow',
	session: 'The session ends, or the sign-in fails',
	'read before': 'Reads before the write',
	'read after': 'Reads after the write',
	'other hand': 'Somebody else changes the contract',
	delivery: 'The call comes twice, or n8n retries it',
};

const TITLES: Record<FaultCase['operation'], string> = {
	pause: 'Pause',
	resumeNow: 'Resume now',
	resumeAtEnd: 'Resume at end',
	createPeriod: 'Create',
	updatePeriod: 'Update',
	deletePeriod: 'Delete',
};

/** What the first call said, in words. */
const WORDS: Record<string, string> = {
	accepted: 'accepted but not shown',
	nothing: 'error: nothing was changed',
	contradicted: 'error: something else is so',
	notTried: 'not tried',
};

/** The sums of a run as a page for the docs. */
export function pageOf(rows: readonly Row[]): string {
	const totals = totalsOf(rows);
	return [
		'# What happens when something goes wrong',
		'',
		`\`npm run faults\` puts ${faultsIn(rows)} faults in the way of the operations, in every reading of what`,
		'the vendor leaves open and with each of the three ways in which n8n goes on after an error.',
		"Each case runs through n8n's engine against the stand-in for Nexudus, and the call is then",
		"made once more. The stand-in's own record of what it carried out is the judge. A case whose",
		'fault did not strike is a failure, not a pass. All that a call puts out, throws or logs is searched',
		'for passwords, one-time code secrets and every token that was given out, in plain, URL-encoded, in JSON and in base64.',
		'',
		'This page is written by `npm run faults -- --write`. Each cell: the number of cases, and what',
		'the first call said of the contract, or the pause period, that the fault struck. What is _open_ is told [at the end](#all).',
		'',
		'## Pausing and resuming',
		'',
		'For a customer and, in the two readings that are furthest apart, for an operator who acts for them.',
		'',
		...operationTable(rows, CONTRACT_OPERATIONS),
		'',
		'## Pause periods',
		'',
		'For an operator at the admin API.',
		'',
		...operationTable(rows, PERIOD_OPERATIONS),
		'',
		'## All',
		'',
		...markdownTable([
			['Of all cases', String(totals.cases)],
			['Double effects, what is open apart', String(totals.doubleEffects)],
			['Reports that differ from the server', String(totals.wrongReports)],
			['Lost items', String(totals.lostItems)],
			['Fields changed that were not named', String(totals.lostFields)],
			['Secrets put out, thrown or logged', String(totals.leaks)],
			['Faults that did not strike', String(totals.didNotStrike)],
		]),
		'',
		'Five things are counted apart. In the first four nobody can know of the first write: all memory of it is lost',
		'before the second, as by another process, or it acts only after the second has left:',
		'',
		...open(
			rows,
			'pausing',
			'where a second pause extends the first, and the first is hidden or acts only later',
		),
		...open(
			rows,
			'pause periods',
			'where two pause periods may overlap, and the first is created only later',
		),
		...repeated(rows, 'resumeAtEnd', 'a resume at the end of the pause'),
		...repeated(rows, 'updatePeriod', 'the update of a pause period'),
		`- Put back: in ${totals.overwritten} cases somebody else changed the notes between our read and our write, and the whole record`,
		'  that the vendor asks for put the old ones back. There is no version to compare.',
		'',
	].join('\n');
}

const faultsIn = (rows: readonly Row[]) =>
	new Set(rows.map(({ faultCase }) => faultCase.fault.name)).size;

/** A row for each group of faults, a column for each operation. */
function operationTable(rows: readonly Row[], operations: readonly Operation[]): string[] {
	const cells = (Object.keys(GROUPS) as Array<Fault['group']>).map((group) => {
		const own = rows.filter(
			({ faultCase }) =>
				faultCase.fault.group === group && operations.includes(faultCase.operation),
		);
		return [
			`${GROUPS[group]} (${faultsIn(own)})`,
			...operations.map((operation) =>
				cell(own.filter(({ faultCase }) => faultCase.operation === operation)),
			),
		];
	});
	return markdownTable([['Fault (how many)', ...operations.map((name) => TITLES[name])], ...cells]);
}

/** The open column of contracts or of pause periods. */
function open(rows: readonly Row[], what: 'pausing' | 'pause periods', where: string): string[] {
	const own = rows.filter(
		({ faultCase }) => isOfPeriod(faultCase.operation) === (what === 'pause periods'),
	);
	const { openDoubleEffects, openCases } = totalsOf(own);
	return [
		`- Open, and never a pass (${what}): ${where}, ${openDoubleEffects} of`,
		`  ${openCases} cases took effect twice. Nobody can prevent this from outside.`,
	];
}

/** Writes that were repeated without an effect. */
function repeated(rows: readonly Row[], operation: Operation, what: string): string[] {
	const own = rows.filter(
		({ faultCase }) => faultCase.operation === operation && mayRepeat(faultCase),
	);
	const { repeatedWithoutEffect } = totalsOf(own);
	return [
		`- Repeated, no effect: in ${repeatedWithoutEffect} of ${own.length} cases ${what} was sent`,
		'  again, and changed nothing at the vendor.',
	];
}

function cell(rows: readonly Row[]): string {
	const counts = new Map<string, number>();
	for (const { result } of rows) {
		const [first] = result.told;
		const word = WORDS[first] ?? first;
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const said = [...counts].sort(([, a], [, b]) => b - a).map(([word, count]) => `${word} ${count}`);
	const open = rows.filter(({ faultCase }) => isOpen(faultCase)).length;
	return `**${rows.length}**: ${said.join(', ')}${open > 0 ? ` (${open} of them open)` : ''}`;
}

function markdownTable([head, ...rows]: string[][]): string[] {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
