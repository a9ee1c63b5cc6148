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
const DAY = 86_400_000;
/** How long an event without dates counts as the same, and a contract that is gone may come back. */
const LONG = 400 * DAY;
/** So many signs of a hash name an event among those of one account. */
const SHORT_NAME = 12;

export interface AdvanceOptions {
	account: string;
	events: readonly PauseEventName[];
	/** For `pauseEnding`. */
	daysBefore: number;
	/** Names the process that remembers. */
	process: string;
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
	const over = { ...before?.over };
	const told = { ...before?.told };
	// Only a process that reads again what it has written itself knows that n8n runs on since.
	const arrived = before === undefined || before.by === options.process;
	const again = arrived
		? []
		: before.delivered.filter(({ event }) => options.events.includes(event));
	const found: PauseEvent[] = [];

	const tell = (event: PauseEventName, contractId: number, sides: Sides): void => {
		if (!options.events.includes(event)) return;
		const bare = { event, contractId, before: sides.before, after: sides.after };
		const name = eventIdOf(options.account, bare, 0).slice(0, SHORT_NAME);
		const [times, lastDay] = told[name] ?? [0, 0];
		// Either pause can be set again with its dates until it would be over.
		const ends = [sides.before, sides.after].flatMap(({ pausedUntilUtc }) => pausedUntilUtc ?? []);
		const recurs = ends.length === 0 ? now + LONG : Math.max(now, ...ends.map(Date.parse));
		told[name] = [times + 1, Math.max(lastDay, Math.ceil(recurs / DAY))];
		found.push({
			...bare,
			eventId: eventIdOf(options.account, bare, times + 1),
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
		const sides = sidesOf(watched, over[contractId], seen);
		// What no read could tell at the baseline is not news when the first one tells.
		const isBaseline =
			before === undefined ||
			watched?.unread === true ||
			seen.periods.some((period) => before.unreadPeriods.includes(period));
		if (!isBaseline) {
			for (const event of changesBetween(sides.before, sides.after, now)) {
				tell(event, contractId, sides);
			}
		}
		const left = daysUntilEnd(sides.after, now);
		const end = sides.after.pausedUntilUtc;
		const due = left !== null && left <= options.daysBefore && watched?.endTold !== end;
		const tellEnd = due && !full && options.events.includes('pauseEnding');
		if (tellEnd) tell('pauseEnding', contractId, { ...sides, before: sides.after });
		const { pausedUntilUtc } = sides.before;
		const isOver = pausedUntilUtc !== null && Date.parse(pausedUntilUtc) <= now;
		if (isOver && pausedUntilUtc !== end) over[contractId] = pausedUntilUtc;
		if (sides.after.state === 'none') delete pauses[contractId];
		else pauses[contractId] = toWatch(sides, seen, tellEnd ? end : watched?.endTold);
	}
	for (const contractId of sighting.gone) {
		const watched = pauses[contractId];
		if (watched) pauses[contractId] = { ...watched, goneAt: watched.goneAt ?? now };
	}
	for (const [contractId, { periods }] of sighting.unread) {
		if (before !== undefined && !pauses[contractId]?.unread) continue;
		pauses[contractId] = { ...NO_PAUSE, about: {}, periods, unread: true };
	}

	const deliver = [
		...again.map((event) => ({ ...event, redelivered: true })),
		...found.map((event) => ({ ...event, redelivered: false })),
	];
	const memory: Memory = {
		readAt: now,
		by: options.process,
		pauses,
		over,
		unreadPeriods: [...sighting.unreadPeriods.keys()].filter(
			(period) => before === undefined || before.unreadPeriods.includes(period),
		),
		delivered: [...again, ...found],
		told,
	};
	const changed = before === undefined || !sameMemory(before, memory);
	return { memory: changed ? tidied(memory) : memory, deliver, changed };
}

interface Sides {
	before: PauseSide;
	after: PauseSide;
	about: SeenContract['about'];
}

/** @param overUntil the end of the contract's pause that was over before; it is no pause any more. */
function sidesOf(
	watched: WatchedPause | undefined,
	overUntil: string | undefined,
	seen: SeenContract,
): Sides {
	const before = watched ? sideOf(watched) : NO_PAUSE;
	// A pause that was over is on again only for a clock that is behind.
	const isOver = overUntil !== undefined && seen.pausedUntilUtc === overUntil;
	return { before, after: isOver ? before : settled(before, sideOf(seen)), about: seen.about };
}

function sideOf({ state, pausedFromUtc, pausedUntilUtc }: PauseSide): PauseSide {
	return { state, pausedFromUtc, pausedUntilUtc };
}

function toWatch(
	{ after, about }: Sides,
	{ periods }: SeenContract,
	endTold: string | null | undefined,
): WatchedPause {
	return { ...after, about, periods, ...(endTold ? { endTold } : {}) };
}

function sameMemory(one: Memory, other: Memory): boolean {
	const content = ({ pauses, unreadPeriods, delivered }: Memory) =>
		JSON.stringify([Object.entries(pauses), unreadPeriods, delivered]);
	return content(one) === content(other);
}

/** Forgets what can no longer matter; only together with another change, as storing costs an execution. */
function tidied(memory: Memory): Memory {
	const { readAt } = memory;
	const kept = <T>(all: Record<string, T>, matters: (one: T) => boolean) =>
		Object.fromEntries(Object.entries(all).filter(([, one]) => matters(one)));
	return {
		...memory,
		pauses: kept(memory.pauses, ({ goneAt }) => goneAt === undefined || goneAt + LONG > readAt),
		over: kept(memory.over, (until) => Date.parse(until) + DAY > readAt),
		told: kept(memory.told, ([, lastDay]) => lastDay * DAY >= readAt),
	};
}
