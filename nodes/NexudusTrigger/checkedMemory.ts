import { isRecord } from '../Nexudus/vendorRecord';
import type { Memory, Recalled, WatchedPause } from './memory';
import { NO_PAUSE, PAUSE_EVENTS, type PauseEvent } from './pauseEvents';

const STATES: readonly unknown[] = ['none', 'scheduled', 'active'];
const EVENTS: readonly unknown[] = PAUSE_EVENTS;

/**
 * Static data can be edited by hand, imported, or come from another version: only what has the form
 * of a memory is used. A contract that is not understood counts as not read yet. Pure.
 */
export function checkedMemory(stored: unknown): Recalled {
	if (!isRecord(stored) || !isMoment(stored.readAt)) return { damaged: true };
	const parts = ['pauses', 'over', 'told'].map((name) => stored[name]);
	if (!parts.every(isRecord)) return { damaged: true };
	const [pauses, over, told] = parts as Array<Record<string, unknown>>;
	let damaged = false;
	const keep = <T>(entries: Array<[string, unknown]>, isGood: (one: unknown) => one is T) => {
		const good = entries.filter(([, one]) => isGood(one)) as Array<[string, T]>;
		damaged ||= good.length < entries.length;
		return Object.fromEntries(good);
	};
	const listed = (value: unknown): Array<[string, unknown]> =>
		Object.entries(Array.isArray(value) ? value : [undefined]);
	const contracts = Object.entries(pauses ?? {}).filter(([id]) => /^[1-9]\d*$/.test(id));
	const memory: Memory = {
		readAt: stored.readAt,
		by: String(stored.by),
		pauses: {
			...Object.fromEntries(contracts.map(([id]) => [id, UNREAD])),
			...keep(contracts, isWatchedPause),
		},
		over: keep(Object.entries(over ?? {}), isDate),
		unreadPeriods: Object.values(keep(listed(stored.unreadPeriods), isId)),
		delivered: Object.values(keep(listed(stored.delivered), isEvent)),
		told: keep(Object.entries(told ?? {}), isTold),
	};
	return { memory, damaged };
}

/** A contract of which only the name is known. */
const UNREAD: WatchedPause = { ...NO_PAUSE, about: {}, periods: [], unread: true };

const isMoment = (value: unknown): value is number =>
	typeof value === 'number' && !Number.isNaN(new Date(value).getTime());

const isDate = (value: unknown): value is string =>
	typeof value === 'string' && !Number.isNaN(Date.parse(value));

const isId = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;

function isSide(value: unknown): boolean {
	if (!isRecord(value) || !STATES.includes(value.state)) return false;
	return [value.pausedFromUtc, value.pausedUntilUtc].every((one) => one === null || isDate(one));
}

function isWatchedPause(value: unknown): value is WatchedPause {
	if (!isRecord(value)) return false;
	const { about, periods, endTold, goneAt } = value;
	return (
		isSide(value) &&
		isRecord(about) &&
		Array.isArray(periods) &&
		periods.every(isId) &&
		(endTold === undefined || isDate(endTold)) &&
		(goneAt === undefined || isMoment(goneAt))
	);
}

function isTold(value: unknown): value is [number, number] {
	return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
}

function isEvent(value: unknown): value is PauseEvent {
	return (
		isRecord(value) &&
		EVENTS.includes(value.event) &&
		typeof value.eventId === 'string' &&
		isId(value.contractId) &&
		isRecord(value.about) &&
		isSide(value.before) &&
		isSide(value.after)
	);
}
