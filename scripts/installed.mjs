/** Makes sure that node_modules is what the lock file says, so that every command works on a fresh clone. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lockedPackages = (path) => {
	try {
		return JSON.parse(readFileSync(path, 'utf8')).packages;
	} catch {
		return {};
	}
};

/** @returns true when everything is there, or could be installed */
export function ensureInstalled() {
	const installed = lockedPackages('node_modules/.package-lock.json');
	const isCurrent = Object.entries(lockedPackages('package-lock.json')).every(
		([path, { version, optional, link }]) =>
			path === '' || optional || link || !version || installed[path]?.version === version,
	);
	if (isCurrent) return true;
	console.log('Installing the development packages (about a minute) …');
	// Not `npm ci`: it refuses a lock file that lacks packages for platforms other than this one.
	const install = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
	return spawnSync('npm', install, { stdio: 'inherit' }).status === 0;
}
