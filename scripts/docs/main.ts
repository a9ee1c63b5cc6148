/**
 * `npm run docs`: writes the operations references and the error catalogue from the code.
 * With `--check` it writes nothing, and fails where a document is not what it would write.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedDocuments, written } from './documents';
import { NO_CAUSE } from './errors';
import { ROOT } from './shipped';

function problemsOf(path: string, text: string): string[] {
	const open = text.split(NO_CAUSE).length - 1;
	return [
		...(written(path) === text ? [] : [`${path} is stale: run npm run docs`]),
		...(open > 0 ? [`${path} has ${open} causes to be written, marked ${NO_CAUSE}`] : []),
	];
}

async function main(check: boolean): Promise<void> {
	const documents = [...(await generatedDocuments())];
	for (const [path, text] of check ? [] : documents) {
		mkdirSync(dirname(join(ROOT, path)), { recursive: true });
		writeFileSync(join(ROOT, path), text);
		process.stdout.write(`${path}\n`);
	}
	const problems = documents.flatMap(([path, text]) => problemsOf(path, text));
	for (const problem of problems) process.stdout.write(`${problem}\n`);
	if (check && problems.length > 0) process.exitCode = 1;
}

main(process.argv.includes('--check')).catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exitCode = 1;
});
