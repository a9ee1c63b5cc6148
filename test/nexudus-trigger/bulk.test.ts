import { advance, type AdvanceOptions } from '../../nodes/NexudusTrigger/advance';
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
	arrived: true,
};

const NONE: SeenContract = {
	state: 'none',
	pausedFromUtc: null,
	pausedUntilUtc: null,
	about: { pricePlan: 'Hot Desk Monthly' },
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

	it('leave a memory of bounded size', () => {
		const { memory } = drain(
			advance(undefined, sighting(2_000, NONE), OPTIONS).memory,
			sighting(2_000, PAUSED),
		);
		expect(JSON.stringify(memory).length).toBeLessThan(2_000 * 220 + 60_000);
		const after = drain(memory, sighting(2_000, NONE)).memory;
		expect(JSON.stringify(after).length).toBeLessThan(60_000);
	});
});
