import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { contents, packages, root } from './packages';

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

let packed: Packed;

/** A fresh Node process, where jest's own module registry and mocks do not reach. */
function run(args: string[], cwd: string): string {
	return execFileSync(process.execPath, args, {
		cwd,
		encoding: 'utf8',
		env: { ...process.env, N8N_LOG_LEVEL: 'silent', N8N_USER_FOLDER: packed?.folder },
	});
}

const built = () => packed.files.filter((path) => path.endsWith('.js') && path.startsWith('dist/'));

describe.each(packages)('the packed $name', (expected) => {
	const { directory, bytes, loadsInMs } = expected;
	const { nodes, credentials } = contents(directory);

	beforeAll(() => {
		const url = join(root, 'scripts/packPackage.mjs');
		const print = `import(${JSON.stringify(url)}).then((m) => console.log(JSON.stringify(m.packPackage(${JSON.stringify(directory)}))))`;
		packed = JSON.parse(run(['-e', print], root)) as Packed;

		const modules = join(packed.folder, 'node_modules');
		mkdirSync(modules);
		symlinkSync(join(root, 'node_modules/n8n-workflow'), join(modules, 'n8n-workflow'), 'dir');
	}, 60_000);

	afterAll(() => rmSync(packed.folder, { recursive: true, force: true }));

	it(`stays under ${bytes / 1000} kB`, () => {
		expect(packed.size).toBeLessThan(bytes);
	});

	it('holds exactly the usual texts, and the icons and codex of its sources, beside compiled code', () => {
		const assets = ['nodes', 'credentials'].flatMap((folder) =>
			readdirSync(join(root, directory, folder), { recursive: true, encoding: 'utf8' })
				.filter((path) => /\.(svg|png|node\.json)$/.test(path))
				.map((path) => `dist/${folder}/${path}`),
		);
		const texts = [
			'LICENSE',
			'README.md',
			'package.json',
			...(directory === '.' ? ['index.js'] : []),
		];
		const others = packed.files.filter((path) => !built().includes(path));
		expect(others.sort()).toEqual([...texts, ...assets].sort());
		expect(packed.files).toEqual(expect.arrayContaining([...nodes, ...credentials]));
	});

	it('holds compiled code of shipped folders only: no test, source, map, type or setting', () => {
		const strange = built().filter(
			(path) => !/^dist\/(nodes|credentials|guarded-change|n8n)\//.test(path),
		);
		expect(strange).toEqual([]);
		const unwanted =
			/\.(test|spec|e2e)\.|\.(ts|map|tsbuildinfo|env|npmrc)$|(^|\/)(test|sandbox|docs)\//;
		expect(packed.files.filter((path) => unwanted.test(path))).toEqual([]);
	});

	it('brings the licence, a README that says what it is, and no path of the machine', () => {
		const text = (path: string) => readFileSync(join(packed.directory, path), 'utf8');
		expect(text('LICENSE')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
		expect(text('README.md')).toMatch(new RegExp(`^# ${JSON.parse(text('package.json')).name}\n`));
		const telling = packed.files.filter((path) => text(path).includes(root));
		expect(telling).toEqual([]);
	});

	it('ships every compiled file of the sources as they are now', () => {
		const sourceOf = (path: string) => {
			const own = /^dist\/(nodes|credentials)\//.test(path);
			const source = path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
			return join(root, own ? directory : '.', source);
		};
		const missing = built().filter((path) => !existsSync(sourceOf(path)));
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
		[...nodes, ...credentials].forEach(visit);
		const unreached = built().filter((path) => !reached.has(path));
		// A file that holds only types compiles to a few bytes and is never required.
		const withCode = unreached.filter(
			(path) => readFileSync(join(packed.directory, path), 'utf8').length > 90,
		);
		expect(withCode).toEqual([]);
	});

	it("is read by n8n's own loader with only n8n-workflow beside it", () => {
		const output = run([join(__dirname, 'loadPackage.cjs'), packed.directory], packed.directory);
		const loaded = JSON.parse(output) as Loaded;
		expect(loaded.nodes.map(({ name }) => name).sort()).toEqual(expected.nodes);
		expect(loaded.credentials.map(({ name }) => name).sort()).toEqual(expected.credentials);
		for (const { codex } of loaded.nodes) {
			expect(codex).toMatchObject({ alias: expect.arrayContaining(['pause', 'resume']) });
		}
		for (const { icon } of [...loaded.nodes, ...loaded.credentials]) {
			expect(iconsExist(icon)).toBe(true);
		}
	});

	it(`loads in less than ${loadsInMs} ms beyond n8n-workflow`, () => {
		const times = Array.from({ length: 7 }, () =>
			Number(run([join(__dirname, 'loadTime.cjs'), packed.directory], packed.directory)),
		);
		// Other work of the machine can only add to the time, so the shortest one tells.
		expect(Math.min(...times)).toBeLessThan(loadsInMs);
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
