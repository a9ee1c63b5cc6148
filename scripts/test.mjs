/**
 * `npm test`: installs what is missing, then lints, typechecks, builds, lints the built package
 * and runs jest. Every step runs even where one before it failed, so that one run shows all.
 * Arguments go to jest.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const npm = (...args) => spawnSync('npm', args, { stdio: 'inherit' }).status === 0;

const lockedPackages = (path) => {
	try {
		return JSON.parse(readFileSync(path, 'utf8')).packages;
	} catch {
		return {};
	}
};

const installed = lockedPackages('node_modules/.package-lock.json');
const isCurrent = Object.entries(lockedPackages('package-lock.json')).every(
	([path, { version, optional }]) =>
		path === '' || optional || installed[path]?.version === version,
);
if (!isCurrent && !npm('ci', '--ignore-scripts', '--no-audit', '--no-fund')) process.exit(1);

const steps = [
	['lint'],
	['typecheck'],
	['build'],
	['lint:built'],
	['jest', '--', ...process.argv.slice(2)],
];
const failed = steps.filter((step) => !npm('run', '--silent', ...step)).map(([name]) => name);
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
