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
	dependencies?: Record<string, string>;
	[key: string]: unknown;
}

/** The package at the root of the checkout, and the folder of its siblings. */
export const ROOT_PACKAGE = '.';
const SIBLINGS = 'packages';

/** What decides what a tarball contains: of the package, and of what all packages are built from. */
const OWN_SOURCES = [
	'nodes',
	'credentials',
	'package.json',
	'tsconfig.build.json',
	'index.js',
	'README.md',
	'LICENSE',
];
const SHARED_SOURCES = [
	'guarded-change',
	'n8n',
	'package-lock.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'gulpfile.js',
	'scripts/build.mjs',
];
const STRIPPED_FIELDS = ['devDependencies', 'peerDependencies', 'optionalDependencies'];
const INSTALLED_FROM = 'installed-from.json';

/** Directories of all packages of the checkout, relative to it; the root package is the first. */
export function allPackages(): string[] {
	const siblings = readdirSync(join(CHECKOUT, SIBLINGS))
		.map((name) => `${SIBLINGS}/${name}`)
		.filter((directory) => existsSync(join(CHECKOUT, directory, 'package.json')));
	return [ROOT_PACKAGE, ...siblings.sort()];
}

/**
 * Builds and packs a package, unless the same sources were packed before.
 * @param directory of the package, relative to the checkout
 * @returns the tarball, in the cache
 * @throws Error with the last lines of the build
 */
export async function packPackage(
	directory: string,
	{ progress = createProgress(process.stderr), signal }: InstallOptions = {},
): Promise<PackedPackage> {
	const folder = join(cacheRoot(), 'packages', hashOfSources(directory));
	if (!existsSync(folder)) {
		await mkdir(join(cacheRoot(), 'packages'), { recursive: true });
		const partial = await mkdtemp(join(cacheRoot(), 'packages', '.partial-'));
		const logFile = join(cacheRoot(), 'build.log');
		try {
			await writeFile(logFile, '');
			progress.step(`Building and packing ${nameOf(directory)}`);
			const build = ['run', 'build', '--', directory];
			await runCommand('npm', build, { cwd: CHECKOUT, logFile, signal });
			const pack = ['pack', '--ignore-scripts', '--pack-destination', partial];
			await runCommand('npm', pack, { cwd: join(CHECKOUT, directory), logFile, signal });
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
	const installed = await readJson<Record<string, string>>(marker);
	if (installed[packed.name] === packed.sha256 && existsSync(target)) return false;
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await execute('tar', ['-xzf', packed.tarball, '-C', target, '--strip-components=1']);
	const manifestFile = join(target, 'package.json');
	const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as PackageManifest;
	for (const field of STRIPPED_FIELDS) delete manifest[field];
	await writeJson(manifestFile, manifest);
	const ledger = join(nodesFolder, 'package.json');
	const { dependencies = {} } = await readJson<Partial<PackageManifest>>(ledger);
	await writeJson(ledger, {
		name: 'installed-nodes',
		private: true,
		dependencies: { ...dependencies, [packed.name]: packed.version },
	});
	await writeJson(marker, { ...installed, [packed.name]: packed.sha256 });
	return true;
}

/** What a tarball contains, read from the tarball itself. */
export async function describeTarball(tarball: string): Promise<PackedPackage> {
	const { stdout } = await execute('tar', ['-xzOf', tarball, 'package/package.json']);
	const { name, version } = JSON.parse(stdout) as PackageManifest;
	const sha256 = createHash('sha256').update(readFileSync(tarball)).digest('hex');
	return { tarball, name, version, sha256 };
}

function nameOf(directory: string): string {
	const manifest = readFileSync(join(CHECKOUT, directory, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as PackageManifest).name;
}

function hashOfSources(directory: string): string {
	const hash = createHash('sha256').update(directory);
	const own = OWN_SOURCES.map((name) => join(directory, name));
	const sources = [...new Set([...own, ...SHARED_SOURCES])];
	for (const source of sources.filter((name) => existsSync(join(CHECKOUT, name)))) {
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

async function readJson<T extends object>(file: string): Promise<T> {
	return (existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {}) as T;
}

async function writeJson(file: string, value: unknown): Promise<void> {
	await writeFile(file, JSON.stringify(value, null, 2));
}
