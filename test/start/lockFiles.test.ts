import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const START = join(__dirname, '..', '..', 'start');

interface LockFile {
	packages: Record<string, { version?: string; resolved?: string; integrity?: string }>;
}

const folders = readdirSync(START, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);
const lockOf = (folder: string) =>
	JSON.parse(readFileSync(join(START, folder, 'package-lock.json'), 'utf8')) as LockFile;

describe('lock files of what npm start installs', () => {
	it('are there for both n8n generations and for Node.js', () => {
		expect(folders).toEqual(['n8n-1.123.81', 'n8n-2.40.7', 'node-24']);
	});

	it.each(folders)('%s names no registry: whichever npm is set to is asked', (folder) => {
		const packages = Object.values(lockOf(folder).packages);
		expect(packages.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
	});

	it.each(folders)('%s pins every package by its content', (folder) => {
		const unpinned = Object.entries(lockOf(folder).packages).filter(
			([path, { integrity }]) => path !== '' && integrity === undefined,
		);
		expect(unpinned).toEqual([]);
	});

	it.each([
		['n8n-1.123.81', '1.123.81'],
		['n8n-2.40.7', '2.40.7'],
	])('%s installs n8n %s', (folder, version) => {
		expect(lockOf(folder).packages['node_modules/n8n']?.version).toBe(version);
	});
});
