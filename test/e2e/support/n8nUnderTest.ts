import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureN8n, type N8nVersion } from '../../../start/install';
import { startN8n, type RunningN8n } from '../../../start/n8n';
import {
	installPackage,
	packPackage,
	ROOT_PACKAGE,
	type PackedPackage,
} from '../../../start/package';
import { createProgress } from '../../../start/progress';
import { N8nRest, type StoredCredential } from '../../../start/rest';
import { localSecrets } from '../../../start/secrets';
import { artifactsFolder } from './artifacts';

const execute = promisify(execFile);
const DEBUG = { N8N_LOG_LEVEL: 'debug' };
/** Several start at the same time, and a usual port may be somebody's own n8n. */
const ANY_PORT = 0;

export interface N8nUnderTest {
	version: N8nVersion;
	n8n: RunningN8n;
	rest: N8nRest;
	/** The owner's login, for the editor. */
	owner: { email: string; password: string };
	userFolder: string;
	/** The first of the packages that are installed. */
	packed: PackedPackage;
}

export interface N8nUnderTestOptions {
	version: N8nVersion;
	/** Names the folder of its data and log among the artifacts. */
	name: string;
	env?: Record<string, string>;
	/** Directories of the packages to install, relative to the checkout; only the root package unless given. */
	packages?: readonly string[];
}

/** A new n8n with the packed package installed, its owner signed in, and its log at debug level. */
export async function startN8nUnderTest(options: N8nUnderTestOptions): Promise<N8nUnderTest> {
	const { version, name, env, packages } = options;
	const userFolder = artifactsFolder(name);
	const [packed] = await installInto(userFolder, packages);
	const { ownerEmail, ownerPassword } = await localSecrets(userFolder);
	const n8n = await startN8n({ version, userFolder, port: ANY_PORT, env: { ...DEBUG, ...env } });
	try {
		const rest = new N8nRest(n8n.url);
		const owner = { email: ownerEmail, password: ownerPassword };
		await rest.signInAsOwner(owner);
		return { version, n8n, rest, owner, userFolder, packed };
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}

/** A worker of queue mode, with the package installed too. */
export async function startWorkerUnderTest(options: N8nUnderTestOptions): Promise<RunningN8n> {
	const { version, name, env } = options;
	const userFolder = artifactsFolder(name);
	await installInto(userFolder);
	return await startN8n({
		version,
		userFolder,
		role: 'worker',
		port: ANY_PORT,
		env: { ...DEBUG, ...env },
	});
}

async function installInto(
	userFolder: string,
	packages: readonly string[] = [ROOT_PACKAGE],
): Promise<PackedPackage[]> {
	const progress = createProgress(process.stderr);
	const installed: PackedPackage[] = [];
	try {
		for (const directory of packages) {
			const packed = await packPackage(directory, { progress });
			await installPackage(packed, userFolder);
			installed.push(packed);
		}
		return installed;
	} finally {
		progress.abandon();
	}
}

/** The members of the stand-in's story whom the tests use. */
export const PASSWORD = 'open-sesame-7';
export const OTTOS_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** Data of a credential which signs in with a password. */
export function login(
	portalUrl: string,
	email: string,
	more: Record<string, unknown> = {},
): Record<string, unknown> {
	return { portalUrl, signInWith: 'password', email, password: PASSWORD, ...more };
}

/** Saves a credential of the package. */
export async function saveLogin(
	rest: N8nRest,
	name: string,
	data: Record<string, unknown>,
): Promise<StoredCredential> {
	return await rest.saveCredential('nexudusCustomerSessionApi', name, data);
}

/** Saves the credential of the stand-in's operator who has all roles. */
export async function saveOperator(rest: N8nRest, url: string): Promise<StoredCredential> {
	return await rest.saveCredential('nexudusOperatorApi', 'Olga', {
		adminUrl: url,
		portalUrl: url,
		email: 'olga@example.test',
		password: PASSWORD,
	});
}

/** Everything in the SQLite database of an n8n, as text. */
export async function databaseText({ version, userFolder }: N8nUnderTest): Promise<string> {
	const { node } = await ensureN8n(version);
	const { stdout } = await execute(
		node,
		[join(__dirname, 'dumpDatabase.mjs'), join(userFolder, '.n8n', 'database.sqlite')],
		{ maxBuffer: 1024 ** 3 },
	);
	return stdout;
}

/** The Node.js that an installed n8n runs on, e.g. `24.21.0`. */
export async function nodeVersion(version: N8nVersion): Promise<string> {
	const { node } = await ensureN8n(version);
	const { stdout } = await execute(node, ['--version']);
	return stdout.trim().replace(/^v/, '');
}
