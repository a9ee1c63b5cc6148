import {
	changesBetween,
	daysUntilEnd,
	eventIdOf,
	NO_PAUSE,
	PAUSE_EVENTS,
	settled,
	type PauseSide,
} from '../../nodes/NexudusTrigger/pauseEvents';

const NOW = Date.parse('2026-06-15T12:00:00.000Z');
const [APRIL, MAY, JUNE, JULY, AUGUST] = ['04', '05', '06', '07', '08'].map(
	(month) => `2026-${month}-01T00:00:00.000Z`,
);
const active = (from: string | null, until: string | null): PauseSide => ({
	state: 'active',
	pausedFromUtc: from,
	pausedUntilUtc: until,
});
const scheduled = (from: string | null, until: string | null): PauseSide => ({
	...active(from, until),
	state: 'scheduled',
});

describe('the change between two reads', () => {
	it.each([
		['nothing, nothing', NO_PAUSE, NO_PAUSE, []],
		['a pause set', NO_PAUSE, scheduled(JULY, AUGUST), ['pauseScheduled']],
		['a pause set, without dates', NO_PAUSE, scheduled(null, null), ['pauseScheduled']],
		['a pause that was never seen scheduled', NO_PAUSE, active(JUNE, JULY), ['contractPaused']],
		['the same pause', scheduled(JULY, AUGUST), scheduled(JULY, AUGUST), []],
		['dates that are shown later', scheduled(null, null), scheduled(JULY, AUGUST), []],
		['a pause that began', scheduled(JUNE, JULY), active(JUNE, JULY), ['contractPaused']],
		[
			'a pause that began otherwise',
			scheduled(JULY, AUGUST),
			active(JUNE, JULY),
			['contractPaused'],
		],
		['other dates', scheduled(JULY, AUGUST), scheduled(AUGUST, null), ['pauseChanged']],
		['a longer pause', active(JUNE, JULY), active(JUNE, AUGUST), ['pauseChanged']],
		['withdrawn', scheduled(JULY, AUGUST), NO_PAUSE, ['pauseChanged']],
		['withdrawn, or come and gone', scheduled(MAY, JUNE), NO_PAUSE, ['pauseChanged']],
		['over', active(JUNE, JULY), NO_PAUSE, ['contractResumed']],
		['over, without dates', active(null, null), NO_PAUSE, ['contractResumed']],
		[
			'another pause after one that is over',
			scheduled(MAY, JUNE),
			scheduled(JULY, AUGUST),
			['pauseScheduled'],
		],
		[
			'over, and the next one set',
			active(MAY, JUNE),
			scheduled(JULY, AUGUST),
			['contractResumed', 'pauseScheduled'],
		],
		['over, and the next one on', active(MAY, JUNE), active(JUNE, JULY), ['pauseChanged']],
		[
			'over, and another one on after a gap',
			active(APRIL, MAY),
			active(JUNE, JULY),
			['contractResumed', 'contractPaused'],
		],
		['another one, which nobody dates', active(APRIL, MAY), active(null, JULY), ['pauseChanged']],
	] as const)('%s', (_, before, after, expected) => {
		expect(changesBetween(before, settled(before, after), NOW)).toEqual(expected);
	});

	it('takes nothing back when another clock of the vendor is behind', () => {
		const after = settled(active(JUNE, JULY), scheduled(JUNE, JULY));
		expect(after).toEqual(active(JUNE, JULY));
	});

	it('keeps dates that one read shows and the next does not', () => {
		expect(settled(active(JUNE, JULY), active(null, null))).toEqual(active(JUNE, JULY));
		expect(settled(active(MAY, JUNE), active(JULY, null))).toEqual(active(JULY, null));
	});

	it('takes a pause without dates for over when one is scheduled', () => {
		const after = settled(active(null, null), scheduled(JULY, AUGUST));
		expect(changesBetween(active(null, null), after, NOW)).toEqual([
			'contractResumed',
			'pauseScheduled',
		]);
	});
});

describe('days until a pause ends', () => {
	it.each([
		['2026-06-15T13:00:00.000Z', 1],
		['2026-06-16T12:00:00.000Z', 1],
		['2026-06-16T12:00:00.001Z', 2],
		['2026-06-15T12:00:00.000Z', null],
		['2026-06-15T11:00:00.000Z', null],
		[null, null],
	])('%s: %s', (until, days) => {
		expect(daysUntilEnd(active(MAY, until), NOW)).toBe(days);
	});

	it('counts for a pause that is on', () => {
		expect(daysUntilEnd(scheduled(JUNE, JULY), NOW)).toBeNull();
		expect(daysUntilEnd(NO_PAUSE, NOW)).toBeNull();
	});
});

describe('an event id', () => {
	const change = { contractId: 7, before: scheduled(JUNE, JULY), after: active(JUNE, JULY) };

	it('is the same for the same change, and another one for any other', () => {
		const ids = PAUSE_EVENTS.flatMap((event) => [
			eventIdOf('one', { event, ...change }, 1),
			eventIdOf('one', { event, ...change }, 2),
			eventIdOf('two', { event, ...change }, 1),
			eventIdOf('one', { event, ...change, contractId: 8 }, 1),
			eventIdOf(
				'one',
				{ event, ...change, before: active(MAY, JUNE), after: active(MAY, AUGUST) },
				1,
			),
		]);
		expect(new Set(ids).size).toBe(ids.length);
		expect(eventIdOf('one', { event: 'contractPaused', ...change }, 1)).toBe(
			eventIdOf('one', { event: 'contractPaused', ...change, before: NO_PAUSE }, 1),
		);
	});
});
