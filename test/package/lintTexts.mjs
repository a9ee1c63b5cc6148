// Reads [{ path, code }] and prints, for each, the rules that the project's ESLint reports.
import { readFileSync } from 'node:fs';

import { ESLint } from 'eslint';

const eslint = new ESLint();
const texts = JSON.parse(readFileSync(0, 'utf8'));
const results = await Promise.all(
	texts.map(({ path, code }) => eslint.lintText(code, { filePath: path })),
);
const broken = results.map(([{ messages }]) => [...new Set(messages.map(({ ruleId }) => ruleId))]);
process.stdout.write(JSON.stringify(broken));
