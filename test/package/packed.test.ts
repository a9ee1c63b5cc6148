import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';

interface Packed {
	folder: string;
	directory: string;
	size: number;
	files: string[];
}

interface Loaded {
	nodes: Array<{ name: string; icon: unknown; codex: { alias?: string[] } | null }>;
	credentials: Array<{ name: string; icon: unknown }>;
}

const root = resolve(__dirname, '../..');
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};

let packed: Packed;

beforeAll(() => {
	const url = join(root, 'scripts/packPackage.mjs');
	const print = `import(${JSON.stringify(url)}).then((m) => console.log(JSON.stringify(m.packPackage())))`;
	packed = JSON.parse(run(['-e', print], root)) as Packed;

	const modules = join(packed.folder, 'node_modules');
	mkdirSync(modules);
	symlinkSync(join(root, 'node_modules/n8n-workflow'), join(modules, 'n8n-workflow'), 'dir');
}, 60_000);

afterAll(() => rmSync(packed.folder, { recursive: true, force: true }));

/** A fresh Node process, where jest's own module registry and mocks do not reach. */
function run(args: string[], cwd: string): string {
	return execFileSync(process.execPath, args, {
		cwd,
		encoding: 'utf8',
		env: { ...process.env, N8N_LOG_LEVEL: 'silent', N8N_USER_FOLDER: packed?.folder },
	});
}

const built = () => packed.files.filter((path) => path.endsWith('.js') && path.startsWith('dist/'));

describe('the packed package', () => {
	it('stays under 60 kB', () => {
		expect(packed.size).toBeLessThan(60_000);
	});

	it('holds compiled code, icons, codex and the usual texts, nothing else', () => {
		const ships =
			/^(package\.json|index\.js|README\.md|LICENSE|dist\/(nodes|credentials|guarded-change|n8n)\/.*(?<!\.(test|spec))\.js|dist\/(nodes|credentials)\/.*\.(svg|png)|dist\/nodes\/.*\.node\.json)$/;
		expect(packed.files.filter((path) => !ships.test(path))).toEqual([]);
		expect(packed.files).toEqual(
			expect.arrayContaining(['LICENSE', ...n8n.nodes, ...n8n.credentials]),
		);
	});

	it('ships every compiled file of the sources as they are now', () => {
		const missing = built().filter(
			(path) => !existsSync(join(root, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'))),
		);
		expect(missing).toEqual([]);
	});

	it('requires nothing but its own files, n8n-workflow and crypto', () => {
		const foreign = built().flatMap((path) =>
			requiredBy(path).filter((name) =>
				name.startsWith('.')
					? !packed.files.includes(resolveRelative(path, name))
					: !['n8n-workflow', 'crypto'].includes(name),
			),
		);
		expect(foreign).toEqual([]);
	});

	it('ships no file that nothing needs', () => {
		const reached = new Set<string>();
		const visit = (path: string): void => {
			if (reached.has(path)) return;
			reached.add(path);
			for (const name of requiredBy(path)) {
				if (name.startsWith('.')) visit(resolveRelative(path, name));
			}
		};
		[...n8n.nodes, ...n8n.credentials].forEach(visit);
		const unreached = built().filter((path) => !reached.has(path));
		// A file that holds only types compiles to a few bytes and is never required.
		const withCode = unreached.filter(
			(path) => readFileSync(join(packed.directory, path), 'utf8').length > 90,
		);
		expect(withCode).toEqual([]);
	});

	it("is read by n8n's own loader with only n8n-workflow beside it", () => {
		const output = run([join(__dirname, 'loadPackage.cjs'), packed.directory], packed.directory);
		const { nodes, credentials } = JSON.parse(output) as Loaded;
		expect(nodes.map(({ name }) => name)).toEqual(['nexudus']);
		expect(credentials.map(({ name }) => name)).toEqual(['nexudusCustomerSessionApi']);
		expect(nodes[0]!.codex).toMatchObject({ alias: expect.arrayContaining(['pause', 'resume']) });
		for (const { icon } of [...nodes, ...credentials]) expect(iconsExist(icon)).toBe(true);
	});

	it('loads in less than 30 ms beyond n8n-workflow', () => {
		const times = Array.from({ length: 7 }, () =>
			Number(run([join(__dirname, 'loadTime.cjs'), packed.directory], packed.directory)),
		).sort((a, b) => a - b);
		expect(times[3]).toBeLessThan(30);
	}, 60_000);
});

/** Module names in the `require` calls of a shipped file. */
function requiredBy(path: string): string[] {
	const code = readFileSync(join(packed.directory, path), 'utf8');
	return [...code.matchAll(/\b(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(
		([, name]) => name!,
	);
}

function resolveRelative(from: string, name: string): string {
	const path = posix.normalize(`${dirname(from)}/${name}`);
	const candidates = [path, `${path}.js`, `${path}/index.js`];
	return candidates.find((candidate) => packed.files.includes(candidate)) ?? path;
}

/** Icon addresses look like `icons/<package>/dist/…`. */
function iconsExist(icon: unknown): boolean {
	const addresses = typeof icon === 'string' ? [icon] : Object.values((icon ?? {}) as object);
	return (
		addresses.length > 0 &&
		addresses.every((address: string) =>
			packed.files.includes(address.replace(/^icons\/[^/]+\//, '')),
		)
	);
}
