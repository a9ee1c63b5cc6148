import { CONTINUE, failure, HOT_DESK, MARIA } from '../story';
import { addMembers, EACH, itemsOfMembers, OLGA, requests, tellOperatorStory } from './members';

const ONE_BY_ONE = { ...EACH, requestSettings: { concurrency: 1 } };

describe('in the middle of a run', () => {
	it('the session of a member expires: it is opened once more, nothing is done twice', async () => {
		const story = await tellOperatorStory();
		const [member, other] = addMembers(story, 2, 6);
		const items = itemsOfMembers([member!, other!]);
		const running = story.pause(EACH.contractId, ONE_BY_ONE, { items });
		await story.until(() => story.done().length >= 3);
		story.sandbox.expireSessions(member!.email);
		const { items: output } = await running;
		expect(output.map(({ json }) => json.outcome)).toEqual(Array(12).fill('changed'));
		expect(story.done()).toHaveLength(12);
		expect(requests(story, 'exchange')).toHaveLength(3);
		expect(story.sandbox.signIns).toHaveLength(1);
	});

	it("the operator's session expires: one sign-in, and the rest goes on", async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 30, 1);
		const running = story.pause(EACH.contractId, ONE_BY_ONE, { items: itemsOfMembers(members) });
		await story.until(() => requests(story, 'exchange').length >= 3);
		story.sandbox.expireSessions(OLGA);
		const { items: output } = await running;
		expect(output.map(({ json }) => json.outcome)).toEqual(Array(30).fill('changed'));
		expect(story.sandbox.signIns).toMatchObject([{ email: OLGA }, { email: OLGA }]);
		expect(requests(story, 'exchange')).toHaveLength(30);
	});

	it('both expire', async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 4, 4);
		const items = itemsOfMembers(members);
		const running = story.pause(EACH.contractId, EACH, { items });
		await story.until(() => story.done().length >= 4);
		story.sandbox.expireSessions();
		const { items: output } = await running;
		expect(output.map(({ json }) => json.outcome)).toEqual(Array(16).fill('changed'));
		expect(story.done()).toHaveLength(16);
		expect(story.sandbox.signIns).toHaveLength(2);
		expect(requests(story, 'exchange').length).toBeLessThanOrEqual(8);
	});

	it('a session that cannot be opened again fails the items of its member alone', async () => {
		const story = await tellOperatorStory();
		const [member, other] = addMembers(story, 2, 8);
		const items = itemsOfMembers([member!, other!]);
		const running = story.pause(EACH.contractId, ONE_BY_ONE, { items, ...CONTINUE });
		await story.until(() => story.done().length >= 3);
		story.sandbox.faults.order({ route: 'exchange', kind: 'status', status: 400, times: Infinity });
		story.sandbox.expireSessions(member!.email);
		const { items: output } = await running;
		const failed = output.filter(({ json }) => 'error' in json);
		expect(failed.length).toBeGreaterThan(0);
		for (const { json } of failed) {
			expect(json.error).toMatchObject({ coworkerId: member!.coworkerId, outcome: 'failed' });
			expect((json.error as { message: string }).message).toMatch(
				/did not exchange the impersonation token/,
			);
		}
		expect(story.done()).toHaveLength(output.length - failed.length);
		expect(story.sandbox.committed.filter(({ account }) => account === other!.email)).toHaveLength(
			8,
		);
	});
});

