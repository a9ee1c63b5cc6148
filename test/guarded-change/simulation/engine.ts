import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import type { Memory } from '../../../guarded-change/world';
import type { customerAccess } from '../../../nodes/Nexudus/access';
import type { changeContracts } from '../../../nodes/Nexudus/changeContracts';
import type { nexudusChange } from '../../../nodes/Nexudus/nexudusChange';

/** What every history needs of the shipped code. */
export interface EngineBase {
	Memory: typeof Memory;
}

/** The shipped code under test: the engine with the Nexudus system on top. */
export interface Engine extends EngineBase {
	changeContracts: typeof changeContracts;
	customerAccess: typeof customerAccess;
	nexudusChange: typeof nexudusChange;
}

/** A change to one source file. `find` must occur exactly once. */
export interface Patch {
	file: string;
	find: string;
	replace: string;
}

const root = path.resolve(__dirname, '../../..');
const transpiled = new Map<string, string>();

/** Sources of the engine with the Nexudus system. */
export const NEXUDUS_SOURCES = [
	'guarded-change/world.ts',
	'nodes/Nexudus/access.ts',
	'nodes/Nexudus/changeContracts.ts',
	'nodes/Nexudus/nexudusChange.ts',
];

/** The engine with the Nexudus system. */
export function loadEngine(patches: readonly Patch[] = []): Engine {
	return loadSources<Engine>(NEXUDUS_SOURCES, patches);
}

/**
 * Loads shipped code from its sources, with patches where a mutant is wanted, so that the sources
 * need no hooks for tests.
 * @param files whose exports make up the result, relative to the root
 * @throws Error where a patch does not fit its file exactly once
 */
export function loadSources<E extends EngineBase>(
	files: readonly string[],
	patches: readonly Patch[] = [],
): E {
	const loaded = new Map<string, { exports: unknown }>();

	const load = (file: string): unknown => {
		const held = loaded.get(file);
		if (held) return held.exports;
		const module = { exports: {} };
		loaded.set(file, module);
		const requireFrom = (name: string) => {
			if (name.startsWith('.')) return load(path.resolve(path.dirname(file), `${name}.ts`));
			if (name === 'crypto') return rememberedCrypto;
			// Fields of the form have errors of their own; no history shows a form.
			if (name === 'n8n-workflow') return { UserError: Error };
			throw new Error(`The engine needs no ${name}`);
		};
		const run = new Function('exports', 'require', 'module', codeOf(file, patches)) as (
			exports: unknown,
			require: (name: string) => unknown,
			module: unknown,
		) => void;
		run(module.exports, requireFrom, module);
		return module.exports;
	};

	const engine = Object.assign(
		{},
		...files.map((file) => load(path.join(root, file)) as object),
	) as E;
	for (const { file } of patches) {
		if (!loaded.has(path.join(root, file))) throw new Error(`${file} is no part of the engine`);
	}
	return engine;
}

const MOST_DIGESTS = 20_000;
const digests = new Map<string, string>();

/** Histories hash the same few texts over and over, so each is hashed once. */
class RememberedHash {
	private text = '';

	constructor(private readonly algorithm: string) {}

	update(part: string): this {
		this.text += part;
		return this;
	}

	digest(encoding: 'hex'): string {
		const key = `${this.algorithm} ${encoding} ${this.text}`;
		let digest = digests.get(key);
		if (digest === undefined) {
			digest = createHash(this.algorithm).update(this.text, 'utf8').digest(encoding);
			if (digests.size >= MOST_DIGESTS) digests.clear();
			digests.set(key, digest);
		}
		return digest;
	}
}
const rememberedCrypto = { createHash: (algorithm: string) => new RememberedHash(algorithm) };

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
