import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that the tests take from the distribution. */
interface Program {
	/** The distribution's package. */
	apt: string;
	find(): string | undefined;
}

const POSTGRES_FOLDER = '/usr/lib/postgresql';

/** Programs by the names that the tests use. */
const PROGRAMS = {
	chromium: { apt: 'chromium', find: () => onPath('chromium', 'chromium-browser') },
	redis: { apt: 'redis-server', find: () => onPath('redis-server') },
	postgres: { apt: 'postgresql', find: () => debianPostgres() ?? onPath('postgres') },
} satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;

/**
 * Where a program is.
 * @returns the path of `chromium`, `redis-server` or `postgres`; PostgreSQL's others lie beside it
 * @throws Error with the command that installs it when it is not there
 */
export function program(name: ProgramName): string {
	const path = PROGRAMS[name].find();
	if (path === undefined) throw new Error(installCommand([name]));
	return path;
}

/**
 * Installs what is missing from the distribution, as root with apt-get.
 * @throws Error with the command to run where this is not possible
 */
export function ensurePrograms(names: readonly ProgramName[]): void {
	const missing = () => names.filter((name) => PROGRAMS[name].find() === undefined);
	if (missing().length === 0) return;
	if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) {
		throw new Error(installCommand(missing()));
	}
	const packages = missing().map((name) => PROGRAMS[name].apt);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
		spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env });
	}
	if (missing().length > 0) throw new Error(installCommand(missing()));
}

function installCommand(names: readonly ProgramName[]): string {
	const packages = names.map((name) => PROGRAMS[name].apt).join(' ');
	return `These tests need programs that are not installed. Install them with:\n  sudo apt-get install -y ${packages}`;
}

function onPath(...names: string[]): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return names
		.flatMap((name) => folders.map((folder) => join(folder, name)))
		.find((path) => existsSync(path));
}

/** Debian keeps PostgreSQL's server programs off the path, in one folder for each version. */
function debianPostgres(): string | undefined {
	if (!existsSync(POSTGRES_FOLDER)) return undefined;
	const versions = readdirSync(POSTGRES_FOLDER).sort((a, b) => Number(b) - Number(a));
	return versions
		.map((version) => join(POSTGRES_FOLDER, version, 'bin', 'postgres'))
		.find((path) => existsSync(path));
}
