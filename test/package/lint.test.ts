import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

// Under NODE_ENV=test the n8n-nodes-base plugin takes every file for its own fixture.
const env = { ...process.env, NODE_ENV: 'production' };

function lint(script: string, args: string[], input = '') {
	const path = join(__dirname, script);
	return spawnSync(process.execPath, [path, ...args], { cwd: root, input, encoding: 'utf8', env });
}

const badNode = `
import axios from 'axios';
import './absent';
import { INodeType, INodeTypeDescription, IExecuteFunctions } from 'n8n-workflow';

export class Bad implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bad',
		name: 'Bad',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Bad' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'turn on', name: 'on', type: 'boolean', default: 'no' }],
	};
	async execute(this: IExecuteFunctions) {
		// eslint-disable-next-line no-console
		console.log(process.env.HOME);
		setTimeout(() => axios.get('http://x'), 1);
		return [[{ json: {} }]];
	}
}
`;

const badCredential = `
import type { ICredentialType } from 'n8n-workflow';

export class Bad implements ICredentialType {
	name = 'Bad';
	displayName = 'bad';
	properties = [{ displayName: 'Password', name: 'password', type: 'string', default: '' }];
}
`;

const badManifest = JSON.stringify({
	name: 'nexudus',
	dependencies: { axios: '1' },
	overrides: { axios: '1' },
	scripts: { postinstall: 'true' },
});

const imports = (path: string) => `import { a } from '${path}';\nvoid a;\n`;

const cases = [
	{
		path: 'nodes/Bad/Bad.node.ts',
		code: badNode,
		rules: [
			'no-console',
			'no-restricted-imports',
			'@n8n/community-nodes/no-restricted-globals',
			'@n8n/community-nodes/missing-paired-item',
			'@n8n/community-nodes/node-usable-as-tool',
			'@n8n/community-nodes/node-connection-type-literal',
			'n8n-nodes-base/node-class-description-empty-string',
			'n8n-nodes-base/node-param-default-wrong-for-boolean',
			'n8n-nodes-base/node-param-display-name-miscased',
			'@typescript-eslint/consistent-type-imports',
			'import-x/no-unresolved',
		],
	},
	{
		path: 'credentials/Bad.credentials.ts',
		code: badCredential,
		rules: [
			'@n8n/community-nodes/credential-password-field',
			'@n8n/community-nodes/credential-test-required',
			'@n8n/community-nodes/cred-class-field-icon-missing',
			'n8n-nodes-base/cred-class-name-unsuffixed',
			'n8n-nodes-base/cred-class-field-documentation-url-missing',
		],
	},
	{
		path: 'package.json',
		code: badManifest,
		rules: [
			'@n8n/community-nodes/package-name-convention',
			'@n8n/community-nodes/no-runtime-dependencies',
			'@n8n/community-nodes/no-overrides-field',
			'@n8n/community-nodes/no-forbidden-lifecycle-scripts',
			'n8n-nodes-base/community-package-json-license-missing',
		],
	},
	{
		path: 'packages/x/package.json',
		code: badManifest,
		rules: [
			'@n8n/community-nodes/no-runtime-dependencies',
			'n8n-nodes-base/community-package-json-license-missing',
		],
	},
	...[
		{ path: 'guarded-change/bad.ts', code: imports('n8n-workflow') },
		{ path: 'guarded-change/bad.ts', code: imports('../nodes/Nexudus/nexudusApi') },
		{ path: 'n8n/bad.ts', code: imports('http') },
		{ path: 'guarded-change/bad.ts', code: imports('../packages/x/nodes/X/x') },
		{ path: 'sandbox/bad.ts', code: imports('../nodes/Nexudus/nexudusApi') },
		{ path: 'packages/x/nodes/X/x.ts', code: imports('axios') },
		{ path: 'packages/x/sandbox/x.ts', code: imports('../nodes/X/x') },
		{ path: 'packages/x/sandbox/x.ts', code: imports('../../../n8n/inputs') },
	].map((bad) => ({ ...bad, rules: ['no-restricted-imports'] })),
];

describe('the lint rules bite', () => {
	let broken: string[][];

	beforeAll(() => {
		const { stdout, stderr } = lint('lintTexts.mjs', [], JSON.stringify(cases));
		if (stdout === '') throw new Error(stderr);
		broken = JSON.parse(stdout) as string[][];
	}, 60_000);

	it.each(cases.map(({ path, rules }, index) => ({ path, rules, index })))(
		'in $path (case $index)',
		({ rules, index }) => {
			expect(broken[index]).toEqual(expect.arrayContaining(rules));
		},
	);

	it('in the built package, where inline switches do not count', () => {
		const directory = mkdtempSync(join(tmpdir(), 'n8n-nodes-nexudus-lint-'));
		const write = (path: string, text: string) => {
			mkdirSync(dirname(join(directory, path)), { recursive: true });
			writeFileSync(join(directory, path), text);
		};
		try {
			write(
				'package.json',
				readFileSync(join(root, 'package.json'), 'utf8').replace('"MIT"', '"X"'),
			);
			write('dist/nodes/Bad.js', '/* eslint-disable */\nconsole.log(globalThis, process.env);\n');
			const { status, stdout } = lint('../../scripts/lintBuilt.mjs', [directory]);
			expect(status).toBe(1);
			expect(stdout).toContain('no-console');
			expect(stdout).toContain('@n8n/community-nodes/no-restricted-globals');
			expect(stdout).toContain('n8n-nodes-base/community-package-json-license-not-default');
		} finally {
			rmSync(directory, { recursive: true, force: true });
		}
	}, 60_000);
});
