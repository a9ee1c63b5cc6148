/**
 * Lints the package as it would be published, the way n8n's scanner does: inline switches are
 * ignored, and here a warning counts like an error.
 *
 * Usage: node scripts/lintBuilt.mjs [directory of an unpacked package]
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { ESLint } from 'eslint';

import { scanner } from '../eslint.n8n.mjs';
import { packPackage } from './packPackage.mjs';

const given = process.argv[2];
const packed = given === undefined ? packPackage() : undefined;
try {
	const eslint = new ESLint({
		cwd: packed?.directory ?? resolve(given),
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: scanner,
	});
	const results = await eslint.lintFiles(['**/*.js', 'package.json']);
	const formatter = await eslint.loadFormatter('stylish');
	const count = results.flatMap(({ messages }) => messages).length;
	console.log(
		(await formatter.format(results)) ||
			`Built package: ${results.length} files, 0 errors, 0 warnings`,
	);
	process.exitCode = count === 0 ? 0 : 1;
} finally {
	if (packed) rmSync(packed.folder, { recursive: true, force: true });
}
