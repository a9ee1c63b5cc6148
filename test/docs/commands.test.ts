import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/docs/shipped';
import { commands, type Command } from './commands';
import { documents, fences } from './documents';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-nexudus-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command line as a reader would, and expects it to succeed. */
function shell(text: string, { cwd = ROOT, env = {} }: { cwd?: string; env?: object } = {}) {
	const { status, stdout, stderr } = spawnSync('sh', ['-c', text], {
		cwd,
		encoding: 'utf8',
		env: { ...process.env, ...env },
	});
	expect({ text, status, stderr: status === 0 ? '' : stderr }).toEqual({
		text,
		status: 0,
		stderr: '',
	});
	return stdout;
}

/** Starts a command that does not end by itself, waits for its introduction, and stops it. */
async function starts(text: string, introduction: RegExp): Promise<void> {
	const child = spawn('sh', ['-c', text], { cwd: ROOT, detached: true, stdio: 'pipe' });
	try {
		let said = '';
		await new Promise<void>((resolve, reject) => {
			child.stdout.on('data', (piece: Buffer) => {
				said += piece.toString();
				if (introduction.test(said)) resolve();
			});
			child.on('exit', () => reject(new Error(`${text} ended after: ${said}`)));
		});
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
		expect((await fetch(`${url}/`)).status).toBeLessThan(500);
	} finally {
		const ended = new Promise((resolve) => child.once('exit', resolve));
		// The whole group: npm, its shell, and what it has started.
		process.kill(-child.pid!, 'SIGTERM');
		await ended;
	}
}

/** What a family of commands is proven by. The first form that fits counts. */
interface Proof {
	form: RegExp;
	/** Runs the command, its short form, or shows where CI runs it. */
	prove(text: string): Promise<unknown> | unknown;
}

/** CI begins a line with it. */
const inCi = (text: string) =>
	expect(`${read('.ci/run')}`.split('\n').map((line) => line.slice(0, text.length))).toContain(
		text,
	);
const inWorkflow = (file: string, text: string) =>
	expect(read(`.github/workflows/${file}`)).toContain(text);

const PROOFS: readonly Proof[] = [
	{
		form: /^npm test$/,
		prove: () => inCi('npm test --'),
	},
	{
		form: /^npm start( -- [-\w ]+)?$/,
		prove: (text) => {
			inCi('npm start -- --once');
			expect(shell(`${withDashes(text)} --help`)).toContain('npm start');
		},
	},
	{
		form: /^npm run test:e2e( -- [-\w ,]+)?$/,
		prove: (text) => {
			inCi('npm run test:e2e');
			inWorkflow('ci.yml', 'run: npm run test:e2e');
			expect(shell(`${withDashes(text)} --help`)).toContain('npm run test:e2e');
		},
	},
	{
		// The whole one takes twelve minutes on a quiet machine.
		form: /^npm run bench( -- [-\w ]+)?$/,
		prove: (text) => {
			inCi('npm run bench -- --quick');
			expect(shell(`${withDashes(text)} --help`)).toContain('npm run bench');
		},
	},
	{
		form: /^npm run faults( -- [-\w ]+)?$/,
		prove: () => expect(shell('npm run faults -- --part refused')).toContain('double effects 0'),
	},
	{
		form: /^npm run simulate( -- [-\w ]+)?$/,
		prove: () => expect(shell('npm run simulate -- --trace')).toContain('confirmed'),
	},
	{
		form: /^npm run demo$/,
		prove: () => expect(shell('npm run demo')).toMatch(/Contract +700100 .*: scheduled/),
	},
	{
		form: /^npm run docs$/,
		prove: () => shell('npm run docs -- --check'),
	},
	{
		form: /^npm run sandbox$/,
		prove: () => starts('npm run sandbox -- --port 0', /Ctrl-C/),
	},
	{
		form: /^npx tsx packages\/\S+\/sandbox\/main\.ts$/,
		prove: (text) => starts(`${text} 0`, /Ctrl-C/),
	},
	{
		form: /^npm run jest -- \S+$/,
		prove: (text) => {
			const [path] = text.split(' ').slice(-1);
			expect(shell(`npm run --silent jest -- --listTests ${path}`).trim()).toBe(join(ROOT, path!));
		},
	},
	{
		// Steps of npm test, which CI runs.
		form: /^npm run (lint|typecheck|build|lint:built)$/,
		prove: (text) => {
			inCi('npm test --');
			expect(read('scripts/test.mjs')).toContain(`['${text.split(' ')[2]}']`);
		},
	},
	{
		form: /^npm run format$/,
		prove: () => {
			const file = join(folder, 'unformatted.md');
			writeFileSync(file, '*  one\n*  two\n');
			shell(`npx ${scripts.format!.replace(/ \.$/, ` ${file}`)}`);
			expect(readFileSync(file, 'utf8')).toBe('- one\n- two\n');
		},
	},
	{
		form: /^node scripts\/release\.mjs \d+\.\d+\.\d+$/,
		prove: (text) => {
			const { version } = JSON.parse(read('package.json')) as { version: string };
			expect(shell(text.replace(/\S+$/, version))).toContain(`version=${version}`);
		},
	},
	{
		// It looks at what npm serves, so it comes after a release.
		form: /^npx @n8n\/scan-community-package \S+$/,
		prove: () => inWorkflow('publish.yml', 'npx --yes @n8n/scan-community-package'),
	},
	{
		form: /^npm install --package-lock-only /,
		prove: (text) => {
			const cwd = join(folder, 'lock');
			mkdirSync(cwd, { recursive: true });
			writeFileSync(join(cwd, 'package.json'), '{ "name": "x", "version": "1.0.0" }');
			shell(`${text} --offline`, { cwd });
			expect(existsSync(join(cwd, 'package-lock.json'))).toBe(true);
		},
	},
	{ form: /^(git |cd n8n-nodes-nexudus$)/, prove: (text) => inClone(text) },
	{ form: /^docker /, prove: (text) => inContainer(text) },
	{ form: /^curl /, prove: (text) => callsExample(text) },
];

