import { parseArgs } from 'node:util';
import type { ProgramName } from './support/packages';

/** The parts of the end-to-end tests, with the programs of the distribution that each needs. */
export const PARTS = {
	generations: [],
	queue: ['redis', 'postgres'],
	editor: ['chromium'],
	examples: ['chromium'],
	operator: ['chromium'],
	trigger: [],
	ai: [],
	upgrade: [],
	siblings: ['chromium'],
	page: ['chromium'],
} satisfies Record<string, ProgramName[]>;

export type Part = keyof typeof PARTS;

export interface E2eOptions {
	parts: Part[];
	/** Write the table of `docs/compatibility.md` anew instead of comparing with it. */
	writeTable: boolean;
	help: boolean;
}

export const USAGE = `npm run test:e2e -- [options]

  --only <parts>   of ${Object.keys(PARTS).join(', ')}; several with commas
  --write-table    write docs/compatibility.md from what this run has shown
  --help           this text`;

/** @throws Error that names the option which is wrong */
export function parseOptions(args: string[]): E2eOptions {
	const { values } = parseArgs({
		args,
		options: {
			only: { type: 'string' },
			'write-table': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	return {
		parts: values.only === undefined ? allParts() : values.only.split(',').map(partNamed),
		writeTable: values['write-table'],
		help: values.help,
	};
}

export function allParts(): Part[] {
	return Object.keys(PARTS) as Part[];
}

function partNamed(text: string): Part {
	const name = text.trim();
	if (!Object.hasOwn(PARTS, name)) {
		throw new Error(`--only takes ${Object.keys(PARTS).join(', ')}, not "${name}"`);
	}
	return name as Part;
}
