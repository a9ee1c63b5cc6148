import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	createCredentialStore,
	outputsOf,
	runListSearch,
	runNode,
	runWorkflow,
	testCredential,
	type CredentialStore,
} from '../../embedded-n8n';
import { Probe, ProbeApi } from './probe';

const PASSWORD = 'open-sesame';

/** A vendor in miniature; `tokens` counts sign-ins, the newest token alone is valid. */
let vendor: { server: Server; url: string; requests: IncomingMessage[]; tokens: number };

beforeEach(async () => {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		let text = '';
		request.on('data', (chunk: Buffer) => (text += chunk.toString()));
		request.on('end', () => {
			const answer = (status: number, body: unknown) => {
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(JSON.stringify(body));
			};
			if (request.url === '/token') {
				if (!text.includes(PASSWORD)) return answer(401, { message: 'wrong' });
				vendor.tokens += 1;
				return answer(200, { token: `t${vendor.tokens}` });
			}
			if (request.headers.authorization !== `Bearer t${vendor.tokens}`) return answer(401, {});
			if (request.url === '/things') return answer(200, ['apple', 'pear']);
			if (request.url === '/thing/missing') return answer(404, { message: 'no such thing' });
			return answer(200, { path: request.url });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	vendor = { server, url: `http://127.0.0.1:${port}`, requests, tokens: 0 };
});

afterEach(() => {
	vendor.server.closeAllConnections();
	vendor.server.close();
});

const node = new Probe();

function store(password = PASSWORD): CredentialStore {
	return createCredentialStore({
		types: [new ProbeApi()],
		records: { probeApi: { url: vendor.url, password } },
	});
}

const items = (...things: string[]) => things.map((thing) => ({ json: { thing } }));
const parameters = { thing: '={{ $json.thing }}' };

describe('runNode', () => {
	it('runs the node with expressions, credentials, pairing and hints of the real engine', async () => {
		const credentialStore = store();
		const result = await runNode({
			node,
			parameters,
			items: items('apple', 'pear'),
			credentialStore,
			mode: 'webhook',
			executionId: '77',
		});
		expect(result.status).toBe('success');
		expect(result.items.map(({ json }) => json.body)).toEqual([
			{ path: '/thing/apple' },
			{ path: '/thing/pear' },
		]);
		expect(result.items[1]!.pairedItem).toEqual({ item: 1 });
		expect(result.items[0]!.json.execution).toEqual({
			mode: 'webhook',
			id: '77',
			type: 'n8n-nodes-nexudus.probe',
		});
		expect(result.hints).toEqual([{ message: 'probed' }]);
		expect(vendor.requests.at(-1)!.headers.client_id).toBe('probe');
	});

	it('signs in once for several items and keeps the session for the next run', async () => {
		const credentialStore = store();
		const run = { node, parameters, items: items('apple', 'pear'), credentialStore };
		await runNode(run);
		await runNode(run);
		expect(credentialStore.signIns).toEqual([
			{ type: 'probeApi', id: 'probeApi', reason: 'empty' },
		]);
		expect(credentialStore.writes).toHaveLength(1);
		expect(credentialStore.read('probeApi').session).toBe('t1');
		expect(vendor.requests.map(({ url }) => url)).toHaveLength(5);
	});

	it('signs in again after a 401 and repeats the request once', async () => {
		const credentialStore = store();
		await runNode({ node, parameters, items: items('apple'), credentialStore });
		vendor.tokens = 5;
		const result = await runNode({ node, parameters, items: items('pear'), credentialStore });
		expect(result.items).toHaveLength(1);
		expect(credentialStore.signIns.map(({ reason }) => reason)).toEqual(['empty', 'expired']);
		expect(credentialStore.read('probeApi').session).toBe('t6');
	});

	it('notes a refused sign-in and reports the error of the hook', async () => {
		const credentialStore = store('wrong');
		const result = await runNode({ node, parameters, items: items('apple'), credentialStore });
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain('The password was refused');
		expect(credentialStore.signIns).toHaveLength(1);
		expect(credentialStore.signIns[0]!.error).toBeInstanceOf(Error);
		expect(vendor.requests).toHaveLength(1);
	});

	it('reports what the node threw, as n8n keeps it', async () => {
		const run = { node, parameters, items: items('missing'), credentialStore: store() };
		const { error } = await runNode(run);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
	});

	it.each([
		['continueRegularOutput', 2, 0],
		['continueErrorOutput', 1, 1],
	] as const)('sorts failed items as n8n does: %s', async (onError, regular, failed) => {
		const result = await runNode({
			node,
			parameters,
			items: items('apple', 'missing'),
			credentialStore: store(),
			onError,
		});
		expect(result.status).toBe('success');
		expect([result.items.length, result.errorItems.length]).toEqual([regular, failed]);
	});

	it('leaves Retry On Fail to n8n, which runs all items again', async () => {
		const credentialStore = store();
		await runNode({
			node,
			parameters,
			items: items('apple', 'missing'),
			credentialStore,
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		});
		const paths = vendor.requests.map(({ url }) => url);
		expect(paths.filter((path) => path === '/thing/apple')).toHaveLength(3);
	});

	it('stops a running execution when the signal is aborted', async () => {
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 30);
		const result = await runNode({
			node,
			parameters: { ...parameters, wait: 60 },
			items: items('apple', 'pear'),
			credentialStore: store(),
			signal: stop.signal,
		});
		expect(result.status).toBe('canceled');
		expect(vendor.requests).toHaveLength(0);
	});

	it('runs several executions at the same time, each with its own result', async () => {
		const credentialStore = store();
		await runNode({ node, parameters, items: items('first'), credentialStore });
		const runs = await Promise.all(
			['a', 'b', 'c'].map(
				async (thing) => await runNode({ node, parameters, items: items(thing), credentialStore }),
			),
		);
		expect(runs.map(({ items: [item] }) => item?.json.body)).toEqual([
			{ path: '/thing/a' },
			{ path: '/thing/b' },
			{ path: '/thing/c' },
		]);
		expect(new Set(runs.map(({ items: [item] }) => item?.json.execution)).size).toBe(3);
		expect(vendor.tokens).toBe(1);
	});

	it('runs the tool variant behind an agent, with the input of the model', async () => {
		const result = await runNode({
			node,
			parameters: { thing: "={{ $fromAI('thing') }}" },
			items: items('apple', 'pear'),
			credentialStore: store(),
			asTool: true,
		});
		expect(result.items.at(-1)!.json).toMatchObject({
			body: { path: '/thing/pear' },
			execution: { type: 'n8n-nodes-nexudus.probeTool' },
		});
		expect(outputsOf(result.runData, 'Agent')[0]).toHaveLength(2);
	});

	it('tells the agent the message of what the tool variant threw', async () => {
		const result = await runNode({
			node,
			parameters: { thing: "={{ $fromAI('thing') }}", fail: true },
			items: items('apple'),
			credentialStore: store(),
			asTool: true,
		});
		expect(result.items).toEqual([{ json: { error: 'No apple' } }]);
		expect(result.error).toMatchObject({ name: 'NodeOperationError', message: 'No apple' });
	});
});

describe('runWorkflow', () => {
	it('carries a webhook call through the workflow to its response', async () => {
		const link = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
		const at = { typeVersion: 1, position: [0, 0] as [number, number] };
		const result = await runWorkflow(
			{
				nodes: [
					{ ...at, name: 'Webhook', type: 'n8n-nodes-base.webhook', parameters: { path: 'x' } },
					{
						...at,
						name: 'Fields',
						type: 'n8n-nodes-base.set',
						typeVersion: 3.4,
						parameters: {
							assignments: {
								assignments: [
									{ id: '1', name: 'thing', value: '={{ $json.body.id }}', type: 'string' },
								],
							},
						},
					},
					{ ...at, name: 'Probe', type: 'n8n-nodes-nexudus.probe', parameters },
					{
						...at,
						name: 'Respond',
						type: 'n8n-nodes-base.respondToWebhook',
						parameters: {
							respondWith: 'json',
							responseBody: '={{ $json.body }}',
							options: { responseCode: 201 },
						},
					},
				],
				connections: { Webhook: link('Fields'), Fields: link('Probe'), Probe: link('Respond') },
			},
			{
				nodeTypes: { 'n8n-nodes-nexudus.probe': node },
				credentialStore: store(),
				mode: 'webhook',
				triggerItems: [{ json: { body: { id: 'fig' } } }],
			},
		);
		expect(result.error).toBeUndefined();
		expect(result.responses).toEqual([
			{ body: { path: '/thing/fig' }, headers: {}, statusCode: 201 },
		]);
	});
});

describe('runListSearch', () => {
	it('searches with the credential, as the editor does', async () => {
		const credentialStore = store();
		const run = { node, method: 'searchThings', filter: 'pe', credentialStore };
		expect(await runListSearch(run)).toEqual({ results: [{ name: 'pear', value: 'pear' }] });
		expect(credentialStore.signIns).toHaveLength(1);
	});
});

describe('testCredential', () => {
	const { test } = new ProbeApi();

	it('signs in afresh even where a session is stored', async () => {
		const credentialStore = store();
		credentialStore.save('probeApi', { url: vendor.url, password: PASSWORD, session: 'old' });
		expect(await testCredential(credentialStore, test, 'probeApi')).toMatchObject({ status: 'OK' });
		expect(credentialStore.signIns).toMatchObject([{ reason: 'test' }]);
	});

	it('turns red with the text of the hook', async () => {
		const result = await testCredential(store('wrong'), test, 'probeApi');
		expect(result).toEqual({ status: 'Error', message: 'The password was refused' });
	});
});
