import { HOT_DESK, PAUSE_SCHEDULED, PAUSED_NOW } from '../nexudus/story';
import { ALL_EVENTS, DAY, eventsOf, watchStory, type Watch } from './watch';

/** Moves the vendor's clock to a day before or after a date. */
function moveTo(watch: Watch, date: string | null, days: number): void {
	watch.story.sandbox.clock.set(new Date(Date.parse(String(date)) + days * DAY));
}

/** Events of the contract that the test is about; moving the clock touches others too. */
async function about(watch: Watch, contractId: number) {
	return (await watch.events())?.filter((event) => event.contractId === contractId) ?? [];
}

const names = (events: Array<{ event: string }>) => events.map(({ event }) => event);

describe('the trigger with the session of a customer', () => {
	it('takes a baseline, and says nothing of what was so before', async () => {
		const watch = await watchStory();
		expect(eventsOf(await watch.activate())).toEqual([]);
		expect(await watch.told()).toBeNull();
	});

	describe.each(['visible', 'hidden'] as const)('scheduled pauses are %s', (scheduledPause) => {
		const visible = scheduledPause === 'visible';

		it('tells a pause from its beginning to its end', async () => {
			const watch = await watchStory({ readings: { scheduledPause } });
			const { sandbox } = watch.story;
			await watch.activate();
			sandbox.otherHand.pause(HOT_DESK, 1);
			expect(names(await about(watch, HOT_DESK))).toEqual(visible ? ['pauseScheduled'] : []);
			const { from, until } = sandbox.contract(HOT_DESK);
			const dates = {
				pausedFromUtc: new Date(String(from)).toISOString(),
				pausedUntilUtc: new Date(String(until)).toISOString(),
			};

			moveTo(watch, from, 1);
			expect(await about(watch, HOT_DESK)).toEqual([
				expect.objectContaining({
					event: 'contractPaused',
					eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
					pricePlan: 'Hot Desk Monthly',
					before: expect.objectContaining({ state: visible ? 'scheduled' : 'none' }),
					after: { state: 'active', ...dates },
					daysLeft: null,
					redelivered: false,
				}),
			]);

			moveTo(watch, until, -8);
			expect(await about(watch, HOT_DESK)).toEqual([]);
			moveTo(watch, until, -6);
			expect(await about(watch, HOT_DESK)).toEqual([
				expect.objectContaining({ event: 'pauseEnding', daysLeft: 6 }),
			]);
			moveTo(watch, until, -5);
			expect(await about(watch, HOT_DESK)).toEqual([]);

			moveTo(watch, until, 1);
			expect(await about(watch, HOT_DESK)).toEqual([
				expect.objectContaining({
					event: 'contractResumed',
					before: { state: 'active', ...dates },
					after: { state: 'none', pausedFromUtc: null, pausedUntilUtc: null },
				}),
			]);
		});

		it('tells a resume by somebody', async () => {
			const watch = await watchStory({ readings: { scheduledPause } });
			await watch.activate();
			watch.story.sandbox.otherHand.resume(PAUSED_NOW);
			expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
		});

		it('tells the net change: what was undone before the next poll did not happen', async () => {
			const watch = await watchStory({ readings: { scheduledPause } });
			const { otherHand } = watch.story.sandbox;
			await watch.activate();
			otherHand.pause(HOT_DESK, 1);
			otherHand.resume(HOT_DESK);
			expect(await watch.told()).toBeNull();
		});
	});

	it('tells a pause that was withdrawn before it began as changed, not as resumed', async () => {
		const watch = await watchStory();
		await watch.activate();
		watch.story.sandbox.otherHand.resume(PAUSE_SCHEDULED);
		expect(await watch.events()).toEqual([
			expect.objectContaining({
				event: 'pauseChanged',
				contractId: PAUSE_SCHEDULED,
				before: expect.objectContaining({ state: 'scheduled' }),
				after: { state: 'none', pausedFromUtc: null, pausedUntilUtc: null },
			}),
		]);
	});

	it('tells a pause that became longer', async () => {
		const watch = await watchStory();
		await watch.activate();
		watch.story.sandbox.otherHand.pause(PAUSED_NOW, 1);
		expect(await watch.told()).toEqual([`pauseChanged ${PAUSED_NOW}`]);
	});

	it('tells only the events that were chosen', async () => {
		const watch = await watchStory();
		const { otherHand } = watch.story.sandbox;
		await watch.activate({ events: ['pauseScheduled'] });
		otherHand.resume(PAUSED_NOW);
		otherHand.pause(HOT_DESK, 1);
		expect(await watch.told()).toEqual([`pauseScheduled ${HOT_DESK}`]);
	});

	it('tells a pause that nears its end also when it is activated so late', async () => {
		const watch = await watchStory();
		const { until } = watch.story.sandbox.contract(PAUSED_NOW);
		moveTo(watch, until, -3);
		const told = eventsOf(await watch.activate({ events: ['pauseEnding'], daysBefore: 5 }));
		expect(told).toEqual([
			expect.objectContaining({
				event: 'pauseEnding',
				contractId: PAUSED_NOW,
				daysLeft: 3,
				since: null,
			}),
		]);
	});

	it('tells the same pause twice where it was set, withdrawn and set again', async () => {
		const watch = await watchStory();
		const { otherHand } = watch.story.sandbox;
		await watch.activate();
		const ids: string[] = [];
		for (let round = 0; round < 3; round++) {
			otherHand.pause(HOT_DESK, 1);
			for (const { eventId } of (await watch.events()) ?? []) ids.push(eventId);
			otherHand.resume(HOT_DESK);
			for (const { eventId } of (await watch.events()) ?? []) ids.push(eventId);
		}
		expect(ids).toHaveLength(6);
		expect(new Set(ids).size).toBe(6);
	});

	it('says from when to when it compared', async () => {
		const watch = await watchStory();
		const { sandbox } = watch.story;
		await watch.activate();
		const first = sandbox.clock.now().getTime();
		sandbox.otherHand.resume(PAUSED_NOW);
		sandbox.clock.advance(3_600_000);
		const [{ since, noticedAt }] = (await watch.events()) ?? [];
		expect(Math.abs(Date.parse(String(since)) - first)).toBeLessThan(5_000);
		expect(Date.parse(noticedAt) - Date.parse(String(since))).toBeGreaterThan(3_590_000);
	});

	it.each(['Contracts', 'Records', 'array'] as const)('reads a list in %s', async (listShape) => {
		const watch = await watchStory({ readings: { listShape } });
		await watch.activate();
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});
});

