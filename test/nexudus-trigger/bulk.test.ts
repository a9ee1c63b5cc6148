import { advance, type Advanced, type AdvanceOptions } from '../../nodes/NexudusTrigger/advance';
import type { Memory } from '../../nodes/NexudusTrigger/memory';
import { PAUSE_EVENTS } from '../../nodes/NexudusTrigger/pauseEvents';
import type { SeenContract, Sighting } from '../../nodes/NexudusTrigger/pauseSource';

const NOW = Date.parse('2026-06-15T00:00:00.000Z');
const DAY = 86_400_000;
const OPTIONS: AdvanceOptions = {
	account: 'one',
	events: PAUSE_EVENTS,
	daysBefore: 7,
	process: 'p',
};

const NONE: SeenContract = {
	state: 'none',
	pausedFromUtc: null,
	pausedUntilUtc: null,
	about: { pricePlan: 'Hot Desk Monthly' },
	periods: [],
};
const PAUSED: SeenContract = {
	...NONE,
	state: 'active',
	pausedFromUtc: new Date(NOW - 30 * DAY).toISOString(),
	pausedUntilUtc: new Date(NOW + 30 * DAY).toISOString(),
};

const sighting = (count: number, each: SeenContract): Sighting => ({
	now: NOW,
	seen: new Map(Array.from({ length: count }, (_, index) => [700_000 + index, each])),
	gone: new Set(),
	unread: new Map(),
	unreadPeriods: new Map(),
});

/** Polls until nothing is left to tell. */
function drain(memory: Memory | undefined, seen: Sighting): { told: number[]; memory?: Memory } {
	const told: number[] = [];
	for (let poll = 0; poll < 50; poll++) {
		const next = advance(memory, seen, OPTIONS);
		memory = next.memory;
		expect(next.deliver.length).toBeLessThanOrEqual(500);
		told.push(...next.deliver.map(({ contractId }) => contractId));
		if (!next.changed) return { told, memory };
	}
	throw new Error('It never came to rest');
}

describe('two thousand contracts at once', () => {
	it('are told in portions, each one once', () => {
		const baseline = advance(undefined, sighting(2_000, NONE), OPTIONS).memory;
		const { told, memory } = drain(baseline, sighting(2_000, PAUSED));
		expect(told).toHaveLength(2_000);
		expect(new Set(told).size).toBe(2_000);
		expect(drain(memory, sighting(2_000, NONE)).told).toHaveLength(2_000);
	});

	it('make a whole baseline, also where many pauses are about to end', () => {
		const ending = { ...PAUSED, pausedUntilUtc: new Date(NOW + 3 * DAY).toISOString() };
		const { told } = drain(undefined, sighting(2_000, ending));
		expect(told).toHaveLength(2_000);
		expect(new Set(told).size).toBe(2_000);
	});

	it('leave a memory of the size that the documents say', () => {
		const { memory } = drain(
			advance(undefined, sighting(5_000, NONE), OPTIONS).memory,
			sighting(5_000, PAUSED),
		);
		expect(JSON.stringify(memory).length).toBeLessThan(5_000 * 260);
		const after = drain(memory, sighting(5_000, NONE)).memory;
		expect(JSON.stringify(after).length).toBeLessThan(5_000 * 60);
	});

	it('are given no id twice when all pauses are set, withdrawn and set again', () => {
		let memory: Memory | undefined = advance(undefined, sighting(3_000, NONE), OPTIONS).memory;
		const ids: string[] = [];
		for (const each of [PAUSED, NONE, PAUSED, NONE]) {
			for (let poll = 0; poll < 10; poll++) {
				const next: Advanced = advance(memory, sighting(3_000, each), OPTIONS);
				memory = next.memory;
				ids.push(...next.deliver.map(({ eventId }) => eventId));
			}
		}
		expect(ids).toHaveLength(4 * 3_000);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

it('gives no id twice for a long pause that is set again after a short one', () => {
	const at = (day: number, each: SeenContract): Sighting => ({
		...sighting(1, each),
		now: NOW + day * DAY,
	});
	const pause = (state: 'active' | 'scheduled', from: number, until: number): SeenContract => ({
		...NONE,
		state,
		pausedFromUtc: new Date(NOW + from * DAY).toISOString(),
		pausedUntilUtc: new Date(NOW + until * DAY).toISOString(),
	});
	const long = pause('active', 1, 300);
	const ids: string[] = [];
	let memory: Memory | undefined;
	for (const seen of [
		...[at(0, NONE), at(2, long), at(9, pause('scheduled', 20, 40)), at(41, NONE)],
		...[at(50, long), at(60, NONE)],
	]) {
		const next = advance(memory, seen, OPTIONS);
		memory = next.memory;
		ids.push(...next.deliver.map(({ eventId }) => eventId));
	}
	expect(ids).toHaveLength(6);
	expect(new Set(ids).size).toBe(6);
});

describe("a vendor's clock that is behind", () => {
	const until = new Date(NOW + 2 * DAY).toISOString();
	const at = (now: number, each: SeenContract): Sighting => ({ ...sighting(1, each), now });
	const ending = { ...PAUSED, pausedUntilUtc: until };
	const names = ({ deliver }: Advanced) => deliver.map(({ event }) => event);

	it('begins no pause again that was over', () => {
		let memory = advance(undefined, at(NOW, ending), OPTIONS).memory;
		const over = advance(memory, at(NOW + 2.5 * DAY, NONE), OPTIONS);
		expect(names(over)).toEqual(['contractResumed']);
		memory = advance(over.memory, at(NOW + 2.5 * DAY, NONE), OPTIONS).memory;
		const behind = advance(memory, at(NOW + DAY, ending), OPTIONS);
		expect(names(behind)).toEqual([]);
		expect(names(advance(behind.memory, at(NOW + 2.5 * DAY, NONE), OPTIONS))).toEqual([]);
	});

	it('takes no next pause back that was seen', () => {
		const next = {
			...PAUSED,
			state: 'scheduled' as const,
			pausedFromUtc: new Date(NOW + 9 * DAY).toISOString(),
			pausedUntilUtc: new Date(NOW + 20 * DAY).toISOString(),
		};
		const { memory } = advance(undefined, at(NOW, ending), OPTIONS);
		const over = advance(memory, at(NOW + 2.5 * DAY, next), OPTIONS);
		expect(names(over)).toEqual(['contractResumed', 'pauseScheduled']);
		expect(names(advance(over.memory, at(NOW + DAY, ending), OPTIONS))).toEqual([]);
	});

	it('keeps nobody from pausing anew with other dates', () => {
		const { memory } = advance(undefined, at(NOW, ending), OPTIONS);
		const over = advance(memory, at(NOW + 2.5 * DAY, NONE), OPTIONS);
		expect(names(advance(over.memory, at(NOW + 2.5 * DAY, PAUSED), OPTIONS))).toEqual([
			'contractPaused',
		]);
	});
});

describe('a contract that is gone', () => {
	it('is remembered also where its pause has no end', () => {
		const undated = { ...PAUSED, pausedUntilUtc: null };
		let memory = advance(undefined, sighting(1, undated), OPTIONS).memory;
		const gone = { ...sighting(0, NONE), gone: new Set([700_000]) };
		for (let poll = 0; poll < 3; poll++) memory = advance(memory, gone, OPTIONS).memory;
		expect(advance(memory, sighting(1, undated), OPTIONS).deliver).toEqual([]);
		expect(advance(memory, sighting(1, NONE), OPTIONS).deliver).toHaveLength(1);
	});
});
