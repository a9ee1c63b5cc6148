import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { createCredentialStore, runNode } from '../../embedded-n8n';
import { Nexudus, NexudusCustomerSessionApi } from '../../embedded-n8n/nexudus';
import type { HttpRequest, Reply } from '../../guarded-change/change';
import { n8nTransports } from '../../n8n/transport';

const CREDENTIAL = 'nexudusCustomerSessionApi';

let server: Server;
let answer: RequestListener;
let url: string;
let seen: string[];

beforeEach(async () => {
	seen = [];
	server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
		answer(request, response);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
	server.closeAllConnections();
	server.close();
});

/** Which of n8n's helpers sends: with the credential's session, or as the request is. */
type Helper = 'authenticated' | 'plain';

/** One request through n8n's own helper, from inside a node. */
async function send(
	request: Partial<HttpRequest> = {},
	{ limit = 10_000, renewing = false, signal = undefined as AbortSignal | undefined } = {},
	helper: Helper = 'authenticated',
): Promise<Reply> {
	let reply: Reply | undefined;
	const probe = {
		description: {
			...new Nexudus().description,
			properties: [],
			credentials: [{ name: CREDENTIAL, required: true }],
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const transports = n8nTransports({
				context: this,
				...(helper === 'authenticated' && { credentialType: CREDENTIAL }),
				clock: {
					now: () => Date.now(),
					random: () => 0,
					sleep: async (ms) => await new Promise((done) => setTimeout(done, ms)),
				},
				signal,
				signInPrefix: 'Nexudus sign-in: ',
			});
			const transport = renewing ? transports.renewing : transports.once;
			reply = await transport({ method: 'GET', url: `${url}/thing`, ...request }, limit);
			return [[]];
		},
	} as unknown as INodeType;
	const credentialStore = createCredentialStore({
		types: [new NexudusCustomerSessionApi()],
		records: {
			[CREDENTIAL]: { portalUrl: url, signInWith: 'accessToken', accessToken: 'token-1' },
		},
	});
	await runNode({ node: probe, parameters: {} as IDataObject as never, credentialStore });
	return reply!;
}

describe.each<Helper>(['authenticated', 'plain'])("a request through n8n's %s helper", (helper) => {
	const bearer = helper === 'authenticated' ? ' Bearer token-1' : '';

	it.each([200, 201, 204, 301, 400, 401, 403, 404, 409, 418, 429, 500, 502, 503])(
		'that is answered with %d goes out once and brings status and headers',
		async (status) => {
			answer = (_request, response) => {
				response.writeHead(status, { 'Retry-After': '7', location: '/elsewhere' });
				response.end();
			};
			const reply = await send({}, {}, helper);
			expect(reply).toMatchObject({ answered: true, status });
			expect((reply as { headers: object }).headers).toMatchObject({ 'retry-after': '7' });
			expect(seen).toEqual([`GET /thing${bearer}`]);
		},
	);

	it.each([
		['{"a":1}', 'application/json', { a: 1 }],
		['"word"', 'application/json', 'word'],
		['{"a":', 'application/json', '{"a":'],
		['plain', 'text/plain', 'plain'],
		['', 'application/json', ''],
		['<html></html>', 'text/html', '<html></html>'],
	])('brings the body %j', async (body, type, expected) => {
		answer = (_request, response) => {
			response.writeHead(200, { 'content-type': type }).end(body);
		};
		expect(await send({}, {}, helper)).toMatchObject({
			answered: true,
			status: 200,
			body: expected,
		});
	});

	it('sends method, body and headers exactly as given', async () => {
		let got = '';
		answer = (request, response) => {
			request.on('data', (chunk: Buffer) => (got += chunk.toString()));
			request.on('end', () => response.end(request.headers['content-type']));
		};
		const reply = await send(
			{
				method: 'PUT',
				body: '{"PauseCycles":2}',
				headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			},
			{},
			helper,
		);
		expect(got).toBe('{"PauseCycles":2}');
		expect(reply).toMatchObject({ body: 'application/json' });
	});

	it('that is silent is given up after its limit', async () => {
		answer = () => undefined;
		const started = performance.now();
		const reply = await send({}, { limit: 200 }, helper);
		expect(reply.answered).toBe(false);
		expect(['TIMED_OUT', 'ECONNABORTED', 'ETIMEDOUT']).toContain((reply as { code: string }).code);
		expect(performance.now() - started).toBeLessThan(2000);
	});

	it('that drips is given up after its limit, although it never falls silent', async () => {
		answer = (_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			const timer = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(timer));
		};
		expect(await send({}, { limit: 300 }, helper)).toEqual({ answered: false, code: 'TIMED_OUT' });
	});

	it.each([
		['reset', 'ECONNRESET'],
		['cut in the body', 'ECONNRESET'],
	])('that is %s is unanswered', async (what) => {
		answer = (_request, response) => {
			if (what !== 'reset') {
				response.writeHead(200, { 'content-length': '100' });
				response.write('{"half":');
				setTimeout(() => response.socket?.destroy(), 20);
			} else response.socket?.resetAndDestroy();
		};
		const reply = await send({}, {}, helper);
		expect(reply.answered).toBe(false);
		expect((reply as { code: string }).code).not.toMatch(/^\d/);
	});

	it('that nobody takes says ECONNREFUSED', async () => {
		server.close();
		answer = () => undefined;
		expect(await send({}, {}, helper)).toEqual({ answered: false, code: 'ECONNREFUSED' });
	});

	it('of an execution that was stopped says so', async () => {
		answer = (_request, response) => {
			response.socket?.destroy();
		};
		const reply = await send({}, { signal: AbortSignal.abort() }, helper);
		expect(reply).toEqual({ answered: false, code: 'CANCELLED' });
	});
});

it('a request that renews is sent once more at the most where it is answered with 401', async () => {
	answer = (_request, response) => {
		response.writeHead(401).end();
	};
	expect(await send({}, { renewing: true })).toMatchObject({
		answered: true,
		status: 401,
	});
	expect(seen.length).toBeLessThanOrEqual(2);
});
