import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedMessages } from '../../scripts/docs/messages';
import { ROOT, shippedPackages } from '../../scripts/docs/shipped';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('the documents made from the code', () => {
	it('are what npm run docs would write, and have no cause left to be written', () => {
		// In a process of its own: the formatter is loaded as an ES module, which jest does not do.
		const { stdout, status } = spawnSync(
			process.execPath,
			['--import', 'tsx', 'scripts/docs/main.ts', '--check'],
			{ cwd: ROOT, encoding: 'utf8' },
		);
		expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
	}, 60_000);
});

describe('the operations references', () => {
	it('name every operation, field and choice that the forms show', async () => {
		for (const { directory, nodes, credentials } of await shippedPackages()) {
			const document = read(join(directory, 'docs/operations.md'));
			const forms = [...nodes, ...credentials].flatMap(({ properties }) => properties);
			for (const field of forms) {
				if (['hidden', 'notice'].includes(field.type)) continue;
				if (['resource', 'operation'].includes(field.name)) {
					for (const option of field.options ?? []) {
						expect(document).toMatch(new RegExp(`### .*${option.name}`));
					}
					continue;
				}
				expect(document).toContain(`**${field.displayName}** \`${field.name}\``);
				for (const option of field.options ?? []) {
					const own = 'value' in option ? String(option.value) : option.name;
					expect(document).toContain(`\`${own}\``);
				}
			}
		}
	});
});

describe('the error catalogue', () => {
	const catalogue = read('docs/errors.md').replaceAll('\\', '');
	const entries = [...catalogue.matchAll(/^- \*\*(.+)\*\*(?: `.*)?$/gm)].map(([, text]) => text!);
	const messages = shippedMessages();

	it('has every message of the code', () => {
		expect(messages.length).toBeGreaterThan(100);
		const texts = messages.map(({ text }) => text);
		expect(texts.filter((text) => !entries.includes(text))).toEqual([]);
	});

	it('has no message that the code does not give', () => {
		const texts = new Set(messages.map(({ text }) => text));
		expect(entries.filter((text) => !texts.has(text))).toEqual([]);
	});

	it('gives a cause, or the one of its section, and a way out for every message', () => {
		const sections = catalogue
			.split(/^### /m)
			.slice(1)
			.map((section) => section.split(/^## /m)[0]!);
		for (const section of sections) {
			const isInput = section.startsWith('Input\n');
			for (const text of section.split(/^- /m).slice(1)) {
				const [message] = text.split('\n');
				// In its own line, or as the last sentence of the message.
				const hasWayOut = /Way out: \S/.test(text) || /\. (\p{Lu}|‹)/u.test(message!);
				expect({ message, hasWayOut }).toEqual({ message, hasWayOut: true });
				if (!isInput) expect(text).toMatch(/^ {2}- Cause: \S/m);
			}
		}
	});
});
