/**
 * Says what a tag releases, as `name=value` lines for a workflow, or why it may not be released.
 *
 * Usage: node scripts/release.mjs 0.1.0 | stripe-subscription-0.1.0 | …
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packages, root } from './packages.mjs';

/** What stands before the version in a tag: nothing for the root, `paychtec` for a sibling. */
const prefixOf = ({ directory, name }) =>
	directory === '.' ? '' : `${name.replace(/^n8n-nodes-/, '')}-`;

function manifestOf(directory) {
	const manifest = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8'));
	return { directory, ...manifest };
}

function problemsOf({ directory, name, version }, tagged) {
	const path = join(directory, 'CHANGELOG.md');
	const changes = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
	const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
	return [
		...(version === tagged ? [] : [`${name} has version ${version}, and the tag says ${tagged}`]),
		...(changes.split('\n').includes(`## ${tagged}`) ? [] : [`${path} has no "## ${tagged}"`]),
		...(directory === '.' && (lock.version !== version || lock.packages[''].version !== version)
			? [`package-lock.json has version ${lock.version}: run npm install`]
			: []),
	];
}

/**
 * @param {string} tag
 * @returns {{ problems: string[], name?: string, directory?: string, version?: string }}
 */
export function releaseOf(tag) {
	const known = packages.map(manifestOf);
	const [, prefix = '', version] = /^((?:.*-)?)(\d+\.\d+\.\d+)$/.exec(tag) ?? [];
	const found = version && known.find((manifest) => prefixOf(manifest) === prefix);
	if (!found) {
		const forms = known.map((manifest) => `${prefixOf(manifest)}1.2.3`).join(', ');
		return { problems: [`"${tag}" is no tag of a release; such are ${forms}`] };
	}
	const { name, directory } = found;
	return { problems: problemsOf(found, version), name, directory, version };
}

const { problems, ...release } = releaseOf(process.argv[2] ?? '');
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else for (const [key, value] of Object.entries(release)) console.log(`${key}=${value}`);
