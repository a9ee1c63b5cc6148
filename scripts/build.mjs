/**
 * Builds packages into their own `dist`, so that each can be packed alone: compiled code of the
 * package and of what it needs of the engine (`guarded-change`) and the bridge (`n8n`), icons, codex.
 *
 * Usage: node scripts/build.mjs [package directory…], without one: all packages
 */
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

import { packages, root } from './packages.mjs';

const run = async (program, ...args) =>
	await new Promise((resolve, reject) => {
		const script = join(root, 'node_modules', program);
		const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
		child.on('error', reject);
		child.on('exit', (code) =>
			code === 0 ? resolve() : reject(new Error(`${program} ${args.join(' ')} failed`)),
		);
	});

async function compile(directory) {
	const dist = join(root, directory, 'dist');
	rmSync(dist, { recursive: true, force: true });
	await run('typescript/bin/tsc', '-p', join(directory, 'tsconfig.build.json'));
	if (directory !== '.') moveUp(dist, directory);
}

/**
 * Compiled beside engine and bridge, a sibling lies in `dist/packages/<name>`. n8n's tools expect
 * `dist/nodes` for `nodes`, so it moves up, and its imports of engine and bridge follow.
 */
function moveUp(dist, directory) {
	const from = join(dist, directory);
	for (const path of readdirSync(from, { recursive: true })) {
		if (!path.endsWith('.js')) continue;
		const file = join(from, path);
		const old = posix.join(directory, dirname(path).split(sep).join('/'));
		const code = readFileSync(file, 'utf8').replace(
			/\brequire\("(\.[^"]*)"\)/g,
			(statement, name) => {
				const target = posix.join(old, name);
				if (target.startsWith(`${directory}/`)) return statement;
				const moved = posix.relative(posix.relative(directory, old), target);
				return `require("${moved.startsWith('.') ? moved : `./${moved}`}")`;
			},
		);
		writeFileSync(file, code);
	}
	cpSync(from, dist, { recursive: true });
	rmSync(join(dist, 'packages'), { recursive: true });
}

const given = process.argv.slice(2).map((path) => relative(root, join(root, path)) || '.');
await Promise.all((given.length > 0 ? given : packages).map(compile));
await run('gulp/bin/gulp.js', '--silent', 'assets');
