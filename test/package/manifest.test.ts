import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, packages, root } from './packages';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe.each(packages)('package.json of $name', ({ name, directory }) => {
	const manifest = JSON.parse(read(join(directory, 'package.json')));

	it('has the name, keyword, licence and author that n8n asks for', () => {
		expect(manifest.name).toBe(name);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.author).toEqual({
			name: expect.stringMatching(/\S/),
			email: expect.stringMatching(/^\S+@\S+$/),
		});
		expect(manifest.homepage).toMatch(/^https:\/\//);
		expect(manifest.repository).toEqual({
			type: 'git',
			url: expect.stringMatching(/^https:\/\/github\.com\/.+\.git$/),
		});
	});

	it('brings no dependency and asks for n8n-workflow alone', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.optionalDependencies).toBeUndefined();
		expect(manifest.bundledDependencies).toBeUndefined();
		expect(manifest.overrides).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('runs nothing when it is installed', () => {
		const lifecycle = /^(pre|post)?(install|prepare|uninstall)$|^(pre|post)pack$|^prepublish$/;
		expect(Object.keys(manifest.scripts ?? {}).filter((name) => lifecycle.test(name))).toEqual([]);
	});

	it('names its node and credential for n8n', () => {
		expect(manifest.n8n).toEqual({ n8nNodesApiVersion: 1, ...contents(directory) });
		expect(manifest.files).toEqual(directory === '.' ? ['dist', 'index.js'] : ['dist']);
	});

	it('has the licence text beside it', () => {
		expect(read(join(directory, 'LICENSE'))).toBe(read('LICENSE'));
	});

	it('pins every development dependency', () => {
		const loose = Object.values<string>(manifest.devDependencies ?? {}).filter(
			(version) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+$/.test(version),
		);
		expect(loose).toEqual([]);
	});
});

describe('package-lock.json', () => {
	it('names no registry', () => {
		expect(read('package-lock.json')).not.toMatch(/"resolved": "http/);
	});
});

describe('index.js', () => {
	it('is trivial', () => {
		expect(read('index.js').trim()).toBe('module.exports = {};');
	});
});