const withDashes = (text: string) => (text.includes(' -- ') ? text : `${text} --`);

/** With the repository's address leading to a bare one here, which has one commit. */
function inClone(text: string): void {
	const served = join(folder, 'served');
	const bare = join(served, 'n8n-nodes-nexudus.git');
	const clone = join(folder, 'n8n-nodes-nexudus');
	const author = ['-c', 'user.name=x', '-c', 'user.email=x@example.test'];
	if (!existsSync(bare)) {
		const first = join(folder, 'first');
		const git = (...args: string[]) => execFileSync('git', args, { stdio: 'pipe' });
		git('init', '--quiet', first);
		git('-C', first, ...author, 'commit', '--quiet', '--allow-empty', '-m', 'First');
		git('clone', '--quiet', '--bare', first, bare);
	}
	const env = {
		GIT_CONFIG_COUNT: '1',
		GIT_CONFIG_KEY_0: `url.${served}/.insteadOf`,
		GIT_CONFIG_VALUE_0: 'https://github.com/n8n-nodes-nexudus/',
	};
	if (text.startsWith('git clone')) rmSync(clone, { recursive: true, force: true });
	else if (!existsSync(clone)) execFileSync('git', ['clone', '--quiet', bare, clone]);
	shell(text, { cwd: /^(git clone|cd) /.test(text) ? folder : clone, env });
	expect(existsSync(clone)).toBe(true);
}

/** With a `docker` that runs the command here, for a user of its own, and an npm that has our tarball. */
function inContainer(text: string): void {
	const home = mkdtempSync(join(folder, 'home-'));
	const programs = mkdtempSync(join(folder, 'bin-'));
	const program = (name: string, lines: string[]) => {
		writeFileSync(join(programs, name), ['#!/bin/sh', ...lines, ''].join('\n'));
		chmodSync(join(programs, name), 0o755);
	};
	const [packed] = JSON.parse(
		shell(`npm pack --json --ignore-scripts --pack-destination ${programs} 2>/dev/null`),
	) as Array<{ filename: string }>;
	const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
	program('docker', [
		'case "$1" in',
		'exec) [ "$2 $3 $4" = "-u node n8n" ] && shift 4 && exec "$@" ;;',
		'restart) [ "$2" = n8n ] && exit 0 ;;',
		'esac',
		'echo "docker does not know: $*" >&2; exit 1',
	]);
	program('npm', [
		'for arg do shift',
		`[ "$arg" = n8n-nodes-nexudus ] && arg=${join(programs, packed!.filename)}`,
		'set -- "$@" "$arg"',
		'done',
		`exec ${npm} "$@" --offline`,
	]);
	const cache = execFileSync(npm, ['config', 'get', 'cache'], { encoding: 'utf8' }).trim();
	const env = { HOME: home, PATH: `${programs}:${process.env.PATH}`, npm_config_cache: cache };
	shell(text, { env });
	if (!text.includes('npm install')) return;
	const installed = join(home, '.n8n/nodes/node_modules');
	expect(readdirSync(installed).filter((name) => !name.startsWith('.'))).toEqual([
		'n8n-nodes-nexudus',
	]);
}

interface ExampleNode {
	type: string;
	parameters: { path?: string; httpMethod?: string; authentication?: string; resume?: string };
}

