import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheRoot } from './cache';
import { isRunning } from './install';
import { CHECKOUT } from './package';

export interface UserFolder {
	path: string;
	/** Gives the folder free; a temporary one is removed. */
	release(): Promise<void>;
}

/**
 * The folder of this checkout's n8n, kept between starts.
 * @throws Error when another start uses it: two n8n on one database would spoil it
 */
export async function takeUserFolder(fresh: boolean): Promise<UserFolder> {
	const key = createHash('sha256').update(CHECKOUT).digest('hex').slice(0, 12);
	const path = join(cacheRoot(), 'user-folders', key);
	const inUse = join(path, 'in-use-by');
	if (existsSync(inUse)) {
		const pid = Number(await readFile(inUse, 'utf8'));
		if (isRunning(pid)) {
			throw new Error(
				`npm start is running already in this checkout (process ${pid}). ` +
					'End it first, or use "npm start -- --once", which runs beside it',
			);
		}
	}
	if (fresh) await rm(path, { recursive: true, force: true });
	await mkdir(path, { recursive: true, mode: 0o700 });
	await writeFile(inUse, String(process.pid));
	return { path, release: () => rm(inUse, { force: true }) };
}

/** A folder for one run. */
export async function temporaryUserFolder(): Promise<UserFolder> {
	const path = await mkdtemp(join(tmpdir(), 'n8n-nodes-nexudus-'));
	return { path, release: () => rm(path, { recursive: true, force: true }) };
}
