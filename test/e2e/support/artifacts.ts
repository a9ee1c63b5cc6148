import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder for those who are started by the one that made it. */
export const ARTIFACTS = 'E2E_ARTIFACTS';

/** The folder for everything that this run leaves behind: logs, databases, screenshots. */
export function artifactsRoot(): string {
	return (process.env[ARTIFACTS] ??= mkdtempSync(join(tmpdir(), 'n8n-nodes-nexudus-e2e-')));
}

/** A folder of its own for one part of the run; made when it is not there. */
export function artifactsFolder(name: string): string {
	const folder = join(artifactsRoot(), name);
	mkdirSync(folder, { recursive: true });
	return folder;
}
