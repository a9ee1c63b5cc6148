import { pausePeriod } from '../../nodes/Nexudus/pausePeriod/periodState';
import { pauseOfPeriods } from '../../nodes/NexudusTrigger/pauseOfPeriods';
import { HOT_DESK, PAUSE_SCHEDULED, PAUSED_NOW, TOMS_HOT_DESK } from '../nexudus/story';
import { addPeriod, changeList } from './otherRows';
import { DAY, eventsOf, periodsOf, watchStory, type Watch } from './watch';

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
		for (const route of ['period', 'periodBatch'] as const) {
			watch.story.sandbox.faults.order({ route, kind: 'status', status: 500, times: 99 });
		}
		const { executions, error } = await watch.poll();
		expect(executions).toEqual([]);
		expect(error?.message).toMatch(/^Contract \d+ \(and 1 more\): Nexudus could not be read/);
		watch.story.sandbox.faults.clear();
		expect(await watch.told()).toBeNull();
	});

	describe('a pause of two periods without a gap', () => {
		it('is not shorter where a list lacks the second', async () => {
			const watch = await watchStory({
				actAs: 'operator',
				readings: { offCycleDates: 'accepted' },
			});
			const { sandbox } = watch.story;
			const { until } = sandbox.contract(PAUSED_NOW);
			const added = await addPeriod(sandbox, PAUSED_NOW, String(until), 62);
			await watch.activate();
			await changeList(watch.story.sandbox, watch.actAs, (row) => (row.Id === added ? null : row));
			expect(await watch.told()).toBeNull();
			// Nor is it over, once its first period is.
			sandbox.clock.set(new Date(Date.parse(String(until)) + DAY));
			await changeList(watch.story.sandbox, watch.actAs, (row) => (row.Id === added ? null : row));
			expect((await watch.events())?.filter(({ contractId }) => contractId === PAUSED_NOW)).toEqual(
				[],
			);
		});
	});

	describe('a period that is listed and cannot be read', () => {
		const poor = (names: string[], id: number) => (row: Record<string, unknown>) =>
			row.CoworkerContractId === id
				? Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
				: row;
		const hide = async (watch: Watch, names: string[]) => {
			await changeList(watch.story.sandbox, watch.actAs, poor(names, PAUSED_NOW), Infinity);
			for (const route of ['period', 'periodBatch'] as const) {
				watch.story.sandbox.faults.order({ route, kind: 'status', status: 500, times: Infinity });
			}
		};
		const DATES = ['PauseFrom', 'PauseUntil'];

		it.each([
			['its contract is named', DATES, /^Contract \d+: /],
			['its contract is not named', [...DATES, 'CoworkerContractId'], /^Pause period \d+: /],
		])('keeps nobody else from being told: %s', async (_, names, message) => {
			const watch = await watchStory({ actAs: 'operator' });
			const { sandbox } = watch.story;
			await hide(watch, names);
			const activation = await watch.activate();
			expect(activation.executions).toEqual([[]]);
			expect(activation.error?.message).toMatch(message);
			sandbox.otherHand.pause(TOMS_HOT_DESK, 1);
			sandbox.faults.clear();
			await hide(watch, names);
			expect(await watch.told()).toEqual([`pauseScheduled ${TOMS_HOT_DESK}`]);
			// It was so at the baseline: no news.
			sandbox.faults.clear();
			expect(await watch.told()).toEqual([]);
			expect(await watch.told()).toBeNull();
			sandbox.otherHand.resume(PAUSED_NOW);
			expect(await watch.told()).toEqual([`contractResumed ${PAUSED_NOW}`]);
		});

		it('is no resume where its own address shows no dates', async () => {
			const watch = await watchStory({ actAs: 'operator' });
			await watch.activate();
			await changeList(watch.story.sandbox, watch.actAs, poor(DATES, PAUSED_NOW), Infinity);
			for (const route of ['period', 'periodBatch'] as const) {
				const [id] = periodsOf(watch, PAUSED_NOW);
				const record = { Id: id, CoworkerContractId: PAUSED_NOW };
				watch.story.sandbox.faults.order({
					...{ route, kind: 'status', status: 200, times: Infinity },
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(route === 'period' ? record : { Records: [record] }),
				});
			}
			const { error, executions } = await watch.poll();
			expect(executions).toEqual([]);
			expect(error?.message).toContain(`Contract ${PAUSED_NOW}: `);
		});
	});

	it('reads many that a list lacks in one request', async () => {
		const watch = await watchStory({ actAs: 'operator' });
		await watch.activate();
		await changeList(watch.story.sandbox, watch.actAs, () => null);
		const before = watch.story.sandbox.requests.length;
		expect(await watch.told()).toBeNull();
		const asked = watch.story.sandbox.requests.slice(before).map(({ kind }) => kind);
		expect(asked).toEqual(['periodList', 'periodBatch']);
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
