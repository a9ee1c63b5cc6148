import axios from 'axios';
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lastLines } from './command';
import { ensureN8n, type N8nVersion } from './install';
import { freePort } from './ports';
import { endWithThisProcess, signalGroup } from './processGroup';
import type { Progress } from './progress';

export interface StartN8nOptions {
	version: N8nVersion;
	/** n8n keeps its database, settings and community packages in `<userFolder>/.n8n`. */
	userFolder: string;
	/** Taken when free, else a random free one. Default 5678. */
	port?: number;
	/** Added to the environment and stronger than the defaults here. */
	env?: Record<string, string>;
	/** `worker` is one of queue mode's; it has no editor, `url` only tells its health. Default `main`. */
	role?: 'main' | 'worker';
	/** Milliseconds until n8n must be ready. Default 180 000: the first start migrates its database. */
	startTimeout?: number;
	progress?: Progress;
	signal?: AbortSignal;
}

export interface RunningN8n {
	/** e.g. `http://127.0.0.1:5678`, without a slash at the end. */
	url: string;
	pid: number;
	logFile: string;
	/** Resolves with the exit code when n8n has ended, for whatever reason. */
	ended: Promise<number | null>;
	/** Ends n8n and its task runner; kills them when they do not end in time. */
	stop(): Promise<void>;
	/** Kills n8n at once, as a crash would. */
	kill(): Promise<void>;
}

const DEFAULT_PORT = 5678;
const DEFAULT_START_TIMEOUT = 180_000;
const STOP_TIMEOUT = 15_000;
const POLL_INTERVAL = 250;
const COMMANDS = { main: ['start'], worker: ['worker', '--concurrency=5'] };
/** n8n 1.x answers the health check before its REST routes are there, so both must answer. */
const READY_PATHS = {
	main: ['/healthz/readiness', '/rest/settings'],
	worker: ['/healthz/readiness'],
};

/**
 * Starts a real n8n and waits until it answers. It gets a clean environment: no setting of the
 * caller's own n8n reaches it, and telemetry is off.
 * @throws Error with the last lines of its log when it ends or is not ready in time
 */
export async function startN8n(options: StartN8nOptions): Promise<RunningN8n> {
	const { version, userFolder, role = 'main', progress, signal } = options;
	const { node, n8nBin } = await ensureN8n(version, { progress, signal });
	const port = await freePort(options.port ?? DEFAULT_PORT);
	const brokerPort = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, 'n8n.log');

	await mkdir(userFolder, { recursive: true });
	const log = openSync(logFile, 'w');
	const child = spawn(node, [n8nBin, ...COMMANDS[role]], {
		cwd: userFolder,
		detached: true,
		stdio: ['ignore', log, log],
		env: { ...n8nEnvironment({ version, userFolder, port, brokerPort, url }), ...options.env },
	});
	closeSync(log);
	const ended = new Promise<number | null>((resolve) => {
		child.once('error', () => resolve(null));
		child.once('exit', resolve);
	});
	endWithThisProcess(child);
	const kill = async () => {
		signalGroup(child, 'SIGKILL');
		await ended;
	};
	const stop = async () => {
		child.kill('SIGTERM');
		await Promise.race([ended, wait(STOP_TIMEOUT, undefined, { ref: false })]);
		await kill();
	};

	try {
		progress?.step(`Starting n8n ${version}`);
		await ready({
			addresses: READY_PATHS[role].map((path) => url + path),
			child,
			signal,
			timeout: options.startTimeout ?? DEFAULT_START_TIMEOUT,
		});
		progress?.done();
	} catch (error) {
		await kill();
		throw new Error(
			`n8n ${version} did not start: ${(error as Error).message}\n${lastLines(logFile)}\n` +
				`Its log is ${logFile}`,
		);
	}
	return { url, pid: child.pid as number, logFile, ended, stop, kill };
}

interface Addresses {
	version: N8nVersion;
	userFolder: string;
	port: number;
	brokerPort: number;
	url: string;
}

function n8nEnvironment({
	version,
	userFolder,
	port,
	brokerPort,
	url,
}: Addresses): NodeJS.ProcessEnv {
	const { PATH, HOME, LANG, TMPDIR } = process.env;
	return {
		PATH,
		HOME,
		LANG,
		TMPDIR,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: url,
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
		...(version.startsWith('1.')
			? { WEBHOOK_URL: `${url}/`, N8N_RUNNERS_ENABLED: 'true' }
			: { N8N_WEBHOOK_URL: `${url}/` }),
	};
}

interface Readiness {
	addresses: string[];
	child: ChildProcess;
	signal?: AbortSignal;
	timeout: number;
}

async function ready({ addresses, child, signal, timeout }: Readiness): Promise<void> {
	const until = Date.now() + timeout;
	for (const address of addresses) {
		while (!(await answers(address))) {
			signal?.throwIfAborted();
			if (child.pid === undefined) throw new Error('it could not be run');
			if (child.exitCode !== null) throw new Error(`it ended with status ${child.exitCode}`);
			if (Date.now() > until) throw new Error(`it was not ready after ${timeout / 1000} s`);
			await wait(POLL_INTERVAL);
		}
	}
}

async function answers(url: string): Promise<boolean> {
	try {
		const { status, headers } = await axios.get(url, { timeout: 5_000, proxy: false });
		return status === 200 && String(headers['content-type']).includes('json');
	} catch {
		return false;
	}
}
