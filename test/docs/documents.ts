import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../../scripts/docs/shipped';

const NOT_OURS = ['node_modules', '.git', 'dist', '.cache', 'coverage'];

/** Every Markdown document of the repository, relative to its root. */
export function documents(folder = ROOT): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter(({ name }) => !NOT_OURS.includes(name))
		.flatMap((entry) => {
			const path = join(folder, entry.name);
			if (entry.isDirectory()) return documents(path);
			return entry.name.endsWith('.md') ? [relative(ROOT, path)] : [];
		})
		.sort();
}

export const textOf = (document: string) => readFileSync(join(ROOT, document), 'utf8');

/** A fenced block: its language, and its lines. */
export interface Fence {
	document: string;
	language: string;
	text: string;
}

const FENCE = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;

export function fences(document: string): Fence[] {
	return [...textOf(document).matchAll(FENCE)].map(([, , language, text]) => ({
		document,
		language: language!,
		text: text!,
	}));
}

/** A document without its fenced blocks. */
export const prose = (document: string) => textOf(document).replace(FENCE, '');