describe('the parameters of the trigger', () => {
	it.each([
		[{ events: [] }, "'Events' must name an event, and is empty"],
		[{ events: ['paused'] }, '\'Events\' cannot be "paused"'],
		[
			{ events: ['pauseEnding'], daysBefore: 0 },
			"'Days Before' must be a whole number from 1 to 366",
		],
	])('%j', async (parameters, message) => {
		const watch = await watchStory();
		await expect(watch.activate(parameters)).rejects.toThrow(message);
		expect(watch.story.sandbox.requests).toEqual([]);
	});
});

describe('Fetch Test Event', () => {
	it('shows one event of each kind, from contracts that there are', async () => {
		const watch = await watchStory();
		const samples = await watch.testEvents();
		expect(samples.map(({ event, contractId }) => [event, contractId])).toEqual([
			['contractPaused', PAUSED_NOW],
			['contractResumed', PAUSED_NOW],
			['pauseChanged', PAUSE_SCHEDULED],
			['pauseEnding', PAUSED_NOW],
			['pauseScheduled', PAUSE_SCHEDULED],
		]);
		const { from, until } = watch.story.sandbox.contract(PAUSED_NOW);
		expect(samples[0]).toMatchObject({
			sample: true,
			pricePlan: 'Private Office Monthly',
			after: {
				state: 'active',
				pausedFromUtc: new Date(String(from)).toISOString(),
				pausedUntilUtc: new Date(String(until)).toISOString(),
			},
		});
	});

	it('has the fields of a real event', async () => {
		const watch = await watchStory();
		const [sample] = await watch.testEvents({ events: ['contractResumed'] });
		await watch.activate();
		watch.story.sandbox.otherHand.resume(PAUSED_NOW);
		const [real] = (await watch.events()) ?? [];
		const { sample: mark, ...fields } = sample;
		expect(mark).toBe(true);
		expect(Object.keys(fields)).toEqual(Object.keys(real));
	});

	it('shows events without dates where no contract is paused', async () => {
		const watch = await watchStory();
		for (const id of [PAUSED_NOW, PAUSE_SCHEDULED]) watch.story.sandbox.otherHand.resume(id);
		const samples = await watch.testEvents({ events: ALL_EVENTS });
		expect(samples).toHaveLength(ALL_EVENTS.length);
	});
});
