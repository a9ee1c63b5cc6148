import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packages, root } from './packages';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
	env?: Record<string, string>;
}

interface Job {
	steps: Step[];
	needs?: string | string[];
	permissions?: Record<string, string>;
	'timeout-minutes'?: number;
	strategy?: { matrix: Record<string, unknown[]> };
}

interface Workflow {
	on: { push: { branches?: string[]; tags?: string[] }; pull_request?: unknown };
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

// It brings no types of its own.
const { load } = jest.requireActual<{ load(text: string): unknown }>('js-yaml');

const FOLDER = join(root, '.github/workflows');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const workflow = (file: string) => load(textOf(file)) as Workflow;
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const runs = (job: Job | undefined) => job?.steps.flatMap(({ run }) => run ?? []) ?? [];
const manifestOf = (directory: string) =>
	JSON.parse(read(join(directory, 'package.json'))) as {
		version: string;
		scripts?: Record<string, string>;
	};
const tagOf = ({ name, directory }: { name: string; directory: string }) =>
	`${directory === '.' ? '' : `${name.replace('n8n-nodes-', '')}-`}${manifestOf(directory).version}`;

const files = readdirSync(FOLDER);

describe.each(files)('.github/workflows/%s', (file) => {
	const own = workflow(file);

	it('pins every action by its commit, with the version beside it', () => {
		const used = textOf(file)
			.split('\n')
			.filter((line) => /\buses:/.test(line));
		expect(used).toHaveLength(stepsOf(own).filter(({ uses }) => uses).length);
		for (const line of used) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('is a workflow as GitHub reads it', () => {
		expect(wrongIn(textOf(file))).toBe('');
	});

	it('may read, and nothing else, where a job does not say more', () => {
		expect(own.permissions).toEqual({ contents: 'read' });
	});

	it('ends every job in time', () => {
		for (const job of Object.values(own.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
	});

	it('keeps what others write out of its scripts', () => {
		for (const { run } of stepsOf(own)) expect(run ?? '').not.toContain('${{');
	});

	it('leaves no token in the checkout', () => {
		for (const step of stepsOf(own).filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
			expect(step.with?.['persist-credentials']).toBe(false);
		}
	});

	it('runs scripts that are there, in shell that can be read', () => {
		for (const { run } of stepsOf(own)) {
			if (run === undefined) continue;
			expect(spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' }).stderr).toBe('');
			for (const [, name] of run.matchAll(/npm run (?:--silent )?([\w:]+)/g)) {
				expect(manifestOf('.').scripts).toHaveProperty([name!]);
			}
			for (const [, path] of run.matchAll(/node (\S+\.mjs)/g)) {
				expect(existsSync(join(root, path!))).toBe(true);
			}
		}
	});
});

it.each([
	['a misspelt key', 'steps:', 'step:', "Unexpected value 'step'"],
	['a job that nobody has', 'needs: pack', 'needs: pak', "depends on unknown job 'pak'"],
	['a value that is not there', '${{ steps.', '${{ step.', "Unrecognized named-value: 'step'"],
])('finds %s', (_, right, wrong, message) => {
	expect(wrongIn(textOf('publish.yml').replace(right, wrong))).toContain(message);
});

describe('CI', () => {
	const { on, jobs } = workflow('ci.yml');

	it('runs for main and for every pull request', () => {
		expect(on.push.branches).toEqual(['main']);
		expect(on).toHaveProperty('pull_request');
	});

	it('runs all tests on the oldest and the newest Node.js', () => {
		expect(jobs.test?.strategy?.matrix.node).toEqual([20, 24]);
		expect(runs(jobs.test)).toEqual(['npm test']);
	});

	it('drives a real n8n, and the page in Chromium', () => {
		expect(runs(jobs.n8n)).toEqual(['npm start -- --once', 'npm run test:e2e']);
	});
});

describe('publishing', () => {
	const { on, jobs } = workflow('publish.yml');

	/** Whether a tag starts the workflow: `*` is anything but a slash, `+` repeats a class. */
	const starts = (tag: string) =>
		on.push.tags!.some((glob) =>
			new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(tag),
		);

	it.each(packages)('begins with the tag of $name, which its change log knows', (one) => {
		const tag = tagOf(one);
		expect(starts(tag)).toBe(true);
		const { stdout, stderr } = release(tag);
		expect({ stdout, stderr }).toEqual({
			stdout: `name=${one.name}\ndirectory=${one.directory}\nversion=${manifestOf(one.directory).version}\n`,
			stderr: '',
		});
	});

	it.each(['v0.1.0', 'latest', '0.1', '0.1.0-rc.1'])('does not begin with %s', (tag) => {
		expect(starts(tag)).toBe(false);
	});

	it.each([
		['99.0.0', 'n8n-nodes-nexudus has version'],
		['99.0.0', 'CHANGELOG.md has no "## 99.0.0"'],
		['unknown-0.1.0', '"unknown-0.1.0" is no tag of a release'],
		['0.1.0-rc.1', '"0.1.0-rc.1" is no tag of a release'],
	])('refuses the tag %s: %s', (tag, reason) => {
		const { status, stdout, stderr } = release(tag);
		expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
		expect(stderr).toContain(reason);
	});

	it('tests and packs a commit of main', () => {
		const scripts = runs(jobs.pack);
		expect(scripts.join('\n')).toContain('git merge-base --is-ancestor "$GITHUB_SHA" origin/main');
		expect(scripts.indexOf('npm test')).toBeGreaterThan(0);
		expect(scripts.findIndex((run) => run.startsWith('npm pack'))).toBeGreaterThan(
			scripts.indexOf('npm test'),
		);
	});

	it('gives the right to publish to one job, which runs no code of the repository', () => {
		const privileged = Object.entries(jobs).filter(([, { permissions }]) => permissions);
		expect(privileged.map(([name]) => name)).toEqual(['publish']);
		expect(jobs.publish!.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
		expect(jobs.publish!.needs).toBe('pack');
		const used = jobs.publish!.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []);
		expect(used).toEqual(['actions/setup-node', 'actions/download-artifact']);
		const [token, publish, ...others] = runs(jobs.publish);
		expect(token).toMatch(/^npm config set /);
		expect(publish).toBe('npm publish ./*.tgz --provenance --access public --ignore-scripts');
		expect(others).toEqual([]);
	});

	it("lets n8n's scanner look at the release afterwards", () => {
		expect(jobs.scan!.needs).toEqual(['pack', 'publish']);
		const scan = runs(jobs.scan).at(-1)!;
		expect(scan).toContain('npx --yes @n8n/scan-community-package "$NAME@$VERSION"');
	});

	// @n8n/scan-community-package 0.32.0 prints these lines, and ends with 0 after each of them.
	it.each([
		['✅ Package x@1.2.3 has passed all security checks', 0],
		['❌ Package x@1.2.3 has failed security checks\nReason: ESLint violations found', 1],
		['', 1],
	])('goes by what the scanner says: %j ends with %i', (said, code) => {
		const programs = mkdtempSync(join(tmpdir(), 'n8n-nodes-nexudus-scan-'));
		const program = (name: string, line: string) =>
			writeFileSync(join(programs, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
		program('npx', `echo "$3" >> asked.txt; printf '%s\\n' "$SAID"`);
		program('sleep', ':');
		const env = {
			PATH: `${programs}:${process.env.PATH}`,
			SAID: said,
			NAME: 'x',
			VERSION: '1.2.3',
		};
		const script = runs(jobs.scan).at(-1)!;
		const { status } = spawnSync('bash', ['-e', '-c', script], { cwd: programs, env });
		const [asked] = readFileSync(join(programs, 'asked.txt'), 'utf8').split('\n');
		rmSync(programs, { recursive: true });
		expect({ status, asked }).toEqual({ status: code, asked: 'x@1.2.3' });
	});
});

function release(tag: string) {
	const script = join(root, 'scripts/release.mjs');
	return spawnSync(process.execPath, [script, tag], { cwd: root, encoding: 'utf8' });
}

/** In a process of its own: the parser is a module that Jest does not load. */
function wrongIn(text: string): string {
	const parser = join(root, 'test/package/parseWorkflow.mjs');
	const options = { cwd: root, encoding: 'utf8', input: text } as const;
	const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', parser], options);
	return stdout + stderr;
}
