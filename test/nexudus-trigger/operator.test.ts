import { pausePeriod } from '../../nodes/Nexudus/pausePeriod/periodState';
import { pauseOfPeriods } from '../../nodes/NexudusTrigger/pauseOfPeriods';
import { HOT_DESK, PAUSE_SCHEDULED, PAUSED_NOW, TOMS_HOT_DESK } from '../nexudus/story';
import { DAY, eventsOf, watchStory } from './watch';

describe('the trigger with the account of an operator', () => {
	it("watches all members' contracts, and says whose they are", async () => {
		const watch = await watchStory({ actAs: 'operator' });
		expect(eventsOf(await watch.activate())).toEqual([]);
		watch.story.sandbox.otherHand.pause(TOMS_HOT_DESK, 1);
		watch.story.sandbox.otherHand.pause(HOT_DESK, 2);
		expect((await watch.events())?.map((event) => event)).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					event: 'pauseScheduled',
					contractId: TOMS_HOT_DESK,
					coworkerName: 'Tom Weber',
					coworkerId: expect.any(Number),
					pausePeriodId: expect.any(Number),
					pricePlan: 'Hot Desk Monthly',
				}),
				expect.objectContaining({ event: 'pauseScheduled', contractId: HOT_DESK }),
			]),
		);
	});

	it('tells a deleted period: of a pause that is on a resume, else that it was withdrawn', async () => {
		const watch = await watchStory({ actAs: 'operator' });
		await watch.activate();
		const { sandbox } = watch.story;
		sandbox.otherHand.resume(PAUSE_SCHEDULED);
		const before = sandbox.requests.length;
		expect(await watch.events()).toEqual([
			expect.objectContaining({
				event: 'pauseChanged',
				contractId: PAUSE_SCHEDULED,
				coworkerName: 'Maria Sol',
				after: { state: 'none', pausedFromUtc: null, pausedUntilUtc: null },
			}),
		]);
		// Its own address has said so before it counted.
		expect(sandbox.requests.slice(before).map(({ kind }) => kind)).toContain('period');
		sandbox.otherHand.resume(PAUSED_NOW);
		expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
	});

	it('says nothing of a period that a list lacks and that is there', async () => {
		const watch = await watchStory({ actAs: 'operator' });
		await watch.activate();
		watch.story.sandbox.faults.order({
			route: 'periodList',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: '{"Records":[],"HasNextPage":false}',
			times: 2,
		});
		expect(await watch.told()).toBeNull();
		watch.story.sandbox.faults.order({ route: 'period', kind: 'status', status: 500, times: 99 });
		const { executions, error } = await watch.poll();
		expect(executions).toEqual([]);
		expect(error?.message).toMatch(/^Contract \d+: Nexudus could not be read/);
		watch.story.sandbox.faults.clear();
		expect(await watch.told()).toBeNull();
	});

	it('shows test events from periods that there are', async () => {
		const watch = await watchStory({ actAs: 'operator' });
		const [paused] = await watch.testEvents({ events: ['contractPaused'] });
		expect(paused).toMatchObject({ contractId: PAUSED_NOW, coworkerName: 'Maria Sol' });
	});
});

const NOW = Date.parse('2026-06-15T12:00:00.000Z');
const day = (days: number) => new Date(NOW + days * DAY).toISOString();
const period = (id: number, from: number, until: number) =>
	pausePeriod(
		{ Id: id, CoworkerContractId: 7, PauseFrom: day(from), PauseUntil: day(until) },
		null,
	);

describe('the pause that periods make', () => {
	it.each([
		['none', [], 'none', null, null, null],
		['one that is over', [period(1, -9, -1)], 'none', null, null, null],
		['one that is on', [period(1, -9, 1)], 'active', -9, 1, 1],
		[
			'the one that is on, before a later one',
			[period(2, 5, 9), period(1, -9, 1)],
			'active',
			-9,
			1,
			1,
		],
		['the next one', [period(2, 15, 19), period(1, 5, 9)], 'scheduled', 5, 9, 1],
		['two without a gap, in the first', [period(1, -9, 1), period(2, 1, 9)], 'active', -9, 9, 1],
		['two without a gap, in the second', [period(1, -9, -1), period(2, -1, 9)], 'active', -9, 9, 2],
		['two that overlap', [period(1, -9, 3), period(2, 1, 9)], 'active', -9, 9, 1],
	] as const)('%s', (_, periods, state, from, until, id) => {
		const pause = pauseOfPeriods(periods, NOW);
		expect({ ...pause, period: pause.period?.id ?? null }).toEqual({
			state,
			pausedFromUtc: from === null ? null : day(from),
			pausedUntilUtc: until === null ? null : day(until),
			period: id,
		});
	});
});
