import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

import { communityNodes, nodesBase } from './eslint.n8n.mjs';

const shipped = [
	'{,packages/*/}{nodes,credentials}/**/*.ts',
	'guarded-change/**/*.ts',
	'n8n/**/*.ts',
];

const onlyImports = (allowed, message) => ({
	'no-restricted-imports': ['error', { patterns: [{ regex: `^(?!${allowed})`, message }] }],
});

export default defineConfig(
	globalIgnores(['**/dist/', '.cache/', 'coverage/']),
	{
		files: ['**/*.ts'],
		extends: [
			js.configs.recommended,
			tseslint.configs.recommended,
			importX.flatConfigs.recommended,
		],
		settings: {
			'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
		},
		rules: {
			'prefer-spread': 'off',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
		},
	},
	{
		files: [...shipped, '{,packages/*/}package.json'],
		extends: [communityNodes],
		linterOptions: { noInlineConfig: true },
		rules: { 'no-console': 'error' },
	},
	{
		files: shipped,
		rules: onlyImports(
			'\\.{1,2}/|n8n-workflow$|crypto$',
			'Shipped code imports its own files, n8n-workflow and crypto, nothing else.',
		),
	},
	{
		files: ['guarded-change/**/*.ts'],
		rules: onlyImports(
			'\\./|\\.\\./(?!.*(nodes|credentials|n8n|packages)/)|crypto$',
			'The engine knows neither n8n nor a vendor.',
		),
	},
	{
		files: ['{,packages/*/}sandbox/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '^(\\.\\./)+(nodes|credentials|guarded-change|n8n)/' }] },
			],
		},
	},
	...nodesBase,
	{
		files: ['**/*.{js,mjs}'],
		extends: [js.configs.recommended],
		languageOptions: {
			globals: Object.fromEntries(
				['module', 'exports', 'require', 'process', 'console', 'URL', '__dirname'].map((name) => [
					name,
					'readonly',
				]),
			),
		},
	},
	// The page of the stand-in runs in a browser.
	{ files: ['{,packages/*/}sandbox/**/*.js'], languageOptions: { globals: browserGlobals() } },
);

function browserGlobals() {
	const names = ['window', 'document', 'fetch', 'EventSource', 'location', 'setInterval'];
	return Object.fromEntries([...names, 'setTimeout'].map((name) => [name, 'readonly']));
}
