import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ICredentialType, INodeType } from 'n8n-workflow';

const execute = promisify(execFile);

export const CHECKOUT = join(__dirname, '..');

/** Apart from `dist`, which other commands build anew at any time. */
const BUILT = join(CHECKOUT, '.cache', 'bench');

/** Compiles what ships, as the build does, so that the bench measures that and nothing else. */
export async function buildPackage(): Promise<void> {
	await rm(BUILT, { recursive: true, force: true });
	const tsc = join(CHECKOUT, 'node_modules', 'typescript', 'bin', 'tsc');
	const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', BUILT, '--incremental', 'false'];
	await execute(process.execPath, args, { cwd: CHECKOUT });
}

export interface BuiltPackage {
	node: INodeType;
	credential: ICredentialType;
}

export async function loadBuiltPackage(): Promise<BuiltPackage> {
	const { Nexudus } = (await import(join(BUILT, 'nodes/Nexudus/Nexudus.node.js'))) as {
		Nexudus: new () => INodeType;
	};
	const { NexudusCustomerSessionApi } = (await import(
		join(BUILT, 'credentials/NexudusCustomerSessionApi.credentials.js')
	)) as { NexudusCustomerSessionApi: new () => ICredentialType };
	return { node: new Nexudus(), credential: new NexudusCustomerSessionApi() };
}
