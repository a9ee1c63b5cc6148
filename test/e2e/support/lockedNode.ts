import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../../start/package';

const LOCK_FILE = join(CHECKOUT, 'start', 'node-24', 'package-lock.json');

/** The version of the Node.js that n8n is started with on this platform, from the lock file. */
export function lockedNodeVersion(): string {
	const { packages } = JSON.parse(readFileSync(LOCK_FILE, 'utf8')) as {
		packages: Record<string, { version: string; os?: string[]; cpu?: string[] }>;
	};
	const fits = Object.values(packages).find(
		({ os, cpu }) => os?.includes(process.platform) && cpu?.includes(process.arch),
	);
	if (!fits) throw new Error(`No Node.js for ${process.platform} on ${process.arch}`);
	return fits.version;
}
