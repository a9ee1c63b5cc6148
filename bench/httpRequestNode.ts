import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ICredentialType, IVersionedNodeType } from 'n8n-workflow';
import { cacheRoot } from '../start/cache';

const execute = promisify(execFile);

/** n8n's own nodes, in the version that n8n ships together with n8n-core 2.8.1. */
export const NODES_BASE = {
	version: '2.8.1',
	integrity:
		'sha512-3usMxCiLpXnNRcFK6qL/DQkVJhTGoRCa6DqRhYfnNF1zq8r/w1uZnGOR/9mRJIg9oo3cHuGvE+oi+kQyPJ/FZA==',
} as const;

const NEEDED = [
	'dist/nodes/HttpRequest',
	'dist/utils',
	'dist/credentials/HttpHeaderAuth.credentials.js',
];

/**
 * Libraries that the node loads but uses only to shorten answers for an AI agent. Left empty, so
 * that a use of them would fail, because they would bring a hundred packages along.
 */
const UNUSED = ['@mozilla/readability', 'cheerio', 'html-to-text', 'jsdom'];

/**
 * Brings n8n's HTTP Request node from npm into the cache, without the package's dependencies.
 * @returns the folder of the package
 * @throws Error when npm fails or the tarball is not the one expected
 */
export async function ensureHttpRequestNode(): Promise<string> {
	const folder = join(cacheRoot(), `n8n-nodes-base-${NODES_BASE.version}`);
	if (existsSync(folder)) return folder;
	await mkdir(cacheRoot(), { recursive: true });
	const partial = await mkdtemp(join(cacheRoot(), '.nodes-base-'));
	try {
		const args = ['pack', `n8n-nodes-base@${NODES_BASE.version}`, '--loglevel=error'];
		const { stdout } = await execute('npm', args, { cwd: partial });
		const tarball = join(partial, stdout.trim().split('\n').at(-1) as string);
		const digest = createHash('sha512')
			.update(await readFile(tarball))
			.digest('base64');
		if (`sha512-${digest}` !== NODES_BASE.integrity) {
			throw new Error(`n8n-nodes-base ${NODES_BASE.version} is not the package that was expected`);
		}
		const paths = NEEDED.map((path) => `package/${path}`);
		await execute('tar', ['-xzf', tarball, '-C', partial, ...paths]);
		const unpacked = join(partial, 'package');
		for (const name of UNUSED) {
			await mkdir(join(unpacked, 'node_modules', name), { recursive: true });
			await writeFile(join(unpacked, 'node_modules', name, 'index.js'), 'module.exports = {};\n');
		}
		await rename(unpacked, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	} finally {
		await rm(partial, { recursive: true, force: true });
	}
	return folder;
}

export interface HttpRequestNode {
	node: IVersionedNodeType;
	credential: ICredentialType;
}

/**
 * Loads the node and its Header Auth credential. What else they need (n8n-workflow, lodash,
 * form-data) must be on NODE_PATH.
 */
export async function loadHttpRequestNode(folder: string): Promise<HttpRequestNode> {
	const { HttpRequest } = (await import(
		join(folder, 'dist/nodes/HttpRequest/HttpRequest.node.js')
	)) as { HttpRequest: new () => IVersionedNodeType };
	const { HttpHeaderAuth } = (await import(
		join(folder, 'dist/credentials/HttpHeaderAuth.credentials.js')
	)) as { HttpHeaderAuth: new () => ICredentialType };
	return { node: new HttpRequest(), credential: new HttpHeaderAuth() };
}
