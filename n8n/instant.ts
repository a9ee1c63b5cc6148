import { BadInput, shown } from './inputs';

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * An ISO 8601 date, a Date or a Luxon DateTime → the instant as ISO 8601 UTC.
 * Without a zone it is local to `timeZone` (IANA name), as n8n's date picker means it.
 * @throws BadInput also for days that do not exist, such as 30 February
 */
export function instant(value: unknown, field: string, timeZone: string): string {
	const ms =
		fromObject(value) ?? (typeof value === 'string' ? fromText(value.trim(), timeZone) : NaN);
	if (!Number.isFinite(ms)) {
		throw new BadInput(
			field,
			`is not a date that exists: ${shown(value)}`,
			'Enter an ISO 8601 date such as 2027-03-01 or 2027-03-01T00:00:00Z.',
		);
	}
	return new Date(ms).toISOString();
}

function fromObject(value: unknown): number | undefined {
	if (value instanceof Date) return value.getTime();
	const luxon = value as { toMillis?: () => number } | null;
	return typeof luxon === 'object' && typeof luxon?.toMillis === 'function'
		? luxon.toMillis()
		: undefined;
}

function fromText(text: string, timeZone: string): number {
	const parts = ISO.exec(text);
	if (!parts) return NaN;
	const [year, month, day, hour, minute, second] = parts
		.slice(1, 7)
		.map((part) => Number(part ?? 0));
	const ms = Number((parts[7] ?? '0').padEnd(3, '0').slice(0, 3));
	const wall = Date.UTC(year, month - 1, day, hour, minute, second, ms);
	const read = new Date(wall);
	// Date.UTC rolls 30 February over to March: what does not come back does not exist.
	const exists =
		read.getUTCMonth() === month - 1 &&
		read.getUTCDate() === day &&
		read.getUTCHours() === hour &&
		read.getUTCMinutes() === minute &&
		second < 60;
	if (!exists) return NaN;
	const zone = parts[8];
	if (zone === undefined) return wall - zoneOffset(wall, timeZone);
	if (/z/i.test(zone)) return wall;
	const digits = zone.replace(':', '');
	const offset = (Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))) * 60_000;
	return zone.startsWith('-') ? wall + offset : wall - offset;
}

/** How far local time is ahead of UTC, in ms, at that wall-clock time. */
function zoneOffset(wall: number, timeZone: string): number {
	const offsetAt = (ms: number) => {
		const parts = new Intl.DateTimeFormat('en-US', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		}).formatToParts(ms);
		const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
		const local = Date.UTC(
			of('year'),
			of('month') - 1,
			of('day'),
			of('hour'),
			of('minute'),
			of('second'),
		);
		return local - Math.floor(ms / 1000) * 1000;
	};
	// Twice, because the first guess may stand on the other side of a clock change.
	return offsetAt(wall - offsetAt(wall));
}
