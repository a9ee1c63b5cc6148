import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
	chownSync,
	closeSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../start/ports';
import { endWithThisProcess, signalGroup } from '../../../start/processGroup';
import { program } from './packages';
import { until } from './until';

const execute = promisify(execFile);
const DATABASE = 'postgres';
const DATABASE_USER = 'n8n';
const STOP_TIMEOUT = 10_000;

/** A service of the distribution, started for one test on a port and in a folder of its own. */
export interface Service {
	port: number;
	/** Everything that it keeps, as text. */
	contents(): Promise<string>;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

interface User {
	uid?: number;
	gid?: number;
}

/** Redis that writes every command down, so that a test can read what went through it. */
export async function startRedis(logFile: string): Promise<Service> {
	const port = await freePort();
	const folder = dataFolder('redis');
	const args = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
	const child = start(program('redis'), [...args.map(String), '--appendonly', 'yes'], logFile);
	await until('Redis answers', async () => await accepts(port));
	return {
		port,
		contents: async () => textUnder(folder),
		stop: async () => await stopAndRemove(child, folder),
	};
}

/** PostgreSQL with an empty database. As root it runs as the distribution's user `postgres`. */
export async function startPostgres(logFile: string): Promise<Service> {
	const port = await freePort();
	const folder = dataFolder('postgres');
	const user = postgresUser();
	if (user.uid !== undefined) chownSync(folder, user.uid, user.gid as number);
	const tool = (name: string) => join(dirname(program('postgres')), name);
	const address = ['-h', '127.0.0.1', '-p', String(port), '-U', DATABASE_USER];

	const initialise = ['-D', folder, '-U', DATABASE_USER, '-A', 'trust', '-E', 'UTF8', '--no-sync'];
	await execute(tool('initdb'), initialise, { ...user, cwd: folder });
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
	const args = ['-D', folder, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
	const child = start(tool('postgres'), args, logFile, { ...user, cwd: folder });
	await until('PostgreSQL answers', async () =>
		execute(tool('pg_isready'), address).then(
			() => true,
			() => false,
		),
	);
	return {
		port,
		contents: async () => {
			const { stdout } = await execute(tool('pg_dump'), [...address, DATABASE], {
				maxBuffer: 1024 ** 3,
			});
			return stdout;
		},
		stop: async () => await stopAndRemove(child, folder),
	};
}

/** The settings with which an n8n uses both. */
export function queueEnvironment(redis: Service, postgres: Service): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: DATABASE,
		DB_POSTGRESDB_USER: DATABASE_USER,
	};
}

function textUnder(folder: string): string {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
		.join('\n');
}

function dataFolder(name: string): string {
	return mkdtempSync(join(tmpdir(), `n8n-nodes-nexudus-${name}-`));
}

/** PostgreSQL refuses to run as root. */
function postgresUser(): User {
	if (process.getuid?.() !== 0) return {};
	const id = (which: string) => Number(execFileSync('id', [which, 'postgres']).toString());
	return { uid: id('-u'), gid: id('-g') };
}

function start(
	command: string,
	args: string[],
	logFile: string,
	options: User & { cwd?: string } = {},
): ChildProcess {
	const log = openSync(logFile, 'a');
	const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
	closeSync(log);
	endWithThisProcess(child);
	return child;
}

async function stopAndRemove(child: ChildProcess, folder: string): Promise<void> {
	// PostgreSQL takes this as: end the sessions, then end.
	signalGroup(child, 'SIGINT');
	const ended = () => child.exitCode !== null || child.signalCode !== null;
	await until('the service has ended', ended, STOP_TIMEOUT).catch(() =>
		signalGroup(child, 'SIGKILL'),
	);
	rmSync(folder, { recursive: true, force: true });
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
