import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

export const ROOT = resolve(__dirname, '../..');

/** A package of this repository with what it names for n8n, read from its sources. */
export interface ShippedPackage {
	name: string;
	/** Relative to the root of the repository; `.` is the root package. */
	directory: string;
	nodes: INodeTypeDescription[];
	credentials: ICredentialType[];
}

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** Directories of all packages, relative to the root, which is the first. */
function packageDirectories(): string[] {
	const siblings = readdirSync(join(ROOT, 'packages'), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => `packages/${name}`);
	return ['.', ...siblings.sort()];
}

/** Every package with its nodes and credentials, in the order of its manifest. */
export async function shippedPackages(): Promise<ShippedPackage[]> {
	return await Promise.all(
		packageDirectories().map(async (directory) => {
			const manifest = JSON.parse(
				readFileSync(join(ROOT, directory, 'package.json'), 'utf8'),
			) as Manifest;
			const made = async <T>(built: string) => await instanceOf<T>(directory, built);
			return {
				name: manifest.name,
				directory,
				nodes: (await Promise.all(manifest.n8n.nodes.map(made<INodeType>))).map(
					({ description }) => description,
				),
				credentials: await Promise.all(manifest.n8n.credentials.map(made<ICredentialType>)),
			};
		}),
	);
}

/** An instance of the class that a built file of the manifest exports, from its source. */
async function instanceOf<T>(directory: string, built: string): Promise<T> {
	const source = built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const exported = (await import(join(ROOT, directory, source))) as Record<string, new () => T>;
	const [Type] = Object.values(exported).filter((value) => typeof value === 'function');
	return new Type();
}

/** All TypeScript sources that are shipped: of the packages, the engine and the bridge. */
export function shippedSources(): string[] {
	const folders = [
		'guarded-change',
		'n8n',
		...packageDirectories().flatMap((directory) => [
			join(directory, 'nodes'),
			join(directory, 'credentials'),
		]),
	];
	return folders
		.flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
				.filter((path) => path.endsWith('.ts'))
				.map((path) => relative(ROOT, join(ROOT, folder, path))),
		)
		.sort();
}
