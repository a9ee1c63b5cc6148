import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { causesIn, errorsDocument } from './errors';
import { operationsDocument } from './operations';
import { ROOT, shippedPackages } from './shipped';

const ERRORS = 'docs/errors.md';

/** Everything that `npm run docs` writes: the text by the path, relative to the root. */
export async function generatedDocuments(): Promise<Map<string, string>> {
	const packages = await shippedPackages();
	const texts = [
		...packages.map(
			(shipped) =>
				[join(shipped.directory, 'docs/operations.md'), operationsDocument(shipped)] as const,
		),
		[ERRORS, errorsDocument(causesIn(written(ERRORS)))] as const,
	];
	return new Map(
		await Promise.all(
			texts.map(async ([path, text]) => [path, await formatted(path, text)] as const),
		),
	);
}

/** A document as it lies in the repository; nothing where there is none. */
export function written(path: string): string {
	const file = join(ROOT, path);
	return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

async function formatted(path: string, text: string): Promise<string> {
	const filepath = join(ROOT, path);
	return await format(text, { ...(await resolveConfig(filepath)), filepath });
}
