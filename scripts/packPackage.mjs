import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from './packages.mjs';

/**
 * Packs a built package and unpacks it into a new folder outside the repository.
 *
 * @param {string} directory of the package, relative to the root of the repository
 * @returns {{ folder: string, directory: string, size: number, files: string[] }} the temporary
 * folder (to be removed by the caller), the package's directory in it, the size of the tarball in
 * bytes, and the packed paths
 */
export function packPackage(directory) {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-pack-'));
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const cwd = join(root, directory);
	const output = execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: 'pipe' });
	const [{ filename, size, files }] = JSON.parse(output);
	execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
	return { folder, directory: join(folder, 'package'), size, files: files.map(({ path }) => path) };
}
