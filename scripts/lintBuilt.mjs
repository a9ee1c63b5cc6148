/**
 * Lints the packages as they would be published, the way n8n's scanner does: inline switches are
 * ignored, and here a warning counts like an error.
 *
 * Usage: node scripts/lintBuilt.mjs [directory of an unpacked package], without one: all packages
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { ESLint } from 'eslint';

import { scanner } from '../eslint.n8n.mjs';
import { packages } from './packages.mjs';
import { packPackage } from './packPackage.mjs';

/** Prints what is found in one unpacked package, and returns how much that is. */
async function lint(name, directory) {
	const eslint = new ESLint({
		cwd: directory,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: scanner,
	});
	const results = await eslint.lintFiles(['**/*.js', 'package.json']);
	const formatter = await eslint.loadFormatter('stylish');
	console.log(
		(await formatter.format(results)) ||
			`Built package ${name}: ${results.length} files, 0 errors, 0 warnings`,
	);
	return results.flatMap(({ messages }) => messages).length;
}

async function packAndLint(directory) {
	const packed = packPackage(directory);
	try {
		return await lint(directory, packed.directory);
	} finally {
		rmSync(packed.folder, { recursive: true, force: true });
	}
}

const given = process.argv[2];
let found = 0;
if (given !== undefined) found = await lint(given, resolve(given));
else for (const directory of packages) found += await packAndLint(directory);
process.exitCode = found === 0 ? 0 : 1;
