import {
	CREDENTIAL,
	DEDICATED_DESK,
	HOT_DESK,
	loginAt,
	PAUSE_SCHEDULED,
	PAUSED_NOW,
} from '../nexudus/story';
import { changeList } from './otherRows';
import { eventsOf, inShort, watchStory, type Watch } from './watch';

const LIST = { route: 'list', kind: 'status', status: 500, times: Infinity } as const;

/** What the portal lists now, without some contracts: as a page that was lost would look. */
async function hideFromList(watch: Watch, ids: readonly number[], times = 1): Promise<void> {
	await changeList(
		watch.story.sandbox,
		watch.actAs,
		(row) => (ids.includes(row.Id) ? null : row),
		times,
	);
}

/** A watched story with two changes that no poll has seen: 700104 resumed, 700100 paused. */
async function withChanges(): Promise<Watch> {
	const watch = await watchStory();
	await watch.activate();
	watch.story.sandbox.otherHand.resume(PAUSED_NOW);
	watch.story.sandbox.otherHand.pause(HOT_DESK, 1);
	return watch;
}
const CHANGES = [`pauseScheduled ${HOT_DESK}`, `contractResumed ${PAUSED_NOW}`];

describe('nothing is lost', () => {
	it('when polls fail in between', async () => {
		const watch = await withChanges();
		watch.story.sandbox.faults.order(LIST);
		for (let poll = 0; poll < 3; poll++) {
			const { executions, error } = await watch.poll();
			expect(executions).toEqual([]);
			expect(error?.message).toContain('Nexudus could not be read');
			expect(error?.description).toContain('the next poll goes on');
		}
		watch.story.sandbox.faults.clear();
		expect(await watch.told()).toEqual(CHANGES);
	});

	it('when n8n is started anew, and nothing is told twice', async () => {
		const watch = await withChanges();
		expect(eventsOf(await watch.restart())?.map(inShort)).toEqual(CHANGES);
		expect(await watch.told()).toEqual([]);
		expect(await watch.told()).toBeNull();
		expect(eventsOf(await watch.restart())).toBeNull();
		expect(await watch.told()).toBeNull();
	});

	it('when the active workflow is saved: no new baseline', async () => {
		const watch = await withChanges();
		expect(eventsOf(await watch.activate())?.map(inShort)).toEqual(CHANGES);
		watch.story.sandbox.otherHand.resume(PAUSE_SCHEDULED);
		expect(eventsOf(await watch.activate())?.map(inShort)).toEqual([
			`pauseChanged ${PAUSE_SCHEDULED}`,
		]);
		expect(eventsOf(await watch.activate())).toEqual([]);
	});

	it.each(['beforeBoth', 'ranOnly'] as const)(
		'when n8n is killed between poll and save (%s): found again, with the same ids',
		async (kill) => {
			const watch = await withChanges();
			const lost = eventsOf(await watch.poll(kill)) ?? [];
			const again = eventsOf(await watch.restart()) ?? [];
			expect(again.map(inShort)).toEqual(CHANGES);
			expect(again.map(({ redelivered }) => redelivered)).toEqual([false, false]);
			if (kill === 'ranOnly') {
				expect(again.map(({ eventId }) => eventId)).toEqual(lost.map(({ eventId }) => eventId));
			}
		},
	);

	it('when n8n is killed after the save, before it runs the workflow, twice in a row', async () => {
		const watch = await withChanges();
		await watch.poll('savedOnly');
		await watch.restart({}, 'savedOnly');
		const again = eventsOf(await watch.restart()) ?? [];
		expect(again.map(inShort)).toEqual(CHANGES);
		expect(again.every(({ redelivered }) => redelivered)).toBe(true);
		expect(await watch.told()).toEqual([]);
		expect(eventsOf(await watch.restart())).toBeNull();
	});

	it('when changes of events that were not chosen lie between', async () => {
		const watch = await watchStory();
		const { otherHand } = watch.story.sandbox;
		await watch.activate({ events: ['pauseScheduled'] });
		otherHand.resume(PAUSE_SCHEDULED);
		// Nothing to deliver, but something to remember.
		expect(await watch.told()).toEqual([]);
		otherHand.pause(PAUSE_SCHEDULED, 1);
		const told = eventsOf(await watch.restart({ events: ['pauseScheduled'] }));
		expect(told?.map(inShort)).toEqual([`pauseScheduled ${PAUSE_SCHEDULED}`]);
	});

	it('when a second account is watched for a while', async () => {
		const watch = await watchStory();
		const { sandbox, store } = watch.story;
		await watch.activate();
		store.save(CREDENTIAL, loginAt(sandbox.url, 'tom@example.test') as never);
		expect(eventsOf(await watch.activate())).toEqual([]);
		sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toBeNull();
		store.save(CREDENTIAL, loginAt(sandbox.url) as never);
		expect(eventsOf(await watch.activate())?.map(inShort)).toEqual([
			`contractResumed ${PAUSED_NOW}`,
		]);
	});

	it('when it is not known whose the access token is', async () => {
		const watch = await watchStory();
		await watch.activate();
		const { sandbox, store } = watch.story;
		const accessToken = String(store.read(CREDENTIAL).sessionToken).replace(/^.*\./, '');
		const { url } = sandbox;
		store.save(CREDENTIAL, { portalUrl: url, signInWith: 'accessToken', accessToken } as never);
		sandbox.faults.order({ route: 'profiles', kind: 'status', status: 500, times: Infinity });
		const before = watch.record.staticData;
		expect((await watch.poll()).error?.message).toContain('Nexudus could not be read');
		expect(watch.record.staticData).toBe(before);
	});
});

