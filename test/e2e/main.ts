import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { CHECKOUT } from '../../start/package';
import {
	missingIn,
	passedAsShown,
	passedIn,
	summaryOf,
	tableOf,
	withTable,
	type Passed,
	type RanTest,
} from './compatibility';
import { allParts, parseOptions, PARTS, USAGE, type E2eOptions, type Part } from './options';
import { ARTIFACTS, artifactsFolder, artifactsRoot } from './support/artifacts';
import { ensurePrograms } from './support/packages';

const DOCUMENT = join(CHECKOUT, 'docs', 'compatibility.md');
const README = join(CHECKOUT, 'README.md');

interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	numRuntimeErrorTestSuites: number;
	testResults: Array<{ name: string; status: string; assertionResults: RanTest[] }>;
}

/** Runs the parts, one after the other: each n8n would slow the others down. */
function runParts(parts: readonly Part[], artifacts: string): JestReport | undefined {
	const reportFile = join(artifacts, 'report.json');
	const files = parts.map((part) => `test/e2e/${part}\\.e2e\\.ts$`);
	spawnSync(
		process.execPath,
		[
			join(CHECKOUT, 'node_modules', 'jest', 'bin', 'jest.js'),
			'--config=jest.e2e.config.js',
			'--runInBand',
			'--verbose',
			'--json',
			`--outputFile=${reportFile}`,
			...files,
		],
		{
			cwd: CHECKOUT,
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, [ARTIFACTS]: artifacts },
		},
	);
	if (!existsSync(reportFile)) return undefined;
	return JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport;
}

/**
 * Runs the parts, and those with a failure once more by themselves: browsers, databases and several
 * n8n on one machine have bad moments. What failed the first time is told either way.
 */
function runWithSecondChance(parts: readonly Part[], artifacts: string): JestReport | undefined {
	const first = runParts(parts, artifacts);
	if (first === undefined) return undefined;
	const failed = first.testResults.filter(({ status }) => status !== 'passed');
	const again = parts.filter((part) => failed.some(({ name }) => isOf(part, name)));
	if (again.length === 0) return first;
	process.stdout.write(`Failed, and run once more: ${again.join(', ')}\n`);
	// Beside what the first one left: an n8n that knows credentials already is not a new one.
	const second = runParts(again, artifactsFolder('again'));
	if (second === undefined) return first;
	const results = [
		...first.testResults.filter(({ name }) => !again.some((part) => isOf(part, name))),
		...second.testResults,
	];
	const count = (status: string) =>
		results.flatMap((result) => result.assertionResults).filter((test) => test.status === status)
			.length;
	return {
		...second,
		testResults: results,
		numPassedTests: count('passed'),
		numFailedTests: count('failed'),
		numPendingTests: count('pending'),
		numTodoTests: count('todo'),
	};
}

const isOf = (part: Part, file: string) => file.endsWith(`/test/e2e/${part}.e2e.ts`);

/** Parts of which no test ran: nothing may be left out silently. */
function missingParts(parts: readonly Part[], report: JestReport | undefined): string[] {
	const ran = (report?.testResults ?? [])
		.filter(({ assertionResults }) => assertionResults.length > 0)
		.map(({ name }) => name);
	return parts
		.filter((part) => !ran.some((file) => isOf(part, file)))
		.map((part) => `"${part}" did not run`);
}

/** Writes the table anew, or says what it lacks and, after a whole run, what it should not have. */
async function checkTable(tests: RanTest[], { parts, writeTable }: E2eOptions): Promise<string[]> {
	const document = readFileSync(DOCUMENT, 'utf8');
	const [shown, passed] = [passedAsShown(document), passedIn(tests)];
	const isWhole = parts.length === allParts().length;
	if (writeTable) {
		const all = isWhole ? passed : merged(shown, passed);
		await put(DOCUMENT, tableOf(all));
		// In the order of the table's columns.
		await put(README, summaryOf(passedAsShown(withTable(document, tableOf(all)))));
		return [];
	}
	return [
		...missingIn(shown, passed).map((what) => `docs/compatibility.md lacks: ${what}`),
		...(isWhole ? missingIn(passed, shown) : []).map(
			(what) => `docs/compatibility.md says without a test: ${what}`,
		),
	];
}

async function put(file: string, table: string): Promise<void> {
	const text = withTable(readFileSync(file, 'utf8'), table);
	writeFileSync(file, await format(text, { parser: 'markdown', useTabs: true }));
}

function merged(one: Passed, other: Passed): Passed {
	const rows = new Set([...one.keys(), ...other.keys()]);
	return new Map(
		[...rows].map((row) => [row, new Set([...(one.get(row) ?? []), ...(other.get(row) ?? [])])]),
	);
}

async function main(options: E2eOptions): Promise<number> {
	const { parts } = options;
	ensurePrograms([...new Set(parts.flatMap((part) => [...PARTS[part]]))]);
	const artifacts = artifactsRoot();
	const report = runWithSecondChance(parts, artifacts);
	const tests = (report?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);

	const problems = [...missingParts(parts, report), ...(await checkTable(tests, options))];
	const left = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
	if (left > 0) problems.push(`${left} tests were left out`);
	for (const problem of problems) process.stdout.write(`FAILED ${problem}\n`);

	const passed = report?.numPassedTests ?? 0;
	const failed =
		(report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0) + problems.length;
	if (failed > 0) process.stdout.write(`Logs, data and screenshots: ${artifacts}\n`);
	else rmSync(artifacts, { recursive: true, force: true });
	process.stdout.write(`${passed} passed, ${failed} failed\n`);
	return failed > 0 || passed === 0 ? 1 : 0;
}

async function run(): Promise<void> {
	const options = parseOptions(process.argv.slice(2));
	if (options.help) process.stdout.write(`${USAGE}\n`);
	else process.exitCode = await main(options);
}

run().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.stdout.write('0 passed, 1 failed\n');
	process.exitCode = 1;
});
