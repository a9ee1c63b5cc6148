import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { createSandbox } from '../../sandbox/createSandbox';
import { manyContracts } from '../../sandbox/seeds/story';
import { contractsPath, maria, metaPath, openPortal, pausePath, type Portal } from './portal';

let portal: Portal;
beforeAll(async () => {
	portal = await openPortal();
});
afterAll(() => portal.sandbox.close());
beforeEach(() => portal.sandbox.reset());

describe('the server', () => {
	it.each(['0.0.0.0', '::', '192.168.1.10', 'example.test', '127.0.0.1.example.test'])(
		'does not listen on %s',
		async (host) => {
			await expect(createSandbox({ host })).rejects.toThrow('loopback only');
		},
	);

	it('closes at once, whatever is held', async () => {
		const { sandbox, as } = await openPortal();
		const http = await as(maria);
		sandbox.faults.order({ route: 'list', kind: 'stall', commit: 'never' });
		const held = http.get(contractsPath);
		held.catch(() => undefined);
		while (sandbox.requests.at(-1)?.fault !== 'stall') await new Promise(setImmediate);
		const before = performance.now();
		await sandbox.close();
		expect(performance.now() - before).toBeLessThan(500);
		await expect(held).rejects.toMatchObject({ code: 'ECONNRESET' });
	});

	it('says the vendor time in every reply', async () => {
		portal.sandbox.clock.set(new Date('2031-05-06T07:08:09Z'));
		const reply = await portal.http.get(contractsPath);
		expect(reply.headers.date).toMatch(/^Tue, 06 May 2031 07:08:/);
	});

	it.each([
		['application/json', 'application/json'],
		['text/html', 'text/html'],
	])('answers 404 for an unknown path, to %s as %s', async (accept, type) => {
		const reply = await portal.http.get('/api/public/nothing', { headers: { accept } });
		expect(reply.status).toBe(404);
		expect(reply.headers['content-type']).toContain(type);
		expect(portal.sandbox.requests).toMatchObject([{ kind: 'other', status: 404 }]);
	});
});

describe('reset', () => {
	it('tells the story anew and empties every log', async () => {
		const http = await portal.as(maria);
		await http.put(pausePath(700100), { PauseCycles: 1 });
		portal.sandbox.faults.order({ route: 'any', kind: 'refuse' });
		portal.sandbox.clock.advance(1e10);
		portal.sandbox.reset();
		expect(portal.sandbox.contract(700100).state).toBe('none');
		expect(portal.sandbox.committed).toEqual([]);
		expect(portal.sandbox.requests).toEqual([]);
		expect(portal.sandbox.signIns).toEqual([]);
		expect(portal.sandbox.faults.pending()).toEqual([]);
		expect(Math.abs(portal.sandbox.clock.now().getTime() - Date.now())).toBeLessThan(1000);
		expect((await http.get(contractsPath)).status).toBe(401);
	});

	it('leaves a given seed as it was', async () => {
		const { storySeed } = await import('../../sandbox/seeds/story');
		const seed = storySeed(new Date());
		const copy = structuredClone(seed);
		portal.sandbox.reset(seed);
		portal.sandbox.otherHand.pause(700100, 1);
		expect(seed).toEqual(copy);
		portal.sandbox.reset(seed);
		expect(portal.sandbox.contract(700100).state).toBe('none');
	});

	it('takes far less than five milliseconds', () => {
		const before = performance.now();
		for (let n = 0; n < 100; n++) portal.sandbox.reset();
		expect((performance.now() - before) / 100).toBeLessThan(5);
	});
});

describe('bulk', () => {
	it('lists ten thousand contracts', async () => {
		portal.sandbox.addContracts(maria, manyContracts(10_000));
		const http = await portal.as(maria);
		const { data } = await http.get(`${contractsPath}?_shape=Contracts.Id`);
		expect(data.Contracts).toHaveLength(10_009);
	});

	it('replaces a contract with the same id', () => {
		portal.sandbox.addContracts(maria, manyContracts(1, 700104));
		expect(portal.sandbox.contracts(maria)).toHaveLength(9);
		expect(portal.sandbox.contract(700104).state).toBe('none');
	});

	it('can leave requests unrecorded', async () => {
		portal.sandbox.recordRequests = false;
		await portal.http.get(contractsPath);
		expect(portal.sandbox.requests).toEqual([]);
		portal.sandbox.recordRequests = true;
	});
});