describe('an outage while a session is renewed costs the items at that moment, not the ones after it:', () => {
	it('the session of a member', async () => {
		const story = await tellOperatorStory();
		const [member] = addMembers(story, 1, 30);
		const running = story.pause(EACH.contractId, ONE_BY_ONE, {
			items: itemsOfMembers([member!]),
			...CONTINUE,
		});
		await story.until(() => story.done().length >= 3);
		story.sandbox.faults.order({ route: 'exchange', kind: 'status', status: 503, times: 3 });
		story.sandbox.expireSessions(member!.email);
		const { items: output } = await running;
		const failed = output.filter(({ json }) => 'error' in json);
		expect(failed.length).toBeGreaterThan(0);
		for (const { json } of failed) expect(json.error).toMatchObject({ code: 'exchangeFailed' });
		// Only those that were refused before the renewal had ended share its failure.
		expect(failed.length).toBeLessThanOrEqual(24);
		expect(story.done()).toHaveLength(output.length - failed.length);
		expect(output.at(-1)!.json.outcome).toBe('changed');
	});

	it('the session of the operator', async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 40, 1);
		const running = story.pause(EACH.contractId, ONE_BY_ONE, {
			items: itemsOfMembers(members),
			...CONTINUE,
		});
		await story.until(() => requests(story, 'exchange').length >= 3);
		// The read that renews the session: as often as one renewal tries it.
		story.sandbox.faults.order({ route: 'coworkers', kind: 'status', status: 503, times: 3 });
		story.sandbox.expireSessions(OLGA);
		const { items: output } = await running;
		const failed = output.filter(({ json }) => 'error' in json);
		expect(failed.length).toBeGreaterThan(0);
		expect(failed.length).toBeLessThanOrEqual(24);
		for (const { json } of failed)
			expect(json.error).toMatchObject({ code: 'impersonationFailed' });
		expect(story.done()).toHaveLength(40 - failed.length);
		expect(story.sandbox.signIns).toHaveLength(2);
	});
});

it('a session that is refused although it is new is not renewed for ever', async () => {
	const story = await tellOperatorStory();
	story.sandbox.faults.order({ route: 'contract', kind: 'status', status: 401, times: Infinity });
	const error = failure(await story.pause(HOT_DESK, { coworkerId: MARIA }, CONTINUE));
	expect(error).toMatchObject({ code: 'http401', outcome: 'failed' });
	expect(error.description).toMatch(/a new exchange did not help/);
	expect(requests(story, 'exchange')).toHaveLength(2);
	expect(requests(story, 'contract')).toHaveLength(2);
});

it('a write that is refused with 401 is sent once more, after one exchange', async () => {
	const story = await tellOperatorStory();
	story.sandbox.faults.order({ route: 'pause', kind: 'status', status: 401 });
	await story.pause(HOT_DESK, { coworkerId: MARIA });
	expect(story.done()).toEqual([`pause ${HOT_DESK}`]);
	expect(requests(story, 'exchange')).toHaveLength(2);
	expect(story.writesSent()).toHaveLength(2);
});

describe('an execution that is stopped', () => {
	it('writes nothing more and opens no session more', async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 30, 1);
		story.sandbox.faults.order({ route: 'pause', kind: 'slowButOk', ms: 40, times: Infinity });
		const stop = new AbortController();
		const running = story.pause(EACH.contractId, ONE_BY_ONE, {
			items: itemsOfMembers(members),
			signal: stop.signal,
		});
		await story.until(() => story.done().length >= 3);
		stop.abort();
		const [writes, exchanges] = [story.writesSent().length, requests(story, 'exchange').length];
		expect((await running).status).toBe('canceled');
		await new Promise((done) => setTimeout(done, 150));
		expect(story.writesSent().length).toBeLessThanOrEqual(writes + 1);
		expect(requests(story, 'exchange').length).toBeLessThanOrEqual(exchanges + 1);
	});

	it.each(['impersonate', 'exchange', 'contract'] as const)(
		'while %s is under way ends at once, the request is cut',
		async (route) => {
			const story = await tellOperatorStory();
			story.sandbox.faults.order({ route, kind: 'stall', commit: 'never' });
			const stop = new AbortController();
			const running = story.pause(
				HOT_DESK,
				{ coworkerId: MARIA },
				{ ...CONTINUE, signal: stop.signal },
			);
			await story.until(() => requests(story, route).length === 1);
			const started = performance.now();
			stop.abort();
			await running;
			expect(performance.now() - started).toBeLessThan(2000);
			expect(story.writesSent()).toEqual([]);
		},
	);
});
