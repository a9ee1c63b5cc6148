import { Throttle, documentedLimits, noLimits } from '../../sandbox/vendor/throttle';
import { contractsPath, maria, metaPath, openPortal, pausePath, tom } from './portal';

describe('limits in a rolling window', () => {
	it('lets the documented number through, then names the seconds to wait', () => {
		const throttle = new Throttle({ ...documentedLimits, minSpacingMs: 0 });
		for (let n = 0; n < 120; n++) expect(throttle.admit('a', false, 1000 + n)).toBe(0);
		expect(throttle.admit('a', false, 2000)).toBe(59);
		expect(throttle.admit('b', false, 2000)).toBe(0);
		expect(throttle.admit('a', false, 60_999)).toBe(1);
		expect(throttle.admit('a', false, 61_000)).toBe(0);
		expect(throttle.admit('a', false, 61_000)).toBe(1);
	});

	it('counts writes apart', () => {
		const throttle = new Throttle({ ...documentedLimits, minSpacingMs: 0 });
		for (let n = 0; n < 60; n++) expect(throttle.admit('a', true, 0)).toBe(0);
		expect(throttle.admit('a', true, 0)).toBe(60);
		expect(throttle.admit('a', false, 0)).toBe(0);
	});

	it('asks for a distance between two requests', () => {
		const throttle = new Throttle({ ...noLimits, minSpacingMs: 100 });
		expect(throttle.admit('a', false, 0)).toBe(0);
		expect(throttle.admit('a', false, 99)).toBe(1);
		expect(throttle.admit('a', false, 100)).toBe(0);
	});

	it('does not count what it refused', () => {
		const throttle = new Throttle({ ...noLimits, requestsPerMinute: 1, windowMs: 1000 });
		throttle.admit('a', false, 0);
		for (let at = 1; at < 1000; at += 100) expect(throttle.admit('a', false, at)).toBe(1);
		expect(throttle.admit('a', false, 1000)).toBe(0);
	});
});

describe.each([409, 429] as const)('on the wire as %i', (throttleStatus) => {
	it('refuses with Retry-After and an empty body, and commits nothing', async () => {
		const { sandbox, as } = await openPortal({ readings: { throttleStatus } });
		const [marias, toms] = [await as(maria), await as(tom)];
		sandbox.throttle.set({ requestsPerMinute: 1 });
		await marias.get(metaPath(700100));
		const reply = await marias.put(pausePath(700100), { PauseCycles: 1 });
		expect([reply.status, reply.data]).toEqual([throttleStatus, '']);
		expect(reply.headers['retry-after']).toBe('60');
		expect(sandbox.committed).toEqual([]);
		expect(sandbox.requests.at(-1)).toMatchObject({ throttled: true, status: throttleStatus });
		expect((await toms.get(contractsPath)).status).toBe(200);
		sandbox.throttle.off();
		expect((await marias.put(pausePath(700100), { PauseCycles: 1 })).status).toBe(200);
		await sandbox.close();
	});
});
