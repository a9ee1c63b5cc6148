/**
 * `npm test`: installs what is missing, then lints, typechecks, builds, lints the built package
 * and runs jest. Every step runs even where one before it failed, so that one run shows all.
 * Arguments go to jest.
 */
import { spawnSync } from 'node:child_process';
import { ensureInstalled } from './installed.mjs';

const npm = (...args) => spawnSync('npm', args, { stdio: 'inherit' }).status === 0;

if (!ensureInstalled()) process.exit(1);

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
