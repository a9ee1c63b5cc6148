import { HOT_DESK } from '../nexudus/story';
import { DAY, eventsOf, inShort, watchStory, type Told, type Watch } from './watch';

/** Leaves the hot desk with pauses that begin and end so many days from now. */
function pauses({ story }: Watch, ...days: Array<[from: number, until: number]>): void {
	const now = story.sandbox.clock.now().getTime();
	const date = (day: number) => new Date(now + day * DAY).toISOString().slice(0, 10);
	story.sandbox.otherHand.setPauses(
		HOT_DESK,
		days.map(([from, until]) => ({ from: date(from), until: date(until), changedAt: now })),
	);
}

describe.each(['customer', 'operator'] as const)('a workflow that was off, as %s', (actAs) => {
	const hotDesk = (told: Told[] | null) =>
		(told ?? []).filter(({ contractId }) => contractId === HOT_DESK).map(inShort);

	it('tells that one pause is over and another is on', async () => {
		const watch = await watchStory({ actAs });
		pauses(watch, [-5, 10]);
		await watch.activate();
		watch.story.sandbox.clock.advance(30 * DAY);
		pauses(watch, [-35, -20], [-5, 60]);
		expect(hotDesk(eventsOf(await watch.restart()))).toEqual([
			`contractResumed ${HOT_DESK}`,
			`contractPaused ${HOT_DESK}`,
		]);
		expect(await watch.told()).toEqual([]);
		expect(await watch.told()).toBeNull();
	});

	it('says nothing of a pause that goes on', async () => {
		const watch = await watchStory({ actAs });
		pauses(watch, [-5, 60]);
		await watch.activate();
		watch.story.sandbox.clock.advance(30 * DAY);
		expect(hotDesk(eventsOf(await watch.restart()))).toEqual([]);
	});

	it('tells a pause that was prolonged without a gap as changed', async () => {
		const watch = await watchStory({ actAs });
		pauses(watch, [-5, 10]);
		await watch.activate();
		watch.story.sandbox.clock.advance(30 * DAY);
		pauses(watch, [-35, -20], [-20, 60]);
		expect(hotDesk(eventsOf(await watch.restart()))).toEqual([`pauseChanged ${HOT_DESK}`]);
	});
});

describe.each(['customer', 'operator'] as const)('other days before the end, as %s', (actAs) => {
	it('tell an end once', async () => {
		const watch = await watchStory({ actAs });
		pauses(watch, [-5, 10]);
		const of = async (daysBefore: number) =>
			(eventsOf(await watch.activate({ events: ['pauseEnding'], daysBefore })) ?? []).filter(
				({ contractId }) => contractId === HOT_DESK,
			).length;
		expect([await of(7), await of(14), await of(7), await of(30)]).toEqual([0, 1, 0, 0]);
	});
});

describe.each(['customer', 'operator'] as const)('an account without contracts, as %s', (actAs) => {
	it('has a baseline, and tells the first pause', async () => {
		const watch = await watchStory({ actAs });
		const { sandbox } = watch.story;
		for (const { id } of sandbox.contracts()) sandbox.otherHand.setPauses(id, []);
		sandbox.faults.order({
			route: actAs === 'customer' ? 'list' : 'periodList',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: '{"Records":[],"HasNextPage":false}',
			times: 2,
		});
		expect(eventsOf(await watch.activate())).toEqual([]);
		expect(await watch.told()).toBeNull();
		pauses(watch, [-1, 10]);
		expect(await watch.told()).toEqual([`contractPaused ${HOT_DESK}`]);
	});
});
