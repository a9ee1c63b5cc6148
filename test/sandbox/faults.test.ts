import type { AxiosInstance } from 'axios';
import { connect } from 'net';
import { faultKinds, type FaultRule } from '../../sandbox/wire/faults';
import { contractsPath, maria, metaPath, openPortal, pausePath, type Portal } from './portal';

let portal: Portal;
let http: AxiosInstance;
beforeAll(async () => {
	portal = await openPortal();
});
afterAll(() => portal.sandbox.close());
beforeEach(async () => {
	portal.sandbox.reset();
	http = await portal.as(maria);
});

const order = (rule: FaultRule) => portal.sandbox.faults.order(rule);
const pause = (timeout?: number) => http.put(pausePath(700100), { PauseCycles: 1 }, { timeout });
const commits = () => portal.sandbox.committed.length;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends a pause on a socket of its own and gives every byte that comes back, with its time. */
async function pauseOnTheWire(
	forMs: number,
): Promise<{ text: string; pieces: number; end: string }> {
	const { hostname, port } = new URL(portal.sandbox.url);
	const body = '{"PauseCycles":1}';
	const authorization = http.defaults.headers.authorization as string;
	const socket = connect(Number(port), hostname);
	let text = '';
	let pieces = 0;
	let end = 'open';
	socket.on('data', (data) => {
		text += data.toString();
		pieces++;
	});
	socket.on('end', () => (end = 'end'));
	socket.on('error', (error: NodeJS.ErrnoException) => (end = error.code ?? 'error'));
	socket.write(
		`PUT ${pausePath(700100)} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n` +
			`content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
	);
	const started = Date.now();
	while (end === 'open' && Date.now() - started < forMs) await sleep(5);
	socket.destroy();
	return { text, pieces, end };
}

describe('connections', () => {
	it('refuse: closed without a word, nothing committed', async () => {
		order({ route: 'pause', kind: 'refuse' });
		expect(await pauseOnTheWire(1000)).toEqual({ text: '', pieces: 0, end: 'end' });
		expect(commits()).toBe(0);
	});

	it('thenRefuse: the answer arrives, the next connection is refused, later it works', async () => {
		order({ route: 'meta', kind: 'thenRefuse', ms: 150 });
		expect((await http.get(metaPath(700100))).status).toBe(200);
		await expect(pause()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		await sleep(200);
		expect((await pause()).status).toBe(200);
		expect(commits()).toBe(1);
	});

	it('refuseConnections: nothing listens until it is taken back', async () => {
		await portal.sandbox.refuseConnections(true);
		await expect(pause()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		await portal.sandbox.refuseConnections(false);
		expect((await pause()).status).toBe(200);
	});

	it.each([
		['resetBeforeCommit', 0],
		['resetAfterCommit', 1],
	] as const)('%s: a TCP reset, %i committed', async (kind, committed) => {
		order({ route: 'pause', kind });
		expect(await pauseOnTheWire(1000)).toEqual({ text: '', pieces: 0, end: 'ECONNRESET' });
		expect(commits()).toBe(committed);
	});
});

describe('stall', () => {
	it.each([
		['before', 1],
		['never', 0],
	] as const)('commit %s: no word at all, %i committed', async (commit, committed) => {
		order({ route: 'pause', kind: 'stall', commit });
		await expect(pause(100)).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect(commits()).toBe(committed);
	});

	it('commit before, with ms: the usual answer comes late', async () => {
		order({ route: 'pause', kind: 'stall', commit: 'before', ms: 80 });
		const reply = pause();
		await sleep(40);
		expect(commits()).toBe(1);
		expect((await reply).status).toBe(200);
	});

	it('commit after: commits late, even though the client has left', async () => {
		order({ route: 'pause', kind: 'stall', commit: 'after', ms: 150 });
		await expect(pause(50)).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect(commits()).toBe(0);
		await sleep(200);
		expect(commits()).toBe(1);
	});

	it('commit never, with ms: the connection is closed', async () => {
		order({ route: 'pause', kind: 'stall', commit: 'never', ms: 30 });
		await expect(pause()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(commits()).toBe(0);
	});

	it('a reset lets go of what is held', async () => {
		order({ route: 'pause', kind: 'stall', commit: 'after', ms: 500 });
		const held = pause();
		held.catch(() => undefined);
		while (portal.sandbox.faults.pending().length > 0) await sleep(2);
		portal.sandbox.reset();
		await expect(held).rejects.toMatchObject({ code: 'ECONNRESET' });
		await sleep(550);
		expect(commits()).toBe(0);
	});
});

describe('bytes', () => {
	it('drip: one byte at a time, without end, so that no idle limit ends it', async () => {
		order({ route: 'pause', kind: 'drip', ms: 2 });
		const seen = await pauseOnTheWire(400);
		expect(seen.end).toBe('open');
		expect(seen.pieces).toBeGreaterThan(20);
		expect(seen.text).toMatch(/^HTTP\/1\.1 200/);
		expect(commits()).toBe(1);
	});

	it('drip with bytes: ends well', async () => {
		order({ route: 'pause', kind: 'drip', ms: 1, bytes: 20 });
		expect((await pause()).status).toBe(200);
		order({ route: 'meta', kind: 'drip', ms: 1, bytes: 0 });
		expect((await http.get(metaPath(700101))).data.PauseCyclesLimit).toBe(3);
	});

	it('halfBody: less than was promised, then closed', async () => {
		order({ route: 'pause', kind: 'halfBody' });
		const { text, end } = await pauseOnTheWire(1000);
		const [head = '', body = ''] = text.split('\r\n\r\n');
		const promised = Number(/content-length: (\d+)/.exec(head)?.[1]);
		expect(end).toBe('end');
		expect(body.length).toBeGreaterThan(0);
		expect(body.length).toBeLessThan(promised);
		expect(commits()).toBe(1);
	});

	it.each([
		[undefined, 1],
		[false, 0],
	])('badJson, commit %s: 200 and no JSON, %i committed', async (commit, committed) => {
		order({ route: 'pause', kind: 'badJson', commit });
		const reply = await pause();
		expect(reply.status).toBe(200);
		expect(typeof reply.data).toBe('string');
		expect(commits()).toBe(committed);
	});
});

describe('answers', () => {
	it.each([301, 302, 303, 307, 308] as const)('redirect %i, not committed', async (status) => {
		order({ route: 'pause', kind: 'redirect', status, location: '/elsewhere' });
		const reply = await pause();
		expect([reply.status, reply.headers.location]).toEqual([status, '/elsewhere']);
		expect(commits()).toBe(0);
	});

	it.each([true, false])('status with body and headers, commit %s', async (commit) => {
		const headers = { 'retry-after': '7', 'content-type': 'text/plain' };
		order({ route: 'pause', kind: 'status', status: 503, body: 'busy', headers, commit });
		const reply = await pause();
		expect([reply.status, reply.data, reply.headers['retry-after']]).toEqual([503, 'busy', '7']);
		expect(commits()).toBe(commit ? 1 : 0);
	});

	it.each([true, false])('html with status 200, commit %s', async (commit) => {
		order({ route: 'pause', kind: 'html', commit });
		const reply = await pause();
		expect(reply.headers['content-type']).toContain('text/html');
		expect(commits()).toBe(commit ? 1 : 0);
	});

	it('wasSuccessfulFalse: 200, not committed', async () => {
		order({ route: 'pause', kind: 'wasSuccessfulFalse' });
		const reply = await pause();
		expect([reply.status, reply.data.WasSuccessful]).toEqual([200, false]);
		expect(commits()).toBe(0);
	});

	it.each([
		['delay', 0],
		['slowButOk', 1],
	] as const)(
		'%s: in the middle of the wait %i committed, then all is well',
		async (kind, count) => {
			order({ route: 'pause', kind, ms: 100 });
			const reply = pause();
			await sleep(50);
			expect(commits()).toBe(count);
			expect((await reply).status).toBe(200);
			expect(commits()).toBe(1);
		},
	);
});

describe('which request is struck', () => {
	const rule: FaultRule = { route: 'meta', kind: 'status', status: 500 };
	const metas = async (ids: number[]) => {
		const replies = [];
		for (const id of ids) replies.push((await http.get(metaPath(id))).status);
		return replies;
	};

	it.each([
		['once by default', rule, [500, 200, 200]],
		['as often as ordered', { ...rule, times: 2 }, [500, 500, 200]],
		['for ever', { ...rule, times: Infinity }, [500, 500, 500]],
		['after some', { ...rule, skip: 1 }, [200, 500, 200]],
		['of one contract', { ...rule, contractId: 700102 }, [200, 200, 500]],
		['of any route', { ...rule, route: 'any' as const }, [500, 200, 200]],
		['not of another route', { ...rule, route: 'pause' as const }, [200, 200, 200]],
	])('%s', async (_case, given, statuses) => {
		order(given);
		expect(await metas([700100, 700101, 700102])).toEqual(statuses);
	});

	it('the rules of one route strike in the order they were given', async () => {
		order(rule);
		order({ ...rule, status: 502 });
		expect(await metas([700100, 700100, 700100])).toEqual([500, 502, 200]);
	});

	it('is marked in the log of requests', async () => {
		order({ ...rule, route: 'list' });
		await http.get(contractsPath);
		expect(portal.sandbox.requests.at(-1)).toMatchObject({ kind: 'list', fault: 'status' });
	});

	it('an unknown kind is refused', () => {
		expect(() => order({ ...rule, kind: 'fire' } as never)).toThrow(faultKinds.join(', '));
	});
});
