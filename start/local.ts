import { setUpExample, type ExampleSetUp } from './example';
import { ensureN8n, type N8nVersion } from './install';
import { listAsInstalled, loadedNodes } from './listAsInstalled';
import { startN8n, type RunningN8n } from './n8n';
import { installPackage, type PackedPackage } from './package';
import { createProgress, type Progress } from './progress';
import { N8nRest } from './rest';
import { localSecrets, type LocalSecrets } from './secrets';

export interface LocalN8nOptions {
	version: N8nVersion;
	packages: readonly PackedPackage[];
	userFolder: string;
	/** Where the stand-in listens. */
	portalUrl: string;
	port?: number;
	progress?: Progress;
	signal?: AbortSignal;
}

export interface LocalN8n extends ExampleSetUp {
	n8n: RunningN8n;
	rest: N8nRest;
	secrets: LocalSecrets;
}

/**
 * A real n8n with the packages installed, its owner signed in, and the example workflow active.
 * A user folder that was used before is brought up to date.
 * @throws Error when n8n does not start, does not load the package or refuses the set-up; nothing
 * is left running then
 */
export async function startLocalN8n(options: LocalN8nOptions): Promise<LocalN8n> {
	const { version, packages, userFolder, portalUrl, port, signal } = options;
	const { progress = createProgress(process.stderr) } = options;
	const { node } = await ensureN8n(version, { progress, signal });
	for (const packed of packages) await installPackage(packed, userFolder);
	const secrets = await localSecrets(userFolder);
	const n8n = await startN8n({ version, userFolder, port, progress, signal });
	try {
		const rest = new N8nRest(n8n.url);
		await rest.signInAsOwner({ email: secrets.ownerEmail, password: secrets.ownerPassword });
		for (const packed of packages) {
			if ((await loadedNodes(rest, packed.name)).length === 0) {
				throw new Error(`n8n did not load ${packed.name}; see ${n8n.logFile}`);
			}
			await listAsInstalled(rest, node, packed, userFolder);
		}
		return { n8n, rest, secrets, ...(await setUpExample(rest, portalUrl, secrets.callerSecret)) };
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}
