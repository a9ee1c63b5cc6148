import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { endWithThisProcess, signalGroup } from './processGroup';

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Everything the command prints goes here. */
	logFile: string;
	/** Called with each line the command prints. */
	onLine?: (line: string) => void;
	/** Kills the command and what it has started; npm would carry on after a gentler signal. */
	signal?: AbortSignal;
}

const LINES_SHOWN_ON_FAILURE = 15;

/**
 * Runs a command to its end.
 * @throws Error with the last lines of its output when it does not end with status 0
 */
export async function runCommand(
	command: string,
	args: string[],
	{ cwd, env = process.env, logFile, onLine, signal }: CommandOptions,
): Promise<void> {
	const log = openSync(logFile, 'a');
	try {
		writeSync(log, `\n$ ${[command, ...args].join(' ')}\n`);
		signal?.throwIfAborted();
		const child = spawn(command, args, {
			cwd,
			env,
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		endWithThisProcess(child);
		const kill = () => signalGroup(child, 'SIGKILL');
		signal?.addEventListener('abort', kill);
		let rest = '';
		const collect = (chunk: Buffer) => {
			writeSync(log, chunk);
			const lines = (rest + chunk.toString()).split('\n');
			rest = lines.pop() ?? '';
			if (onLine) lines.forEach(onLine);
		};
		child.stdout.on('data', collect);
		child.stderr.on('data', collect);
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		});
		signal?.removeEventListener('abort', kill);
		signal?.throwIfAborted();
		if (code !== 0) {
			throw new Error(
				`"${[command, ...args].join(' ')}" ended with status ${code}. Its last lines:\n` +
					`${lastLines(logFile)}\nThe whole output is in ${logFile}`,
			);
		}
	} finally {
		closeSync(log);
	}
}

/** The last lines of a text file. */
export function lastLines(file: string, count = LINES_SHOWN_ON_FAILURE): string {
	return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
