import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Directories of all packages of this repository, relative to its root, which is the first. */
export const packages = [
	'.',
	...readdirSync(join(root, 'packages'))
		.map((name) => `packages/${name}`)
		.filter((directory) => existsSync(join(root, directory, 'package.json')))
		.sort(),
];
