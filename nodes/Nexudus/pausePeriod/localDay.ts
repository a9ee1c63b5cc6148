/**
 * Calendar days at a location. A day is a text `YYYY-MM-DD`, so that two of them compare as texts
 * and no zone can shift them; an instant is ISO 8601 UTC.
 */
export type LocalDay = string;

const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
	let format = formats.get(zone);
	if (format === undefined) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		});
		formats.set(zone, format);
	}
	return format;
}

/** Is it an IANA time zone that this computer knows? */
export function isTimeZone(zone: string): boolean {
	try {
		formatOf(zone);
		return true;
	} catch {
		return false;
	}
}

/** What a clock at the location shows at an instant, as `YYYY-MM-DDTHH:mm:ss`. */
export function localTime(utc: string, zone: string): string {
	const parts = formatOf(zone).formatToParts(Date.parse(utc));
	const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
	const day = `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`;
	return `${day}T${of('hour')}:${of('minute')}:${of('second')}`;
}

/** The day that it is at the location at an instant. */
export function localDay(utc: string, zone: string): LocalDay {
	return localTime(utc, zone).slice(0, 10);
}

/** The instant at which a day begins at the location: midnight, or later where a clock change skips it. */
export function startOfDay(day: LocalDay, zone: string): string {
	const wall = Date.parse(`${day}T00:00:00Z`);
	const offsetAt = (ms: number) =>
		Date.parse(`${localTime(new Date(ms).toISOString(), zone)}Z`) - ms;
	// A clock change may stand between the first guess and the day: both offsets are tried.
	const guesses = [wall - offsetAt(wall - DAY), wall - offsetAt(wall + DAY)];
	const [first, last] = [Math.min(...guesses), Math.max(...guesses)];
	const begins = [first, last].find(
		(ms) => localTime(new Date(ms).toISOString(), zone) === `${day}T00:00:00`,
	);
	// The skipped hour: the later guess shows the clock after the change.
	return new Date(begins ?? last).toISOString();
}

/** The day of a `…Local` field, which may end in a misleading `Z` [O]; null for no date. */
export function dayOfLocal(value: unknown): LocalDay | null {
	return typeof value === 'string' && isDay(value.trim().slice(0, 10))
		? value.trim().slice(0, 10)
		: null;
}

/** Is it a day that exists, as `YYYY-MM-DD`? */
export function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const ms = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The day so many days later; a negative number goes back. Pure. */
export function addDays(day: LocalDay, count: number): LocalDay {
	return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

/** How many days `until` is after `from`, negative where it is before. Pure. */
export function daysBetween(from: LocalDay, until: LocalDay): number {
	return (Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY;
}