describe('from another process', () => {
	const control = (method: string, path: string, data?: unknown) =>
		portal.http.request({ method, url: `/_sandbox/${path}`, data });

	it('everything can be done over HTTP', async () => {
		const http = await portal.as(maria);
		await control('PUT', 'readings', { scheduledPause: 'hidden' });
		expect(portal.sandbox.readings.scheduledPause).toBe('hidden');
		await control('PUT', 'readings', { scheduledPause: 'visible' });

		await control('POST', 'faults', { route: 'meta', kind: 'status', status: 500, times: null });
		expect((await http.get(metaPath(700100))).status).toBe(500);
		await control('DELETE', 'faults');
		expect((await http.get(metaPath(700100))).status).toBe(200);

		await control('POST', 'contracts', { account: maria, count: 2, firstId: 900_001 });
		await control('POST', 'contracts', {
			account: maria,
			contracts: [{ id: 900_009, pricePlan: 'Team Desk Quarterly' }],
		});
		await control('POST', 'other-hand', { contractId: 900_002, pause: 1 });
		expect((await control('GET', 'contracts/900002')).data.state).toBe('scheduled');
		expect((await control('GET', 'contracts')).data).toHaveLength(13);

		await http.put(pausePath(700100), { PauseCycles: 1 });
		expect((await control('GET', 'committed')).data).toMatchObject([{ contractId: 700100 }]);
		expect((await control('GET', 'requests')).data.at(-1)).toMatchObject({ committed: true });
		expect((await control('GET', 'sign-ins')).data).toMatchObject([{ email: maria }]);

		await control('POST', 'clock', { advanceMs: 3_600_000 });
		const { now } = (await control('GET', 'state')).data;
		expect(Date.parse(now) - Date.now()).toBeGreaterThan(3_590_000);

		await control('POST', 'expire-sessions', { account: maria });
		expect((await http.get(contractsPath)).status).toBe(401);
		await control('POST', 'reset');
		expect((await control('GET', 'committed')).data).toEqual([]);
	});

	it.each([
		['PUT', 'readings', { nothing: 1 }, 'There is no reading "nothing"'],
		['POST', 'faults', { route: 'any', kind: 'fire' }, 'There is no fault "fire"'],
		['POST', 'clock', { set: 'soon' }, '"soon" is no date'],
		['POST', 'contracts', { account: maria, pricePlan: 'Gold' }, 'There is no price plan "Gold"'],
		['POST', 'other-hand', { contractId: 1 }, 'There is no contract 1'],
		['POST', 'other-hand', { contractId: 700100 }, 'Contract 700100 is not paused'],
	])('%s %s of %j says what is wrong', async (method, path, body, error) => {
		const reply = await control(method, path, body);
		expect(reply.status).toBe(400);
		expect(reply.data.error).toContain(error);
	});

	it('does not count as a request to the vendor', async () => {
		await control('GET', 'state');
		await portal.http.get('/');
		expect(portal.sandbox.requests).toEqual([]);
	});
});

describe('the page', () => {
	it('is served with its parts', async () => {
		for (const [path, type] of [
			['/', 'text/html'],
			['/page.css', 'text/css'],
			['/timeline.css', 'text/css'],
			['/page.js', 'text/javascript'],
			['/contracts.js', 'text/javascript'],
		]) {
			const reply = await portal.http.get(path!);
			expect(reply.status).toBe(200);
			expect(reply.headers['content-type']).toContain(type);
		}
	});

	it('gets the plans of a customer with their time line', async () => {
		const { data } = await portal.http.get(`/_sandbox/plans?account=${maria}`);
		expect(data).toMatchObject({ account: maria, total: 9 });
		expect(data.plans[4]).toMatchObject({ id: 700104, cycle: 'a month', state: 'active' });
		expect(data.plans[4].ticks).toContain(data.plans[4].pauses[0].from);
	});

	it('gets every one of many contracts: by pages, by number, and by price plan', async () => {
		portal.sandbox.addContracts(maria, manyContracts(130, 900_001));
		const plans = async (query: string) => {
			const { data } = await portal.http.get(`/_sandbox/plans?account=${maria}&${query}`);
			const ids = (data.plans as Array<{ id: number }>).map(({ id }) => id);
			return { found: data.found, first: data.first, from: ids[0], to: ids.at(-1) };
		};
		expect(await plans('')).toEqual({ found: 139, first: 0, from: 700100, to: 900_051 });
		expect(await plans('after=60')).toEqual({ found: 139, first: 60, from: 900_052, to: 900_111 });
		const last = { found: 139, first: 120, from: 900_112, to: 900_130 };
		expect(await plans('after=5000')).toEqual(last);
		expect(await plans('contractId=900130')).toEqual(last);
		const one = { found: 1, first: 0, from: 900_061, to: 900_061 };
		expect(await plans('find=900061')).toEqual(one);
		expect(await plans('find=%20lockER')).toMatchObject({ found: 1, from: 700107 });
		expect(await plans('find=nothing')).toMatchObject({ found: 0, first: 0 });
	});

	it('gets what changed a contract, and by which request', async () => {
		const http = await portal.as(maria);
		await http.put(pausePath(700100), { PauseCycles: 2 });
		const { n } = portal.sandbox.requests.at(-1)!;
		const { data } = await portal.http.get(`/_sandbox/plans?account=${maria}`);
		expect(data.plans[0].changes).toMatchObject([
			{ request: n, operation: 'pause', cycles: 2, after: { state: 'scheduled' } },
		]);
		expect(data.plans[1].changes).toEqual([]);
	});

	it('hears of a request at once, when it comes and when it is answered', async () => {
		const stream = await portal.http.get('/_sandbox/events', { responseType: 'stream' });
		let heard = '';
		stream.data.on('data', (piece: Buffer) => (heard += piece.toString()));
		const http = await portal.as(maria);
		await http.put(pausePath(700100), { PauseCycles: 1 });
		while (!/event: done\ndata: .*"kind":"pause".*"committed":true/.test(heard)) {
			await new Promise(setImmediate);
		}
		expect(heard).toMatch(/event: request\ndata: .*"kind":"pause".*"status":null/);
		stream.data.destroy();
	});
});

describe('independence', () => {
	const root = join(__dirname, '../../sandbox');
	const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith('.ts'),
	);

	it.each(files)('%s imports nothing of the node', (name) => {
		const text = readFileSync(join(root, name), 'utf8');
		const imported = [...text.matchAll(/(?:from|import\(|require\()\s*['"]([^'"]+)['"]/g)];
		for (const [, path = ''] of imported) {
			if (!path.startsWith('.')) expect(path).not.toMatch(/^n8n/);
			else expect(join(root, name, '..', path).startsWith(root)).toBe(true);
		}
	});
});
