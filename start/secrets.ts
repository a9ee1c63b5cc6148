import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets of one local n8n, made up when it is set up and kept beside its data. */
export interface LocalSecrets {
	ownerEmail: string;
	ownerPassword: string;
	/** What a caller of the example's webhook sends in the header `X-Api-Key`. */
	callerSecret: string;
}

/** The secrets of a user folder; new ones when it has none. */
export async function localSecrets(userFolder: string): Promise<LocalSecrets> {
	const file = join(userFolder, 'secrets.json');
	if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as LocalSecrets;
	const secrets: LocalSecrets = {
		ownerEmail: 'owner@example.test',
		// n8n asks for a capital letter and a number.
		ownerPassword: `N8n-${randomBytes(9).toString('base64url')}`,
		callerSecret: randomBytes(18).toString('base64url'),
	};
	await mkdir(userFolder, { recursive: true });
	await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
	return secrets;
}
