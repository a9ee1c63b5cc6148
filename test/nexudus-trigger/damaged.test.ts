import { PAUSED_NOW, PAUSE_SCHEDULED } from '../nexudus/story';
import { inShort, watchStory, type Told, type Watch } from './watch';

/** What is stored of an account; a test makes something else of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Stored = Record<string, any>;

/** Somebody edits the static data of the workflow while it is not active. */
function edit(watch: Watch, change: (memory: Stored) => unknown): void {
	const data = JSON.parse(watch.record.staticData);
	const { accounts } = data['node:Trigger'].watched;
	for (const [name, memory] of Object.entries<Stored>(accounts)) {
		accounts[name] = change(memory) ?? memory;
	}
	watch.record.staticData = JSON.stringify(data);
}

async function start(watch: Watch) {
	const { executions, error } = await watch.restart();
	return { told: executions.flat().map(({ json }) => inShort(json as unknown as Told)), error };
}

describe('static data that somebody has changed', () => {
	it.each<[string, (memory: Stored) => unknown]>([
		['a text', () => 'nothing'],
		['a list', () => []],
		['no time', (memory) => void delete memory.readAt],
		['a time that is none', (memory) => void (memory.readAt = 1e20)],
		['no pauses', (memory) => void delete memory.pauses],
		['pauses in a list', (memory) => void (memory.pauses = [1, 2])],
	])('%s: a new baseline, and said so', async (_, change) => {
		const watch = await watchStory();
		await watch.activate();
		edit(watch, change);
		const { told, error } = await start(watch);
		expect(told).toEqual([]);
		expect(error?.message).toContain('was changed by somebody else');
		expect((await watch.poll()).error).toBeUndefined();
		expect((await watch.restart()).error).toBeUndefined();
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it.each<[string, (memory: Stored) => unknown]>([
		['a state', (memory) => void (memory.pauses[PAUSED_NOW].state = 'paused')],
		['a date', (memory) => void (memory.pauses[PAUSED_NOW].pausedUntilUtc = 'soon')],
		['nothing', (memory) => void (memory.pauses[PAUSED_NOW] = null)],
		['periods', (memory) => void (memory.pauses[PAUSED_NOW].periods = ['x'])],
	])('one contract with %s: a baseline for that one alone', async (_, change) => {
		const watch = await watchStory();
		await watch.activate();
		edit(watch, change);
		watch.story.sandbox.otherHand.resume(PAUSE_SCHEDULED);
		const { told, error } = await start(watch);
		expect(told).toEqual([`pauseChanged ${PAUSE_SCHEDULED}`]);
		expect(error?.message).toContain('was changed by somebody else');
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it.each<[string, (memory: Stored) => unknown]>([
		['the last delivery', (memory) => void (memory.delivered = [{ event: 'paused' }, 7])],
		['ids', (memory) => void (memory.told = { a: 1, b: ['x', 2] })],
		['ends', (memory) => void (memory.over = { 7: 'soon' })],
		['the account of another', (memory) => memory],
	])('%s: the rest is used', async (what, change) => {
		const watch = await watchStory();
		await watch.activate();
		edit(watch, change);
		const data = JSON.parse(watch.record.staticData);
		data['node:Trigger'].watched.accounts.other = null;
		watch.record.staticData = JSON.stringify(data);
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		const { told, error } = await start(watch);
		expect(told).toEqual([`contractResumed ${PAUSED_NOW}`]);
		expect(error === undefined).toBe(what === 'the account of another');
	});
});