/** The workflows of the examples, as text and as nodes. */
const examples = () =>
	readdirSync(join(ROOT, 'examples'))
		.filter((name) => name.endsWith('.json'))
		.map((name) => {
			const text = read(`examples/${name}`);
			return { text, nodes: (JSON.parse(text) as { nodes: ExampleNode[] }).nodes };
		});

/** Lets curl make the call, and holds what arrives against the workflow that is meant. */
async function callsExample(text: string): Promise<void> {
	const waiting = '/webhook-waiting/1';
	const { request, body } = await received((url) =>
		text
			.replace(/https?:\/\/(n8n\.example\.com|localhost:5678)/, url)
			.replace(/<approveAt>/, `${url}${waiting}`)
			.replace(/<[^>]+>/g, 'secret'),
	);
	expect(request.headers['x-api-key']).toBe('secret');
	const { pathname, searchParams } = new URL(request.url!, 'http://localhost');

	const meant = examples().filter(({ nodes }) =>
		nodes.some(({ type, parameters }) =>
			pathname === waiting
				? type === 'n8n-nodes-base.wait' && parameters.resume === 'webhook'
				: type === 'n8n-nodes-base.webhook' &&
					`/webhook/${parameters.path}` === pathname &&
					parameters.httpMethod === request.method &&
					parameters.authentication === 'headerAuth',
		),
	);
	expect({ pathname, found: meant.length > 0 }).toEqual({ pathname, found: true });

	const sent = [...searchParams.keys(), ...fieldsOf(request, body)];
	expect(sent.length).toBeGreaterThan(0);
	const uses = (field: string) =>
		meant.some(({ text: workflow }) =>
			new RegExp(`\\b(?:body|query)\\??\\.${field}\\b|"${field}"`).test(workflow),
		);
	expect(sent.filter((field) => !uses(field))).toEqual([]);
}

/** Names of what a body holds: keys of JSON, or parts of a form. */
function fieldsOf({ headers }: IncomingMessage, body: string): string[] {
	if (headers['content-type'] === 'application/json') {
		return Object.keys(JSON.parse(body) as object);
	}
	expect(headers['content-type']).toMatch(/^multipart\/form-data/);
	return [...body.matchAll(/form-data; name="([^"]+)"/g)].map(([, name]) => name!);
}

/** The one request that a command sends to a server of ours. */
async function received(command: (url: string) => string) {
	const server = createServer();
	try {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const arrived = new Promise<{ request: IncomingMessage; body: string }>((resolve) =>
			server.on('request', (request, response) => {
				const pieces: Buffer[] = [];
				request.on('data', (piece: Buffer) => pieces.push(piece));
				request.on('end', () => {
					response.end('{}');
					resolve({ request, body: Buffer.concat(pieces).toString() });
				});
			}),
		);
		const [csv] = documents()
			.flatMap(fences)
			.filter(({ language }) => language === 'csv');
		if (csv) writeFileSync(join(folder, 'freeze.csv'), csv.text);
		const line = `${command(url)} --silent --fail`;
		const child = spawn('sh', ['-c', line], { cwd: folder, stdio: 'ignore' });
		const ended = new Promise((resolve) => child.once('exit', resolve));
		const call = await arrived;
		expect(await ended).toBe(0);
		return call;
	} finally {
		server.close();
	}
}

const done = new Map<Proof, unknown>();

/** A proof that does not look at the command's own words is made once. */
async function proven(proof: Proof, text: string): Promise<void> {
	if (proof.prove.length > 0) await proof.prove(text);
	else if (!done.has(proof)) done.set(proof, proof.prove(text));
	await done.get(proof);
}

const all = commands();
const byText = new Map<string, Command[]>();
for (const command of all) {
	byText.set(command.text, [...(byText.get(command.text) ?? []), command]);
}

describe('the commands of the documents', () => {
	it('are found', () => {
		expect(byText.size).toBeGreaterThan(15);
		const texts = [...byText.keys()];
		expect(texts).toEqual(expect.arrayContaining(['npm start', 'npm test', 'npm run docs']));
	});

	it('stand in blocks that say what they are', () => {
		const languages = new Set(
			documents().flatMap((document) => fences(document).map(({ language }) => language)),
		);
		expect([...languages].filter((language) => !['sh', 'json', 'csv'].includes(language))).toEqual(
			[],
		);
	});

	it('are all known', () => {
		const unknown = all.filter(({ text }) => !PROOFS.some(({ form }) => form.test(text)));
		expect(unknown).toEqual([]);
	});

	it.each([...byText].map(([text, [{ document }]]) => ({ text, document })))(
		'$text ($document)',
		async ({ text }) => {
			await proven(
				PROOFS.find(({ form }) => form.test(text))!,
				text,
			);
		},
		60_000,
	);
});
