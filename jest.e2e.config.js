const base = require('./jest.config.js');

/** End-to-end tests: real n8n, real services. Run through `npm run test:e2e`. */
/** @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
	testTimeout: 120_000,
	maxWorkers: 1,
};
