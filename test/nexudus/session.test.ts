import {
	CONTINUE,
	CREDENTIAL,
	EACH_ID,
	failure,
	HOT_DESK,
	itemsOf,
	loginAt,
	only,
	storedToken,
	tellStory,
	type Story,
	type StoryOptions,
} from './story';
import { manyContracts } from '../../sandbox/seeds/story';

const GET = { operation: 'get', contractId: HOT_DESK };
const TWENTY = manyContracts(20);
const twenty = itemsOf(TWENTY.map(({ id }) => id));

async function storyOfTwenty(options?: StoryOptions): Promise<Story> {
	const story = await tellStory(options);
	story.sandbox.addContracts('maria@example.test', TWENTY);
	return story;
}

describe('the first sign-in', () => {
	it('is made once, and the session is kept for the next run', async () => {
		const story = await tellStory();
		await story.run(GET);
		await story.run(GET);
		expect(story.sandbox.signIns).toMatchObject([
			{ email: 'maria@example.test', clientId: 'n8n-nodes-nexudus', outcome: 'ok' },
		]);
	});

	it.each([1, 4, 16])('is one for 20 items, %d at a time', async (concurrency) => {
		const story = await storyOfTwenty();
		const { items } = await story.pause(
			EACH_ID,
			{ requestSettings: { concurrency } },
			{ items: twenty },
		);
		expect(items.map(({ json }) => json.outcome)).toEqual(Array(20).fill('changed'));
		expect(story.sandbox.signIns).toHaveLength(1);
		expect(story.done()).toHaveLength(20);
	});

	it('is one for 20 reads', async () => {
		const story = await storyOfTwenty();
		const { items } = await story.run({ operation: 'get', contractId: EACH_ID }, { items: twenty });
		expect(items).toHaveLength(20);
		expect(story.sandbox.signIns).toHaveLength(1);
	});

	it('is one for two executions at the same time', async () => {
		const story = await tellStory();
		await Promise.all([story.run(GET), story.run(GET)]);
		expect(story.sandbox.signIns).toHaveLength(1);
	});

	it.each([409, 429])('that is throttled (%i) for a moment is sent again', async (status) => {
		const story = await tellStory();
		const headers = { 'retry-after': '1' };
		story.sandbox.faults.order({ route: 'token', kind: 'status', status, headers });
		expect(only(await story.pause(HOT_DESK))).toMatchObject({ outcome: 'changed', verified: true });
		expect(story.sandbox.requests.filter(({ kind }) => kind === 'token')).toHaveLength(2);
	});

	it('that is throttled for longer fails at once, with the time', async () => {
		const story = await tellStory();
		const headers = { 'retry-after': '60' };
		story.sandbox.faults.order({ route: 'token', kind: 'status', status: 409, headers });
		const failed = failure(await story.pause(HOT_DESK, {}, CONTINUE));
		expect(JSON.stringify(failed)).toContain('asks to wait 60 seconds');
		expect(story.sandbox.requests.map(({ kind }) => kind)).toEqual(['token']);
	});

	it('works for an account with two-factor sign-in', async () => {
		const story = await tellStory({
			credential: {
				email: 'otto@example.test',
				oneTimeCodeSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
			},
		});
		story.sandbox.addContracts('otto@example.test', manyContracts(1));
		expect(only(await story.pause(900001))).toMatchObject({ outcome: 'changed' });
		expect(story.sandbox.signIns).toMatchObject([{ outcome: 'ok' }]);
	});
});

describe('a session that has expired', () => {
	it('between two runs is renewed once', async () => {
		const story = await storyOfTwenty();
		await story.run(GET);
		story.sandbox.expireSessions();
		const { items } = await story.pause(EACH_ID, {}, { items: twenty });
		expect(items.map(({ json }) => json.outcome)).toEqual(Array(20).fill('changed'));
		expect(story.sandbox.signIns).toHaveLength(2);
		expect(story.done()).toHaveLength(20);
	});

	it('in mid-run is renewed once, and no write is sent twice', async () => {
		const story = await storyOfTwenty();
		const running = story.pause(EACH_ID, {}, { items: twenty });
		await story.until(() => story.sandbox.committed.length >= 5);
		story.sandbox.expireSessions();
		const { items } = await running;
		expect(items.map(({ json }) => json.outcome)).toEqual(Array(20).fill('changed'));
		expect(story.sandbox.signIns).toHaveLength(2);
		expect(new Set(story.done()).size).toBe(20);
		expect(story.done()).toHaveLength(20);
	});

	it('right before the write costs one attempt, and the pause is made once', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'pause', kind: 'status', status: 401 });
		expect(only(await story.pause(HOT_DESK))).toMatchObject({
			outcome: 'changed',
			attempts: 2,
			audit: { attempts: [{ class: 'unauthorized', status: 401 }, { class: 'ok' }] },
		});
		expect(story.done()).toEqual(['pause 700100']);
	});
});

