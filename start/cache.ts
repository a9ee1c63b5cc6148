import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for everything that is downloaded, built or kept between starts.
 * It lies outside the checkout, so that a fresh clone finds what an earlier one installed.
 */
export function cacheRoot(): string {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-nexudus');
}
