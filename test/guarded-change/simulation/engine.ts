import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from '@swc/core';
import type { Memory } from '../../../guarded-change/world';
import type { changeContracts } from '../../../nodes/Nexudus/changeContracts';
import type { nexudusChange } from '../../../nodes/Nexudus/nexudusChange';

/** The shipped code under test: the engine with the Nexudus system on top. */
export interface Engine {
	Memory: typeof Memory;
	changeContracts: typeof changeContracts;
	nexudusChange: typeof nexudusChange;
}

/** A change to one source file. `find` must occur exactly once. */
export interface Patch {
	file: string;
	find: string;
	replace: string;
}

const root = path.resolve(__dirname, '../../..');
const nodeRequire = createRequire(__filename);
const transpiled = new Map<string, string>();

/**
 * Loads the engine from its sources, with patches where a mutant is wanted, so that the sources
 * need no hooks for tests.
 * @throws Error where a patch does not fit its file exactly once
 */
export function loadEngine(patches: readonly Patch[] = []): Engine {
	const loaded = new Map<string, { exports: unknown }>();

	const load = (file: string): unknown => {
		const held = loaded.get(file);
		if (held) return held.exports;
		const module = { exports: {} };
		loaded.set(file, module);
		const requireFrom = (name: string) =>
			name.startsWith('.')
				? load(path.resolve(path.dirname(file), `${name}.ts`))
				: nodeRequire(name);
		const run = new Function('exports', 'require', 'module', codeOf(file, patches)) as (
			exports: unknown,
			require: (name: string) => unknown,
			module: unknown,
		) => void;
		run(module.exports, requireFrom, module);
		return module.exports;
	};

	const engine = {
		...(load(path.join(root, 'guarded-change/world.ts')) as Engine),
		...(load(path.join(root, 'nodes/Nexudus/changeContracts.ts')) as Engine),
		...(load(path.join(root, 'nodes/Nexudus/nexudusChange.ts')) as Engine),
	};
	for (const { file } of patches) {
		if (!loaded.has(path.join(root, file))) throw new Error(`${file} is no part of the engine`);
	}
	return engine;
}

function codeOf(file: string, patches: readonly Patch[]): string {
	const own = patches.filter((patch) => path.join(root, patch.file) === file);
	const held = own.length === 0 ? transpiled.get(file) : undefined;
	if (held !== undefined) return held;
	let source = readFileSync(file, 'utf8');
	for (const { find, replace } of own) {
		const parts = source.split(find);
		if (parts.length !== 2) {
			throw new Error(`${parts.length - 1} places in ${file} instead of one: ${find}`);
		}
		source = parts.join(replace);
	}
	const { code } = transformSync(source, {
		filename: file,
		swcrc: false,
		configFile: false,
		jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
		module: { type: 'commonjs' },
	});
	if (own.length === 0) transpiled.set(file, code);
	return code;
}