describe('nothing is made up', () => {
	it('when a list lacks contracts: they are read singly', async () => {
		const watch = await watchStory();
		await watch.activate();
		await hideFromList(watch, [PAUSED_NOW, PAUSE_SCHEDULED]);
		const before = watch.story.sandbox.requests.length;
		expect(await watch.told()).toBeNull();
		const asked = watch.story.sandbox.requests.slice(before).map(({ kind }) => kind);
		expect(asked.sort()).toEqual(['contract', 'contract', 'list']);
	});

	it('when a list lacks a contract that cannot be read singly either', async () => {
		const watch = await watchStory();
		const { sandbox } = watch.story;
		await watch.activate();
		await hideFromList(watch, [PAUSED_NOW], 2);
		sandbox.faults.order({ route: 'contract', kind: 'status', status: 500, times: Infinity });
		const { error, executions } = await watch.poll();
		expect(executions).toEqual([]);
		expect(error?.message).toContain(`Contract ${PAUSED_NOW}: Nexudus could not be read`);
		sandbox.faults.clear();
		sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it('when a contract is gone for a while (another profile), and comes back', async () => {
		const watch = await watchStory();
		const { sandbox } = watch.story;
		await watch.activate();
		await hideFromList(watch, [PAUSED_NOW], 2);
		sandbox.faults.order({ route: 'contract', kind: 'status', status: 404 });
		// Remembered, without an item.
		expect(await watch.told()).toEqual([]);
		const before = sandbox.requests.length;
		expect(await watch.told()).toBeNull();
		expect(sandbox.requests.slice(before).map(({ kind }) => kind)).toEqual(['list']);
		expect(await watch.told()).toEqual([]);
		expect(await watch.told()).toBeNull();
		sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it.each([
		['an empty page', { kind: 'html', status: 200 }],
		['half an answer', { kind: 'halfBody' }],
		['broken JSON', { kind: 'badJson' }],
		['an error', { kind: 'status', status: 503 }],
		['no connection', { kind: 'resetBeforeCommit' }],
	] as const)('when the list is %s', async (_, fault) => {
		const watch = await watchStory();
		await watch.activate();
		watch.story.sandbox.faults.order({ route: 'list', times: Infinity, ...fault });
		const { error, executions } = await watch.poll();
		expect(executions).toEqual([]);
		expect(error?.message).toMatch(/^Nexudus could not be read: /);
		watch.story.sandbox.faults.clear();
		expect(await watch.told()).toBeNull();
	});

	it('when one poll overtakes another: the second waits, a third is left out', async () => {
		const watch = await watchStory();
		const { sandbox } = watch.story;
		await watch.activate();
		sandbox.faults.order({ route: 'list', kind: 'slowButOk', ms: 300 });
		const asked = sandbox.requests.length;
		const slow = watch.poll();
		await watch.story.until(() => sandbox.requests.length > asked);
		sandbox.otherHand.resume(PAUSED_NOW);
		await Promise.all([slow, watch.poll(), watch.poll()]);
		const told = watch.poller().executions.map((items) => items.map(({ json }) => json.event));
		expect(told.flat()).toEqual(['contractResumed']);
		expect(await watch.told()).toEqual([]);
		expect(await watch.told()).toBeNull();
	});
});

describe('settings of the node that would lose events', () => {
	it.each([
		[{ alwaysOutputData: true }, "'Always Output Data' must be off"],
		[{ executeOnce: true }, "'Execute Once' must be off"],
	])(
		'%j: refused on activation and in the editor, before anything is asked',
		async (settings, message) => {
			const watch = await watchStory({ settings });
			await expect(watch.activate()).rejects.toThrow(message);
			await expect(watch.testEvents()).rejects.toThrow(message);
			expect(watch.story.sandbox.requests).toEqual([]);
		},
	);
});

describe('two main processes of n8n', () => {
	it('deliver again what the other may not have brought through', async () => {
		const watch = await watchStory();
		const leader = watch.record.id;
		await watch.activate();
		await watch.poll();
		// Another process leads, delivers, and is killed before the workflow has run.
		await watch.restart();
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		await watch.poll('savedOnly');
		watch.record.id = leader;
		const again = eventsOf(await watch.activate());
		expect(again).toEqual([
			expect.objectContaining({ event: 'contractResumed', redelivered: true }),
		]);
		expect(await watch.told()).toEqual([]);
	});
});

describe('activation', () => {
	it('fails with the reason where there is no baseline and none can be taken', async () => {
		const watch = await watchStory();
		watch.story.sandbox.faults.order(LIST);
		await expect(watch.activate()).rejects.toThrow('Nexudus could not be read');
	});

	it('fails on a wrong password, and names the sign-in', async () => {
		const watch = await watchStory({ credential: { password: 'not this one 1' } });
		await expect(watch.activate()).rejects.toThrow('the e-mail or the password is not right');
	});

	it('comes up while Nexudus is down, so that the next poll can tell', async () => {
		const watch = await withChanges();
		watch.story.sandbox.faults.order(LIST);
		expect(eventsOf(await watch.restart())).toBeNull();
		expect((await watch.poll()).error?.message).toContain('Nexudus could not be read');
		watch.story.sandbox.faults.clear();
		expect(await watch.told()).toEqual(CHANGES);
	});

	// n8n 1 gives up on a workflow for good where the message of its activation has this word.
	it('never fails with the word that keeps n8n from trying again', async () => {
		const watch = await watchStory();
		watch.story.sandbox.faults.order({ ...LIST, status: 401 });
		const error = await watch.activate().catch((thrown: Error) => thrown);
		expect(error).toBeInstanceOf(Error);
		expect((error as Error).message).not.toContain('Authorization');
	});
});

describe('what is remembered', () => {
	it('is small: contracts with a pause, no name, no address, no secret', async () => {
		const watch = await withChanges();
		await watch.told();
		await watch.told();
		expect(watch.record.staticData).not.toMatch(/maria|example|127\.0\.0\.1/i);
		expect(watch.record.staticData).not.toContain(String(DEDICATED_DESK));
		expect(watch.record.staticData.length).toBeLessThan(1_500);
	});

	it('holds three accounts at the most', async () => {
		const watch = await watchStory();
		const { sandbox, store } = watch.story;
		for (const name of ['a', 'b', 'c', 'd']) {
			const email = `${name}@example.test`;
			sandbox.addAccounts([
				{
					id: 9000 + name.charCodeAt(0),
					email,
					password: 'open-sesame-7',
					fullName: name,
					registeredHere: true,
					profiles: [],
				},
			]);
			store.save(CREDENTIAL, loginAt(sandbox.url, email) as never);
			await watch.activate();
		}
		const { watched } = JSON.parse(watch.record.staticData)['node:Trigger'];
		expect(Object.keys(watched.accounts)).toHaveLength(3);
	});
});
