import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PackedPackage } from './package';
import type { N8nRest, NodeTypeSummary } from './rest';

const execute = promisify(execFile);

/**
 * Makes Settings > Community nodes of a running n8n (with its SQLite database) list the package.
 * n8n loads the nodes without this; the list is all that is missing.
 */
export async function listAsInstalled(
	rest: N8nRest,
	node: string,
	packed: PackedPackage,
	userFolder: string,
): Promise<void> {
	const manifestFile = join(
		userFolder,
		'.n8n',
		'nodes',
		'node_modules',
		packed.name,
		'package.json',
	);
	const { author } = JSON.parse(await readFile(manifestFile, 'utf8')) as {
		author?: { name?: string; email?: string };
	};
	const entry = {
		name: packed.name,
		version: packed.version,
		authorName: author?.name ?? null,
		authorEmail: author?.email ?? null,
		nodes: (await loadedNodes(rest, packed.name)).map(({ name, displayName, version }) => ({
			type: name,
			name: displayName,
			latestVersion: Math.max(...[version].flat()),
		})),
	};
	await execute(node, [
		join(__dirname, 'registerPackage.mjs'),
		join(userFolder, '.n8n', 'database.sqlite'),
		JSON.stringify(entry),
	]);
}

/** The node types of a package which n8n has loaded; empty when the package did not load. */
export async function loadedNodes(rest: N8nRest, packageName: string): Promise<NodeTypeSummary[]> {
	const all = await rest.nodeTypes();
	return all.filter(({ name }) => name.startsWith(`${packageName}.`) && !name.endsWith('Tool'));
}
