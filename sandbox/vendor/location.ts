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

const midnights = new Map<LocalDate, { instant: number; utc: string }>();

function midnight(date: LocalDate): { instant: number; utc: string } {
	let found = midnights.get(date);
	if (found === undefined) {
		const instant = DateTime.fromISO(date, { zone: location.timeZone }).toMillis();
		found = { instant, utc: utcText(instant) };
		midnights.set(date, found);
	}
	return found;
}

/** The instant, in ms, at which a day begins at the location. */
export function startOfDay(date: LocalDate): number {
	return midnight(date).instant;
}

// Asked many times in one reply, and nearly always about the same day.
let lastDay = { date: '', from: 0, until: 0 };

/** The day it is at the location at a moment. */
export function localDate(moment: Date): LocalDate {
	const instant = moment.getTime();
	if (instant < lastDay.from || instant >= lastDay.until) {
		const day = DateTime.fromMillis(instant, { zone: location.timeZone }).startOf('day');
		const until = day.plus({ days: 1 }).toMillis();
		lastDay = { date: day.toISODate()!, from: day.toMillis(), until };
	}
	return lastDay.date;
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
	return midnight(date).utc;
}

export function utcText(instant: number): string {
	return new Date(instant).toISOString().replace('.000Z', 'Z');
}
