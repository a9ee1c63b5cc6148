import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { CHECKOUT } from './builtPackage';

/**
 * Starts a TypeScript file of this folder as a process of its own. It ends itself when this one
 * disconnects or ends.
 * @param nodeArguments for Node.js itself, e.g. `--expose-gc`
 */
export function startProcess(file: string, nodeArguments: string[] = []): ChildProcess {
	return fork(join(__dirname, file), {
		cwd: CHECKOUT,
		execArgv: ['--import', 'tsx', ...nodeArguments],
		// n8n's own nodes lie in the cache and find n8n-workflow and lodash here.
		env: { ...process.env, NODE_PATH: join(CHECKOUT, 'node_modules') },
	});
}

/**
 * The next message of a process.
 * @throws Error when it ends before it says anything
 */
export async function nextMessage<T>(child: ChildProcess): Promise<T> {
	return await new Promise((resolve, reject) => {
		const ended = (code: number | null, signal: string | null) =>
			reject(new Error(`A process of the bench ended early (${signal ?? code})`));
		child.once('exit', ended);
		child.once('message', (message) => {
			child.removeListener('exit', ended);
			resolve(message as T);
		});
	});
}
