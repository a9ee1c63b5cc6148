import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../../scripts/docs/shipped';
import { documents, prose, textOf } from './documents';

interface Link {
	target: string;
	file: string;
	anchor: string;
}

/** Links into the repository; `target` as it is written. */
function links(document: string): Link[] {
	const form = /(?:\]\(|\bsrc(?:set)?=")(?!https?:|mailto:)([^)"\s]+)[)"]/g;
	return [...prose(document).matchAll(form)].map(([, target]) => {
		const [path, anchor = ''] = target!.split('#');
		const file = path === '' ? document : normalize(join(dirname(document), path!));
		return { target: target!, file, anchor };
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

describe('the pictures', () => {
	it('are shown somewhere', () => {
		const shown = new Set(
			documents().flatMap((document) => links(document).map(({ file }) => file)),
		);
		const pictures = readdirSync(join(ROOT, 'docs/images')).map((name) => `docs/images/${name}`);
		expect(pictures.filter((path) => !shown.has(path))).toEqual([]);
	});
});
