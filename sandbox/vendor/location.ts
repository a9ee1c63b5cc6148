import { DateTime } from 'luxon';

/** A calendar day at the location, `YYYY-MM-DD`. Two of them compare as strings. */
export type LocalDate = string;

/** The location that members of the stand-in belong to. */
export const location = {
	id: 4100,
	name: 'Example Works Madrid',
	webAddress: 'example-works',
	timeZone: 'Europe/Madrid',
	currencyCode: 'EUR',
};

/** Further locations of the same operator, elsewhere on the globe. */
export const locations: ReadonlyArray<Pick<typeof location, 'id' | 'name' | 'timeZone'>> = [
	location,
	{ id: 4101, name: 'Example Works New York', timeZone: 'America/New_York' },
	{ id: 4102, name: 'Example Works Auckland', timeZone: 'Pacific/Auckland' },
];

/** The time zone of a location; the first one's where there is no such location. */
export function timeZoneOf(locationId: number): string {
	return (locations.find(({ id }) => id === locationId) ?? location).timeZone;
}

interface ZoneCache {
	midnights: Map<LocalDate, { instant: number; utc: string }>;
	/** Asked many times in one reply, and nearly always about the same day. */
	lastDay: { date: LocalDate; from: number; until: number };
}

const zones = new Map<string, ZoneCache>();

function cacheOf(zone: string): ZoneCache {
	let cache = zones.get(zone);
	if (cache === undefined) {
		cache = { midnights: new Map(), lastDay: { date: '', from: 0, until: 0 } };
		zones.set(zone, cache);
	}
	return cache;
}

function midnight(date: LocalDate, zone: string): { instant: number; utc: string } {
	const { midnights } = cacheOf(zone);
	let found = midnights.get(date);
	if (found === undefined) {
		const instant = DateTime.fromISO(date, { zone }).toMillis();
		found = { instant, utc: utcText(instant) };
		midnights.set(date, found);
	}
	return found;
}

/** The instant, in ms, at which a day begins at the location. */
export function startOfDay(date: LocalDate, zone = location.timeZone): number {
	return midnight(date, zone).instant;
}

/** The day it is at the location at a moment. */
export function localDate(moment: Date, zone = location.timeZone): LocalDate {
	const instant = moment.getTime();
	const cache = cacheOf(zone);
	if (instant < cache.lastDay.from || instant >= cache.lastDay.until) {
		const day = DateTime.fromMillis(instant, { zone }).startOf('day');
		const until = day.plus({ days: 1 }).toMillis();
		cache.lastDay = { date: day.toISODate()!, from: day.toMillis(), until };
	}
	return cache.lastDay.date;
}

/**
 * Business-local time has no suffix; the name ends in `Utc` where a value is UTC.
 * developers.nexudus.com my-plans, pause-meta [D]; that nothing follows the seconds [O].
 */
export function asLocalText(date: LocalDate): string {
	return `${date}T00:00:00`;
}

/** The same day's start as UTC with a `Z`. */
export function asUtcText(date: LocalDate, zone = location.timeZone): string {
	return midnight(date, zone).utc;
}

export function utcText(instant: number): string {
	return new Date(instant).toISOString().replace('.000Z', 'Z');
}
