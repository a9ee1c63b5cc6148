import type { HttpRequest, Reply } from '../../../guarded-change/change';
import { DEFAULT_SETTINGS } from '../../../guarded-change/settings';
import { processMemory } from '../../../n8n/processMemory';
import { NEXUDUS_LIMITS } from '../../../nodes/Nexudus/limits';
import { memberAccess } from '../../../nodes/Nexudus/operator/memberSessions';

const PORTAL = 'https://myspace.spaces.nexudus.com';
const ADMIN = 'https://spaces.nexudus.com';

const ok = (body: unknown): Reply => ({ answered: true, status: 200, headers: {}, body });

/** An operator whose requests are kept instead of sent. */
function access() {
	const inOwnSession: HttpRequest[] = [];
	const plain: HttpRequest[] = [];
	const made = memberAccess({
		admin: ADMIN,
		portal: PORTAL,
		operator: 'olga@example.test',
		clientId: 'n8n',
		limits: { ...NEXUDUS_LIMITS, minSpacing: 0 },
		settings: DEFAULT_SETTINGS,
		transport: async (request) => {
			inOwnSession.push(request);
			return await Promise.resolve(ok({ token: 'a.b.c' }));
		},
		renewingTransport: async () => await Promise.reject(new Error('not needed')),
		plainTransport: async (request) => {
			plain.push(request);
			return await Promise.resolve(ok(plain.length === 1 ? { token: 'of-the-member' } : {}));
		},
		run: {
			clock: { now: () => Date.now(), sleep: async () => await Promise.resolve(), random: () => 0 },
			memory: processMemory,
			account: `host pin ${Math.random()}`,
			cancelled: () => false,
			stopped: () => false,
			failuresLeft: () => Infinity,
		},
	});
	return { made, inOwnSession, plain };
}

it('sends the bearer of a member with requests to the portal', async () => {
	const { made, plain, inOwnSession } = access();
	const { tools, open } = made.sessionOf(7);
	await open?.();
	await tools.transport({ method: 'GET', url: `${PORTAL}/api/public/plans/my` }, 1000);
	expect(inOwnSession.map(({ url }) => url)).toEqual([
		`${ADMIN}/api/sys/users/impersonate?coworkerId=7`,
	]);
	expect(plain.map(({ url }) => url)).toEqual([
		`${PORTAL}/api/sys/users/exchange?token=a.b.c&validForInMinutes=15`,
		`${PORTAL}/api/public/plans/my`,
	]);
	expect(plain[0]?.headers).not.toHaveProperty('Authorization');
	expect(plain[1]?.headers).toEqual({ Authorization: 'Bearer of-the-member' });
});

it.each([
	`${ADMIN}/api/public/plans/my`,
	'https://myspace.spaces.nexudus.com.example.test/',
	'https://myspace.spaces.nexudus.com:8443/',
	'http://myspace.spaces.nexudus.com/',
	'/api/public/plans/my',
])('sends the bearer of a member nowhere else: %s', async (url) => {
	const { made, plain } = access();
	const { tools, open } = made.sessionOf(7);
	await open?.();
	const reply = await tools.transport({ method: 'GET', url }, 1000);
	expect(reply).toMatchObject({ answered: false, code: 'NO_SESSION' });
	expect(plain).toHaveLength(1);
});

it('keeps the sessions of two members apart', () => {
	const { made } = access();
	expect(made.sessionOf(7)).toBe(made.sessionOf(7));
	expect(made.sessionOf(7)).not.toBe(made.sessionOf(8));
});
