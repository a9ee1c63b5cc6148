import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const { community, credentials, nodes } = n8nNodesBase.configs;

/** What n8n asks of every shipped file, as its CLI and its package scanner configure it. */
export const communityNodes = n8nCommunityNodesPlugin.configs.recommended;

/** n8n's rules for package.json, credentials and nodes, less the five that n8n switches off. */
export const nodesBase = [
	{ plugins: { 'n8n-nodes-base': n8nNodesBase } },
	{ files: ['{,packages/*/}package.json'], rules: { ...community.rules } },
	{
		files: ['**/credentials/**/*.ts'],
		rules: {
			...credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['**/nodes/**/*.ts'],
		rules: {
			...nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['{,packages/*/}package.json'],
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
	},
];

/** How n8n's scanner lints a published package. */
export const scanner = [communityNodes, { rules: { 'no-console': 'error' } }, ...nodesBase];
