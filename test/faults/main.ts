import { fork, type ChildProcess } from 'child_process';
import { writeFileSync } from 'fs';
import { availableParallelism } from 'os';
import { join } from 'path';
import { format } from 'prettier';
import { representativePart, wholeMatrix } from './matrix';
import type { Result } from './runCases';
import { pageOf } from './page';
import { hasPassed, tableOf, type Row } from './table';

/**
 * `npm run faults` runs the whole matrix, `npm run faults -- --part` the part that the tests run;
 * other words keep only the faults whose name holds one of them. `--write` puts the sums of
 * the whole matrix into docs/faults.md.
 */
async function main(words: readonly string[]): Promise<boolean> {
	const part = words.includes('--part');
	const names = words.filter((word) => !word.startsWith('--'));
	const indices = (part ? representativePart() : wholeMatrix()).flatMap(({ fault }, index) =>
		names.length === 0 || names.some((name) => fault.name.includes(name)) ? [index] : [],
	);
	const toWrite = words.includes('--write');
	if (toWrite && (part || names.length > 0)) throw new Error('--write is for the whole matrix');
	const started = Date.now();
	const rows = await inProcesses(part, indices);
	process.stderr.write('\r');
	process.stdout.write(`${tableOf(rows).join('\n')}\n`);
	process.stdout.write(`${Math.round((Date.now() - started) / 1000)} s\n`);
	if (toWrite) {
		const page = await format(pageOf(rows), { parser: 'markdown' });
		writeFileSync(join(__dirname, '../../docs/faults.md'), page);
	}
	return hasPassed(rows);
}

/** Shares the cases among processes, one for each processor. */
async function inProcesses(part: boolean, indices: readonly number[]): Promise<Row[]> {
	const cases = part ? representativePart() : wholeMatrix();
	const count = Math.min(availableParallelism(), 8);
	const rows: Row[] = [];
	const shares = Array.from({ length: count }, (_, share) =>
		indices.filter((_index, place) => place % count === share),
	);
	await Promise.all(
		shares.map(async (share) => {
			const child = fork(join(__dirname, 'worker.ts'));
			child.send({ part, indices: share });
			child.on('message', ({ index, result }: { index: number; result: Result }) => {
				rows.push({ faultCase: cases[index], result });
				if (rows.length % 50 === 0) process.stderr.write(`\r${rows.length} of ${indices.length}`);
			});
			await ended(child);
		}),
	);
	return rows.sort((a, b) => cases.indexOf(a.faultCase) - cases.indexOf(b.faultCase));
}

async function ended(child: ChildProcess): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		child.once('exit', (code) =>
			code === 0 ? resolve() : reject(new Error(`A process ended with ${code}`)),
		);
	});
}

main(process.argv.slice(2)).then(
	(passed) => process.exit(passed ? 0 : 1),
	(error: Error) => {
		process.stderr.write(`${error.stack}\n`);
		process.exit(1);
	},
);
