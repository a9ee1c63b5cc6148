/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	moduleNameMapper: { '^(\\.{1,2}/.*\\.node)\\.js$': '$1' },
	modulePathIgnorePatterns: ['<rootDir>/(packages/[^/]+/)?dist/', '<rootDir>/.cache/'],
	testTimeout: 20_000,
	maxWorkers: 2,
	// n8n's modules stay in a worker's memory after each file; collecting them slows what comes later.
	workerIdleMemoryLimit: '600MB',
};
