import { isOpen, OPERATIONS, type FaultCase } from './faultCase';
import type { Fault } from './faults';
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
	const faults = new Set(rows.map(({ faultCase }) => faultCase.fault.name)).size;
	const cells = (Object.keys(GROUPS) as Array<Fault['group']>).map((group) => {
		const own = rows.filter(({ faultCase }) => faultCase.fault.group === group);
		const names = new Set(own.map(({ faultCase }) => faultCase.fault.name)).size;
		return [
			`${GROUPS[group]} (${names})`,
			...OPERATIONS.map((operation) =>
				cell(own.filter(({ faultCase }) => faultCase.operation === operation)),
			),
		];
	});
	return [
		'# What happens when something goes wrong',
		'',
		`\`npm run faults\` puts ${faults} faults in the way of each operation, in every reading of what`,
		'the vendor leaves open and with each of the three ways in which n8n goes on after an error,',
		'for a customer and, in the two readings that are furthest apart, for an operator who acts for them.',
		"Each case runs through n8n's engine against the stand-in for Nexudus, and the call is then",
		"made once more. The stand-in's own record of what it carried out is the judge. A case whose",
		'fault did not strike is a failure, not a pass.',
		'',
		'This page is written by `npm run faults -- --write`. Each cell: the number of cases, and what',
		'the first call said of the contract that the fault struck.',
		'',
		...markdownTable([['Fault (how many)', ...OPERATIONS.map((name) => TITLES[name])], ...cells]),
		'',
		...markdownTable([
			['Of all cases', String(totals.cases)],
			['Double effects', String(totals.doubleEffects)],
			['Reports that differ from the server', String(totals.wrongReports)],
			['Lost items', String(totals.lostItems)],
			['Faults that did not strike', String(totals.didNotStrike)],
		]),
		'',
		'Two columns are counted apart, both with all memory of the first call lost before the second,',
		'as by another process:',
		'',
		`- Open, and never a pass: where a second pause extends the first, and the first is hidden or acts only later, ${totals.openDoubleEffects} of`,
		`  ${totals.openCases} cases took effect twice. Nobody can prevent this from outside.`,
		`- Repeated, no effect: in ${totals.repeatedWithoutEffect} of ${atEndLost(rows)} cases a resume at the end of the pause was sent`,
		'  again, and changed nothing at the vendor.',
		'',
	].join('\n');
}

const atEndLost = (rows: readonly Row[]) =>
	rows.filter(
		({ faultCase }) => faultCase.operation === 'resumeAtEnd' && faultCase.memory === 'lost',
	).length;

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
