// Run in a process of its own: prints the milliseconds that the package needs beyond n8n-workflow.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const directory = process.argv[2];
const fromPackage = createRequire(join(directory, 'package.json'));
const { nodes, credentials } = JSON.parse(
	readFileSync(join(directory, 'package.json'), 'utf8'),
).n8n;
fromPackage('n8n-workflow');

const start = performance.now();
for (const path of [...nodes, ...credentials]) {
	const [Class] = Object.values(fromPackage(join(directory, path)));
	new Class();
}
process.stdout.write(String(performance.now() - start));
