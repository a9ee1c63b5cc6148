import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeTarball, installPackage } from '../../start/package';

const NAME = 'n8n-nodes-probe';

describe('installing a tarball as n8n installs community packages', () => {
	let folder: string;
	beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'install-package-'))));
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const pack = (version: string, extraFile?: string, name = NAME) => {
		const source = join(folder, `source-${name}-${version}`, 'package');
		mkdirSync(source, { recursive: true });
		writeFileSync(
			join(source, 'package.json'),
			JSON.stringify({
				name,
				version,
				n8n: { nodes: [] },
				devDependencies: { jest: '*' },
				peerDependencies: { 'n8n-workflow': '*' },
				optionalDependencies: { fsevents: '*' },
			}),
		);
		if (extraFile) writeFileSync(join(source, extraFile), '');
		const tarball = join(folder, `${name}-${version}.tgz`);
		execFileSync('tar', ['-czf', tarball, '-C', join(source, '..'), 'package']);
		return tarball;
	};
	const nodesFolder = () => join(folder, 'user', '.n8n', 'nodes');
	const installed = (...path: string[]) => join(nodesFolder(), 'node_modules', NAME, ...path);
	const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown;

	it('reads name and version from the tarball', async () => {
		expect(await describeTarball(pack('1.2.3'))).toMatchObject({ name: NAME, version: '1.2.3' });
	});

	it('unpacks it, without dev, peer and optional dependencies, and enters it in the ledger', async () => {
		const packed = await describeTarball(pack('1.0.0'));
		expect(await installPackage(packed, join(folder, 'user'))).toBe(true);
		expect(json(installed('package.json'))).toEqual({
			name: NAME,
			version: '1.0.0',
			n8n: { nodes: [] },
		});
		expect(json(join(nodesFolder(), 'package.json'))).toEqual({
			name: 'installed-nodes',
			private: true,
			dependencies: { [NAME]: '1.0.0' },
		});
	});

	it('does nothing when the same tarball is installed', async () => {
		const packed = await describeTarball(pack('1.0.0'));
		await installPackage(packed, join(folder, 'user'));
		expect(await installPackage(packed, join(folder, 'user'))).toBe(false);
	});

	it('leaves no file of the version before', async () => {
		await installPackage(await describeTarball(pack('1.0.0', 'old.js')), join(folder, 'user'));
		await installPackage(await describeTarball(pack('1.1.0', 'new.js')), join(folder, 'user'));
		expect(existsSync(installed('old.js'))).toBe(false);
		expect(existsSync(installed('new.js'))).toBe(true);
	});

	it('leaves another package that is installed as it is', async () => {
		const [first, second] = [pack('1.0.0'), pack('2.0.0', undefined, `${NAME}-2`)];
		for (const tarball of [first, second]) {
			expect(await installPackage(await describeTarball(tarball), join(folder, 'user'))).toBe(true);
		}
		expect(json(join(nodesFolder(), 'package.json'))).toMatchObject({
			dependencies: { [NAME]: '1.0.0', [`${NAME}-2`]: '2.0.0' },
		});
		expect(existsSync(installed('package.json'))).toBe(true);
		expect(await installPackage(await describeTarball(first), join(folder, 'user'))).toBe(false);
	});
});