describe('401 that a new sign-in does not help', () => {
	it('names the three meanings and who is signed in', async () => {
		const story = await tellStory();
		// A contract of somebody else: 401 means no permission.
		const error = failure(await story.pause(800200, {}, CONTINUE));
		expect(error).toMatchObject({ code: 'http401', contractId: 800200, attempts: 0 });
		expect(error.description).toMatch(
			/session has expired.*no permission for this contract.*no customer profile/,
		);
		expect(error.description).toContain('Signed in as Maria Sol.');
		expect(story.sandbox.signIns.length).toBeLessThanOrEqual(2);
	});

	it('of the write is told apart from a refusal', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'pause', kind: 'status', status: 401, times: 9 });
		const error = failure(await story.pause(HOT_DESK, {}, CONTINUE));
		expect(error).toMatchObject({ code: 'http401', before: { state: 'none' } });
		expect(story.writesSent().length).toBeLessThanOrEqual(2);
		expect(story.done()).toEqual([]);
	});

	it.each([
		['every request', 'any'],
		['every write', 'pause'],
	] as const)('for 200 contracts and %s causes at most one extra sign-in', async (_, route) => {
		const story = await tellStory();
		story.sandbox.addContracts('maria@example.test', manyContracts(200));
		if (route === 'any') {
			for (const kind of ['list', 'contract', 'meta', 'profiles', 'pause'] as const) {
				story.sandbox.faults.order({ route: kind, kind: 'status', status: 401, times: Infinity });
			}
		} else {
			story.sandbox.faults.order({ route, kind: 'status', status: 401, times: Infinity });
		}
		const { items } = await story.pause(
			EACH_ID,
			{ requestSettings: { concurrency: 16 } },
			{ ...CONTINUE, items: itemsOf(manyContracts(200).map(({ id }) => id)) },
		);
		expect(items).toHaveLength(200);
		expect(
			items.every((_item, index) => failure({ items } as never, index).code === 'http401'),
		).toBe(true);
		expect(story.sandbox.signIns.length).toBeLessThanOrEqual(2);
		expect(story.done()).toEqual([]);
	});
});

