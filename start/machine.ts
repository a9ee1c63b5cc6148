import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { MachineLookups } from './requirements';

/** The lookups of the machine this runs on. */
export const thisMachine: MachineLookups = {
	platform: process.platform,
	nodeVersion: process.versions.node,
	hasCommand: (name) =>
		(process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name))),
	freeBytes: (folder) => {
		const { bavail, bsize } = statfsSync(existingAncestor(folder));
		return bavail * bsize;
	},
};

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function existingAncestor(folder: string): string {
	return existsSync(folder) ? folder : existingAncestor(dirname(folder));
}
