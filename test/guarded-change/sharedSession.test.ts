import type { Renewal, Reply } from '../../guarded-change/change';
import { sharedSession } from '../../guarded-change/sharedSession';

const request = { method: 'GET' as const, url: 'https://space.example.test/' };
const status = (code: number): Reply => ({ answered: true, status: code, headers: {}, body: '' });
const NO_SESSION: Reply = { answered: false, code: 'NO_SESSION' };

function session(options: { replies?: Reply[]; renewals?: Renewal[] } = {}) {
	const log = { sent: 0, renewals: 0, opened: 0, now: 100 };
	const replies = options.replies ?? [];
	const renewals = options.renewals ?? [];
	const pending: Array<() => void> = [];
	const made = sharedSession({
		transport: async () => {
			log.sent += 1;
			return await Promise.resolve(replies.shift() ?? status(200));
		},
		clock: { now: () => log.now },
		renew: async () => {
			log.renewals += 1;
			await new Promise<void>((resolve) => pending.push(resolve));
			return renewals.shift() ?? true;
		},
		mayRenewAfter: ({ code }) => code === 'stopped',
		opened: () => {
			log.opened += 1;
		},
	});
	const finishRenewal = async () => {
		pending.shift()?.();
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { made, log, finishRenewal };
}

describe('The gate of a session', () => {
	it('lets the first request go alone, and the others when it has come back', async () => {
		const { made } = session();
		expect(made.gate.mayPass()).toBe(true);
		made.gate.passed();
		expect(made.gate.mayPass()).toBe(false);
		await made.transport(request, 0);
		made.gate.left();
		expect(made.gate.mayPass()).toBe(true);
		made.gate.passed();
		expect(made.gate.mayPass()).toBe(true);
	});

	it('lets the next be the first where the first gave its turn back', () => {
		const { made } = session();
		made.gate.passed();
		made.gate.left();
		expect(made.gate.mayPass()).toBe(true);
	});

	it('is closed while the session is renewed, and says when it opens', async () => {
		const { made, log, finishRenewal } = session();
		await made.transport(request, 0);
		const renewed = made.renew(50);
		expect(made.gate.mayPass()).toBe(false);
		expect(log.opened).toBe(0);
		await finishRenewal();
		expect(await renewed).toBe(true);
		expect(made.gate.mayPass()).toBe(true);
		expect(log.opened).toBe(1);
	});
});

describe('A renewal', () => {
	it('serves all that left before it', async () => {
		const { made, log, finishRenewal } = session();
		const all = [40, 50, 100].map(async (since) => await made.renew(since));
		await finishRenewal();
		expect(await Promise.all(all)).toEqual([true, true, true]);
		expect(await made.renew(99)).toBe(true);
		expect(log.renewals).toBe(1);
	});

	it('is made again only after a request has succeeded in between', async () => {
		const { made, log, finishRenewal } = session({ replies: [status(401), status(200)] });
		const first = made.renew(50);
		await finishRenewal();
		await first;
		log.now = 200;
		await made.transport(request, 0);
		expect(await made.renew(150)).toBe(false);
		await made.transport(request, 0);
		const second = made.renew(150);
		await finishRenewal();
		expect(await second).toBe(true);
		expect(log.renewals).toBe(2);
	});

	it('that failed for a reason that may pass is not the last', async () => {
		const { made, log, finishRenewal } = session({ renewals: [{ code: 'stopped' }] });
		const first = made.renew(50);
		await finishRenewal();
		expect(await first).toEqual({ code: 'stopped' });
		// Who left before it hears the same; who left later makes another.
		expect(await made.renew(60)).toEqual({ code: 'stopped' });
		log.now = 200;
		const second = made.renew(150);
		await finishRenewal();
		expect(await second).toBe(true);
		expect(log.renewals).toBe(2);
	});

	it.each<[string, Renewal]>([
		['without a reason', false],
		['for a reason that stays', { code: 'contradicted' }],
	])('that failed %s is the last', async (_, failed) => {
		const { made, log, finishRenewal } = session({ renewals: [failed] });
		const first = made.renew(50);
		await finishRenewal();
		expect(await first).toEqual(failed);
		log.now = 200;
		await made.transport(request, 0);
		expect(await made.renew(150)).toEqual(failed);
		expect(log.renewals).toBe(1);
	});
});

describe('A sign-in that gave no session', () => {
	it('is not tried again for the next request', async () => {
		const { made, log } = session({ replies: [NO_SESSION] });
		expect(await made.transport(request, 0)).toBe(NO_SESSION);
		expect(await made.transport(request, 0)).toBe(NO_SESSION);
		expect(await made.renew(50)).toBe(false);
		expect(log).toMatchObject({ sent: 1, renewals: 0 });
	});
});
