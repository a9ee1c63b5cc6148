import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../../scripts/docs/shipped';
import { documents, prose, textOf } from './documents';

interface Link {
	target: string;
	file: string;
	anchor: string;
}

const OWN = 'n8n-nodes-nexudus/n8n-nodes-nexudus';
/** The repository's own files by their full address: a page of GitHub, or the file itself. */
const OWN_FILES = new RegExp(
	`^https://(?:github\\.com/${OWN}/(?:blob|tree)/main|raw\\.githubusercontent\\.com/${OWN}/main)/`,
);

/** Links into the repository, by path or by full address; `target` as it is written. */
function links(document: string): Link[] {
	const form = /(?:\]\(|\bsrc(?:set)?=")([^)"\s]+)[)"]/g;
	return [...prose(document).matchAll(form)].flatMap(([, target]) => {
		const own = OWN_FILES.test(target!);
		if (!own && /^(https?|mailto):/.test(target!)) return [];
		const [path, anchor = ''] = target!.replace(OWN_FILES, '').split('#');
		const file = path === '' ? document : normalize(join(own ? '' : dirname(document), path!));
		return [{ target: target!, file, anchor }];
	});
}

/** The anchors that GitHub gives to the headings of a document. */
function anchors(document: string): string[] {
	const headings = [...prose(document).matchAll(/^#{1,6} (.+)$/gm)].map(([, text]) => text!);
	return headings.map((text) =>
		text
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replace(/ /g, '-'),
	);
}

describe.each(documents())('%s', (document) => {
	it('links to files and headings that are there', () => {
		const dead = links(document).filter(
			({ file, anchor }) =>
				!existsSync(join(ROOT, file)) ||
				(anchor !== '' && file.endsWith('.md') && !anchors(file).includes(anchor)),
		);
		expect(dead.map(({ target }) => target)).toEqual([]);
	});
});

describe('README.md', () => {
	it('leads to every document', () => {
		const linked = new Set(links('README.md').map(({ file }) => file));
		const own = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
		const others = ['SECURITY.md', 'CHANGELOG.md', 'LICENSE', 'examples/README.md'];
		const wanted = [...own.map((name) => `docs/${name}`), ...others];
		expect(wanted.filter((path) => !linked.has(path))).toEqual([]);
	});

	it('stays short', () => {
		expect(textOf('README.md').length).toBeLessThan(10_000);
	});
});

describe.each(readdirSync(join(ROOT, 'packages')).filter((name) => !name.includes('.')))(
	'the README of %s',
	(name) => {
		// npm shows it, and reads paths as if they began at the root of the repository.
		it('names every file by its full address', () => {
			const all = links(`packages/${name}/README.md`).map(({ target }) => target);
			expect(all.length).toBeGreaterThan(2);
			expect(all.filter((target) => !target.startsWith('https://'))).toEqual([]);
		});
	},
);

describe('the pictures', () => {
	it('are shown somewhere', () => {
		const shown = new Set(
			documents().flatMap((document) => links(document).map(({ file }) => file)),
		);
		const pictures = readdirSync(join(ROOT, 'docs/images')).map((name) => `docs/images/${name}`);
		expect(pictures.filter((path) => !shown.has(path))).toEqual([]);
	});
});
