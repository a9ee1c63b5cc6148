import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { cacheRoot } from './cache';
import { runCommand } from './command';
import type { InstallOptions } from './install';
import { createProgress } from './progress';

const execute = promisify(execFile);

/** The root of the checkout. */
export const CHECKOUT = join(__dirname, '..');

export interface PackedPackage {
	tarball: string;
	name: string;
	version: string;
	/** SHA-256 of the tarball, hexadecimal. */
	sha256: string;
}

interface PackageManifest {
	name: string;
	version: string;
	[key: string]: unknown;
}

/** Everything that decides what the tarball contains. */
const PACKAGE_SOURCES = [
	'nodes',
	'credentials',
	'guarded-change',
	'n8n',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'gulpfile.js',
	'index.js',
	'README.md',
	'LICENSE',
];
const STRIPPED_FIELDS = ['devDependencies', 'peerDependencies', 'optionalDependencies'];
const INSTALLED_FROM = 'installed-from.json';

/**
 * Builds and packs the package, unless the same sources were packed before.
 * @returns the tarball, in the cache
 * @throws Error with the last lines of the build
 */
export async function packPackage({
	progress = createProgress(process.stderr),
	signal,
}: InstallOptions = {}): Promise<PackedPackage> {
	const folder = join(cacheRoot(), 'packages', hashOfSources());
	if (!existsSync(folder)) {
		await mkdir(join(cacheRoot(), 'packages'), { recursive: true });
		const partial = await mkdtemp(join(cacheRoot(), 'packages', '.partial-'));
		const logFile = join(cacheRoot(), 'build.log');
		try {
			await writeFile(logFile, '');
			progress.step('Building and packing the package');
			await runCommand('npm', ['run', 'build', '--', '.'], { cwd: CHECKOUT, logFile, signal });
			await runCommand('npm', ['pack', '--ignore-scripts', '--pack-destination', partial], {
				cwd: CHECKOUT,
				logFile,
				signal,
			});
			progress.done();
			await rename(partial, folder);
		} catch (error) {
			await rm(partial, { recursive: true, force: true });
			if (!existsSync(folder)) throw error;
		}
	}
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) as string;
	return await describeTarball(join(folder, tarball));
}

/**
 * Puts a packed package where n8n looks for community packages, and leaves it as n8n's own
 * installation does: unpacked from the tarball, without dev, peer and optional dependencies.
 * @returns whether anything was changed
 */
export async function installPackage(packed: PackedPackage, userFolder: string): Promise<boolean> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const target = join(nodesFolder, 'node_modules', packed.name);
	const marker = join(nodesFolder, INSTALLED_FROM);
	if (existsSync(marker) && existsSync(target)) {
		const { sha256 } = JSON.parse(await readFile(marker, 'utf8')) as { sha256: string };
		if (sha256 === packed.sha256) return false;
	}
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await execute('tar', ['-xzf', packed.tarball, '-C', target, '--strip-components=1']);
	const manifestFile = join(target, 'package.json');
	const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as PackageManifest;
	for (const field of STRIPPED_FIELDS) delete manifest[field];
	await writeJson(manifestFile, manifest);
	await writeJson(join(nodesFolder, 'package.json'), {
		name: 'installed-nodes',
		private: true,
		dependencies: { [packed.name]: packed.version },
	});
	await writeJson(marker, { sha256: packed.sha256 });
	return true;
}

/** What a tarball contains, read from the tarball itself. */
export async function describeTarball(tarball: string): Promise<PackedPackage> {
	const { stdout } = await execute('tar', ['-xzOf', tarball, 'package/package.json']);
	const { name, version } = JSON.parse(stdout) as PackageManifest;
	const sha256 = createHash('sha256').update(readFileSync(tarball)).digest('hex');
	return { tarball, name, version, sha256 };
}

function hashOfSources(): string {
	const hash = createHash('sha256');
	for (const source of PACKAGE_SOURCES.filter((name) => existsSync(join(CHECKOUT, name)))) {
		for (const file of filesUnder(join(CHECKOUT, source))) {
			hash.update(relative(CHECKOUT, file)).update('\0').update(readFileSync(file)).update('\0');
		}
	}
	return hash.digest('hex').slice(0, 12);
}

function filesUnder(path: string): string[] {
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}

async function writeJson(file: string, value: unknown): Promise<void> {
	await writeFile(file, JSON.stringify(value, null, 2));
}