describe('a sign-in that is refused', () => {
	it('because of the password is one attempt for 20 items, and every item says it', async () => {
		const story = await storyOfTwenty({ credential: { password: 'wrong-one' } });
		const { items } = await story.pause(EACH_ID, {}, { ...CONTINUE, items: twenty });
		expect(items).toHaveLength(20);
		for (let index = 0; index < 20; index++) {
			expect(failure({ items } as never, index)).toMatchObject({
				code: 'signIn',
				outcome: 'failed',
				message: expect.stringContaining('the e-mail or the password is not right'),
				attempts: 0,
			});
		}
		expect(story.sandbox.signIns).toHaveLength(1);
		expect(story.asked()).toEqual([]);
	});

	it('stops the run with its own sentence', async () => {
		const story = await tellStory({ credential: { password: 'wrong-one' } });
		const { error } = await story.run(GET);
		expect(error?.message).toContain('the e-mail or the password is not right');
		expect(story.sandbox.signIns).toHaveLength(1);
	});

	it.each([
		['two-factor code needed', { email: 'otto@example.test' }, /two-factor sign-in/],
		['password must be reset', { email: 'rita@example.test' }, /must be reset first/],
		['not registered here', { email: 'elsa@example.test' }, /not registered at this location/],
		['unknown', { email: 'nobody@example.test' }, /e-mail or the password is not right/],
		['no e-mail', { email: '' }, /'Email' is empty/],
		['no password', { password: '' }, /'Password' is empty/],
		['a secret that is none', { oneTimeCodeSecret: '123456' }, /not a base32 secret/],
	])('because %s, says so', async (_, credential, words) => {
		const story = await tellStory({ credential });
		expect(failure(await story.pause(HOT_DESK, {}, CONTINUE)).message).toMatch(words);
		expect(story.sandbox.signIns.length).toBeLessThanOrEqual(1);
		expect(story.asked()).toEqual([]);
	});

	it('by a web page instead of a token, says so', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'token', kind: 'html', times: 9 });
		expect(failure(await story.pause(HOT_DESK, {}, CONTINUE)).message).toContain('web page');
		expect(story.asked()).toEqual([]);
	});

	it('because nothing listens, says that the portal is not reachable', async () => {
		const story = await tellStory();
		await story.sandbox.refuseConnections(true);
		expect(failure(await story.pause(HOT_DESK, {}, CONTINUE))).toMatchObject({
			message: expect.stringContaining('not reachable: the connection was refused'),
			outcome: 'failed',
		});
	});

	it('works again in the next run once the password is corrected', async () => {
		const story = await tellStory({ credential: { password: 'wrong-one' } });
		await story.run(GET);
		story.store.save(CREDENTIAL, loginAt(story.sandbox.url) as never);
		expect(only(await story.run(GET)).contractId).toBe(700100);
	});
});

describe('a credential changed over the API, without its test,', () => {
	it('never sends the session of the login before', async () => {
		const story = await tellStory();
		await story.run(GET);
		const marias = story.sandbox.requests.at(-1)!.headers.authorization;
		const stored = story.store.read(CREDENTIAL);
		story.store.save(CREDENTIAL, { ...stored, email: 'tom@example.test' });
		const before = story.sandbox.requests.length;

		expect(only(await story.pause(800200))).toMatchObject({ outcome: 'changed' });
		const since = story.sandbox.requests.slice(before);
		expect(since.some(({ headers }) => headers.authorization === marias)).toBe(false);
		expect(since.filter(({ kind }) => kind !== 'token').map(({ account }) => account)).toEqual(
			Array(4).fill('tom@example.test'),
		);
		expect(story.sandbox.signIns.map(({ email }) => email)).toEqual([
			'maria@example.test',
			'tom@example.test',
		]);
	});

	it('never sends the session to another portal', async () => {
		const [story, other] = [await tellStory(), await tellStory()];
		await story.run(GET);
		const token = story.sandbox.requests.at(-1)!.headers.authorization;
		story.store.save(CREDENTIAL, {
			...story.store.read(CREDENTIAL),
			portalUrl: other.sandbox.url,
		});
		await story.run(GET);
		expect(other.sandbox.signIns).toHaveLength(1);
		expect(other.sandbox.requests.some(({ headers }) => headers.authorization === token)).toBe(
			false,
		);
	});
});

describe('an access token', () => {
	async function tokenStory() {
		const first = await tellStory();
		await first.run(GET);
		const accessToken = storedToken(first.store);
		const { store } = first;
		store.save(CREDENTIAL, {
			portalUrl: first.sandbox.url,
			signInWith: 'accessToken',
			accessToken,
		});
		return { ...first, store };
	}

	it('is used as it is, without any sign-in', async () => {
		const story = await tokenStory();
		expect(only(await story.pause(HOT_DESK))).toMatchObject({ outcome: 'changed' });
		expect(story.sandbox.signIns).toHaveLength(1);
	});

	it('that has expired is said to be so, without a sign-in', async () => {
		const story = await tokenStory();
		story.sandbox.expireSessions();
		const error = failure(await story.pause(HOT_DESK, {}, CONTINUE));
		expect(error.code).toBe('http401');
		expect(error.description).toContain('an access token cannot be renewed');
		expect(story.sandbox.signIns).toHaveLength(1);
	});

	it('that is empty names the field', async () => {
		const story = await tellStory({ credential: { signInWith: 'accessToken', accessToken: '' } });
		expect(failure(await story.pause(HOT_DESK, {}, CONTINUE)).message).toContain("'Access Token'");
		expect(story.sandbox.requests).toEqual([]);
	});
});
