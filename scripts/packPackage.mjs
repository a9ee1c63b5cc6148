import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Packs the built package and unpacks it into a new folder outside the repository.
 *
 * @returns {{ folder: string, directory: string, size: number, files: string[] }} the temporary
 * folder (to be removed by the caller), the package's directory in it, the size of the tarball in
 * bytes, and the packed paths
 */
export function packPackage() {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-nexudus-pack-'));
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const output = execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
	const [{ filename, size, files }] = JSON.parse(output);
	execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
	return { folder, directory: join(folder, 'package'), size, files: files.map(({ path }) => path) };
}
