import {
	changesBetween,
	daysUntilEnd,
	eventIdOf,
	NO_PAUSE,
	settled,
	type PauseEvent,
	type PauseEventName,
	type PauseSide,
} from './pauseEvents';
import type { Memory, WatchedPause } from './memory';
import type { SeenContract, Sighting } from './pauseSource';

/** Events of one poll at the most; what is left over is found by the next one. */
const MOST_EVENTS = 500;
const MOST_USED_IDS = 1_000;
/** How long an event without dates counts as the same. */
const UNDATED = 400 * 86_400_000;

export interface AdvanceOptions {
	account: string;
	events: readonly PauseEventName[];
	/** For `pauseEnding`. */
	daysBefore: number;
	/** Names the process that remembers. */
	process: string;
	/** The last delivery has reached n8n, which runs on. Else nobody can say what became of it. */
	arrived: boolean;
}

export interface Delivery extends PauseEvent {
	/** It was delivered before, and n8n was stopped before anybody could know that it arrived. */
	redelivered: boolean;
}

export interface Advanced {
	memory: Memory;
	deliver: Delivery[];
	/** The memory has to be stored, also where nothing is delivered. */
	changed: boolean;
}

/**
 * Compares what is remembered with what was seen: the events to deliver, and what to remember from
 * now on. Without a memory it takes the baseline. Pure.
 */
export function advance(
	before: Memory | undefined,
	sighting: Sighting,
	options: AdvanceOptions,
): Advanced {
	const { now } = sighting;
	const pauses = { ...before?.pauses };
	const usedIds = { ...before?.usedIds };
	const again = options.arrived
		? []
		: (before?.delivered ?? []).filter(({ event }) => options.events.includes(event));
	const found: PauseEvent[] = [];

	const tell = (event: PauseEventName, contractId: number, sides: Sides): void => {
		if (!options.events.includes(event)) return;
		const bare = { event, contractId, before: sides.before, after: sides.after };
		let occurrence = 1;
		let eventId = eventIdOf(options.account, bare, occurrence);
		while (eventId in usedIds) eventId = eventIdOf(options.account, bare, ++occurrence);
		const until = sides.after.pausedUntilUtc ?? sides.before.pausedUntilUtc;
		usedIds[eventId] = Math.max(now, until === null ? now + UNDATED : Date.parse(until));
		found.push({
			...bare,
			eventId,
			about: sides.about,
			daysLeft: event === 'pauseEnding' ? daysUntilEnd(sides.after, now) : null,
			since: before === undefined ? null : new Date(before.readAt).toISOString(),
			noticedAt: new Date(now).toISOString(),
		});
	};

	for (const [contractId, seen] of sighting.seen) {
		const full = found.length >= MOST_EVENTS;
		// A baseline must be whole; what happened to the others is left as it was, and found again.
		if (full && before !== undefined) break;
		const watched = pauses[contractId];
		const sides = { ...compared(watched, seen), about: seen.about };
		if (before !== undefined) {
			for (const event of changesBetween(sides.before, sides.after, now)) {
				tell(event, contractId, sides);
			}
		}
		const left = daysUntilEnd(sides.after, now);
		const end = sides.after.pausedUntilUtc;
		const due = left !== null && left <= options.daysBefore && watched?.endTold !== end;
		const tellEnd = due && !full && options.events.includes('pauseEnding');
		if (tellEnd) tell('pauseEnding', contractId, { ...sides, before: sides.after });
		if (sides.after.state === 'none') delete pauses[contractId];
		else pauses[contractId] = toWatch(sides, tellEnd ? end : watched?.endTold);
	}
	for (const contractId of sighting.gone) {
		const watched = pauses[contractId];
		if (watched) pauses[contractId] = { ...watched, gone: true };
	}

	const deliver = [
		...again.map((event) => ({ ...event, redelivered: true })),
		...found.map((event) => ({ ...event, redelivered: false })),
	];
	const delivered = [...again, ...found];
	const memory: Memory = { readAt: now, by: options.process, pauses, delivered, usedIds };
	const changed = before === undefined || !sameMemory(before, memory);
	return { memory: changed ? tidied(memory) : memory, deliver, changed };
}

interface Sides {
	before: PauseSide;
	after: PauseSide;
	about: SeenContract['about'];
}

function compared(watched: WatchedPause | undefined, seen: SeenContract): Omit<Sides, 'about'> {
	const before = watched ? sideOf(watched) : NO_PAUSE;
	return { before, after: settled(before, sideOf(seen)) };
}

function sideOf({ state, pausedFromUtc, pausedUntilUtc }: PauseSide): PauseSide {
	return { state, pausedFromUtc, pausedUntilUtc };
}

function toWatch({ after, about }: Sides, endTold: string | null | undefined): WatchedPause {
	return { ...after, about, ...(endTold ? { endTold } : {}) };
}

function sameMemory(one: Memory, other: Memory): boolean {
	const content = ({ pauses, delivered }: Memory) =>
		JSON.stringify([Object.entries(pauses), delivered]);
	return content(one) === content(other);
}

/** Forgets what can no longer matter; only together with another change, as storing costs an execution. */
function tidied(memory: Memory): Memory {
	const { readAt } = memory;
	const ended = ({ gone, pausedUntilUtc }: WatchedPause) =>
		gone && (pausedUntilUtc === null || Date.parse(pausedUntilUtc) <= readAt);
	const ids = Object.entries(memory.usedIds)
		.filter(([, until]) => until >= readAt)
		.sort(([, a], [, b]) => b - a)
		.slice(0, MOST_USED_IDS);
	return {
		...memory,
		pauses: Object.fromEntries(Object.entries(memory.pauses).filter(([, one]) => !ended(one))),
		usedIds: Object.fromEntries(ids),
	};
}
