import type { Reply } from '../../../guarded-change/change';
import { DEFAULT_SETTINGS } from '../../../guarded-change/settings';
import { processMemory } from '../../../n8n/processMemory';
import { NEXUDUS_LIMITS } from '../../../nodes/Nexudus/limits';
import { memberAccess } from '../../../nodes/Nexudus/operator/memberSessions';
import { createSandbox, type Sandbox } from '../../../sandbox/createSandbox';
import { CONTINUE, failure, HOT_DESK, MARIA, only, operatorAt, TOM } from '../story';
import { EACH, OLGA, requests, tellOperatorStory } from './members';

const FOR_MARIA = { coworkerId: MARIA };

let elsewhere: Sandbox;
beforeAll(async () => {
	elsewhere = await createSandbox();
});
afterAll(async () => await elsewhere.close());

describe('a redirect to another host is not followed', () => {
	const routes = ['token', 'impersonate', 'exchange', 'contract', 'meta', 'pause'] as const;
	const statuses = [301, 302, 307, 308] as const;
	it.each(routes.flatMap((route) => statuses.map((status) => [route, status] as const)))(
		'of %s, with %i',
		async (route, status) => {
			const story = await tellOperatorStory();
			const location = `${elsewhere.url}/api/sys/users/impersonate?coworkerId=${MARIA}`;
			story.sandbox.faults.order({ route, kind: 'redirect', status, location, times: Infinity });
			const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
			expect(error).toHaveProperty('code');
			expect(elsewhere.requests).toEqual([]);
			expect(story.done()).toEqual([]);
			expect(requests(story, 'exchange').length).toBeLessThanOrEqual(1);
		},
	);
});

describe('a token that no header can carry is none', () => {
	const tokens = ['a\\r\\nX-Role: admin', 'a\\nb', 'two words', '', '\\u0000', 'naïve'];
	it.each(
		(['impersonate', 'exchange'] as const).flatMap((route) =>
			tokens.map((token) => [route, token] as const),
		),
	)('of %s: %j', async (route, token) => {
		const story = await tellOperatorStory();
		const body = `{"token":"${token}"}`;
		const json = { 'content-type': 'application/json' };
		story.sandbox.faults.order({ route, kind: 'status', status: 200, body, headers: json });
		const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
		const codes = { impersonate: 'noImpersonationToken', exchange: 'noMemberSession' };
		expect(error.code).toBe(codes[route]);
		expect(requests(story, 'contract')).toEqual([]);
		expect(requests(story, 'exchange')).toHaveLength(route === 'exchange' ? 1 : 0);
	});
});

describe('a 200 that holds an error', () => {
	it.each([
		['impersonate', '{"WasSuccessful":false,"Message":"No."}', 'impersonationRefused', /"No\."/],
		['impersonate', '{"error":"denied"}', 'noImpersonationToken', /no impersonation token/],
		['impersonate', 'null', 'noImpersonationToken', /no impersonation token/],
		['impersonate', '[]', 'noImpersonationToken', /no impersonation token/],
		['exchange', '{"WasSuccessful":false,"Message":"No."}', 'exchangeRefused', /"No\."/],
		['exchange', '{"error":"denied"}', 'noMemberSession', /holds no session/],
		['exchange', '', 'noMemberSession', /holds no session/],
	] as const)('of %s is no session: %s', async (route, body, code, message) => {
		const story = await tellOperatorStory();
		const headers = { 'content-type': 'application/json' };
		story.sandbox.faults.order({
			route,
			kind: 'status',
			status: 200,
			body,
			headers,
			times: Infinity,
		});
		const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
		expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
		expect(story.writesSent()).toEqual([]);
	});
});

it('words of a refusal that hold the token are not shown', async () => {
	const token = 'secret-token-of-the-member.abc.def';
	const answer = async (status: number, body: unknown): Promise<Reply> =>
		await Promise.resolve({ answered: true, status, headers: {}, body });
	const access = memberAccess({
		admin: 'https://spaces.nexudus.com',
		portal: 'https://myspace.spaces.nexudus.com',
		operator: OLGA,
		clientId: 'n8n',
		limits: { ...NEXUDUS_LIMITS, minSpacing: 0 },
		settings: DEFAULT_SETTINGS,
		transport: async () => await answer(200, { token }),
		renewingTransport: async () => await Promise.reject(new Error('not needed')),
		plainTransport: async () => await answer(400, { Message: `Not valid: ${token}` }),
		run: {
			clock: { now: () => Date.now(), sleep: async () => await Promise.resolve(), random: () => 0 },
			memory: processMemory,
			account: 'words with a token',
			cancelled: () => false,
			stopped: () => false,
			failuresLeft: () => Infinity,
		},
	});
	const read = await access.sessionOf(7).open?.();
	expect(JSON.stringify(read)).toContain('exchangeRefused');
	expect(JSON.stringify(read)).not.toContain(token.slice(0, 16));
});

it('two items of one member at once, whose exchange fails: both fail, the next one has a session', async () => {
	const story = await tellOperatorStory();
	story.sandbox.faults.order({ route: 'exchange', kind: 'status', status: 503, times: 3 });
	const items = [MARIA, MARIA, TOM, MARIA].map((coworker, index) => ({
		json: { coworker, id: index === 2 ? 800200 : HOT_DESK },
	}));
	const { items: output } = await story.run(
		{ operation: 'get', ...EACH, requestSettings: { concurrency: 2 } },
		{ ...CONTINUE, items },
	);
	expect(output.map(({ json }) => 'error' in json)).toEqual([true, true, false, false]);
});

describe('the addresses of the credential', () => {
	it('may be the same: each session is still for its own requests', async () => {
		const story = await tellOperatorStory();
		const { adminUrl } = operatorAt(story.sandbox.url);
		story.store.save('nexudusOperatorApi', {
			...(operatorAt(story.sandbox.url) as object),
			portalUrl: adminUrl as string,
		});
		expect(only(await story.pause(HOT_DESK, FOR_MARIA))).toMatchObject({ outcome: 'changed' });
		for (const { kind, account, actor } of story.sandbox.requests) {
			const isOperators = kind === 'impersonate';
			if (isOperators) expect({ account, actor }).toEqual({ account: OLGA, actor: null });
			else if (kind !== 'token' && kind !== 'exchange') {
				expect(actor).toMatchObject({ operator: OLGA, coworkerId: MARIA });
			}
		}
	});

	it('of two portals with one operator: a token is exchanged at the portal of its run alone', async () => {
		const story = await tellOperatorStory();
		story.store.save('nexudusOperatorApi', {
			...(operatorAt(story.sandbox.url) as object),
			portalUrl: elsewhere.url,
		});
		const error = failure(await story.pause(HOT_DESK, FOR_MARIA, CONTINUE));
		expect(error).toMatchObject({ code: 'exchangeRefused' });
		expect(story.done()).toEqual([]);
		expect(elsewhere.committed).toEqual([]);
		expect(requests(story, 'exchange')).toEqual([]);
		story.store.save('nexudusOperatorApi', operatorAt(story.sandbox.url) as never);
		expect(only(await story.pause(HOT_DESK, FOR_MARIA))).toMatchObject({ outcome: 'changed' });
	});
});
