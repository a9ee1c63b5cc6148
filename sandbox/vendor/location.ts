import { DateTime } from 'luxon';

/** A calendar day at the location, `YYYY-MM-DD`. Two of them compare as strings. */
export type LocalDate = string;

/** The one location of the stand-in. */
export const location = {
	id: 4100,
	name: 'Example Works Madrid',
	webAddress: 'example-works',
	timeZone: 'Europe/Madrid',
	currencyCode: 'EUR',
};

const midnights = new Map<LocalDate, number>();

/** The instant, in ms, at which a day begins at the location. */
export function startOfDay(date: LocalDate): number {
	let instant = midnights.get(date);
	if (instant === undefined) {
		instant = DateTime.fromISO(date, { zone: location.timeZone }).toMillis();
		midnights.set(date, instant);
	}
	return instant;
}

/** The day it is at the location at a moment. */
export function localDate(moment: Date): LocalDate {
	return DateTime.fromJSDate(moment, { zone: location.timeZone }).toISODate()!;
}

/**
 * Business-local time has no suffix; the name ends in `Utc` where a value is UTC.
 * developers.nexudus.com my-plans, pause-meta [D]; that nothing follows the seconds [O].
 */
export function asLocalText(date: LocalDate): string {
	return `${date}T00:00:00`;
}

/** The same day's start as UTC with a `Z`. */
export function asUtcText(date: LocalDate): string {
	return utcText(startOfDay(date));
}

export function utcText(instant: number): string {
	return new Date(instant).toISOString().replace('.000Z', 'Z');
}
