import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { BadInput, optionalText, shown } from '../../../n8n/inputs';
import { parseId } from '../idLocator';
import { isEmpty } from '../listFields';
import { isDay, isTimeZone, type LocalDay } from './localDay';

/** Fields that operations on pause periods share, and the parsers of what they hold. */

export const ON_OFF_CYCLE_DATE = ['refuse', 'nextCycle'] as const;

/** What to do with a day that is not the first one of a cycle. */
export function onOffCycleDateField(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: 'On Off-Cycle Date',
		name: 'onOffCycleDate',
		type: 'options',
		default: 'refuse',
		options: [
			{
				name: 'Refuse',
				value: 'refuse',
				description: 'Nothing is sent, and the error names the nearest days that are possible',
			},
			{
				name: 'Use the Next Billing Cycle',
				value: 'nextCycle',
				description: 'The date moves to the first day of the next billing cycle of the contract',
			},
		],
		description:
			'What to do with a date that is not the first day of a billing cycle of the contract. A pause begins and ends on such days only.',
		displayOptions,
	};
}

/** The pause period, by its ID. */
export function pausePeriodIdField(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Pause Period ID',
		name: 'pausePeriodId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 3000001',
		description: "The number that 'Get Many' of pause periods shows as pausePeriodId",
		displayOptions,
	};
}

export const timeZoneOption: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Madrid',
	description:
		"Time zone of the contract's location, where Nexudus does not show it to this administrator. Read from the location when empty.",
};

/** What the record of the pause says at Nexudus, beside why and for whom. */
export const notesOption: INodeProperties = {
	displayName: 'Notes',
	name: 'notes',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Summer break 2027',
	description: 'Kept with the pause at Nexudus, followed by reason and name',
};

/** Where the audit record goes besides the output. */
export const RECORDED = 'It is kept in the notes of the pause at Nexudus.';

/** A pause period's id. Throws BadInput. */
export function parsePeriodId(value: unknown): number {
	return parseId(value, {
		field: 'Pause Period ID',
		what: "the pause period's ID",
		advice: "Enter the number that 'Get Many' of pause periods shows as pausePeriodId.",
	});
}

const ADVICE =
	'Enter the day at the location, such as 2027-08-01, without a time and without a zone.';

/**
 * A day at the location: `YYYY-MM-DD`, also as midnight without a zone, or as a Luxon DateTime at
 * midnight. A point in time is another day elsewhere, so it is refused. Throws BadInput.
 */
export function parseDay(value: unknown, field: string): LocalDay {
	const luxon = value as { toISO?: (options: object) => unknown } | null;
	const text =
		typeof luxon === 'object' && typeof luxon?.toISO === 'function'
			? luxon.toISO({ includeOffset: false })
			: value;
	if (typeof text === 'string') {
		const [, day = '', time] = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ]([\d:.]+))?\s*$/.exec(text) ?? [];
		if (isDay(day) && (time === undefined || /^00:00(:00(\.0+)?)?$/.test(time))) return day;
		if (isDay(day)) throw new BadInput(field, `is a time of day: ${shown(text)}`, ADVICE);
	}
	if (
		value instanceof Date ||
		(typeof text === 'string' && /T.*(z|[+-]\d\d:?\d\d)\s*$/i.test(text))
	) {
		throw new BadInput(field, 'is a point in time, which is another day elsewhere', ADVICE);
	}
	if (isEmpty(text)) throw new BadInput(field, 'is empty', ADVICE);
	throw new BadInput(field, `is not a day that exists: ${shown(text)}`, ADVICE);
}

/** Days of a pause beyond these are slips or stand for "without an end", which Nexudus does not have [D]. */
const DAYS = { first: '2000-01-01', last: '2199-12-31' };

/** Pause From or Pause Until: a day within reach. Throws BadInput. */
export function parsePauseDay(value: unknown, field: string): LocalDay {
	const day = parseDay(value, field);
	if (day >= DAYS.first && day <= DAYS.last) return day;
	throw new BadInput(
		field,
		`is ${day}, which is out of reach`,
		"Nexudus has no pause without an end: enter the first day of a billing cycle, and move the end later with 'Update' if need be.",
	);
}

/** Pause From and Pause Until in their order. Throws BadInput. */
export function checkOrder(from: LocalDay | undefined, until: LocalDay | undefined): void {
	if (from === undefined || until === undefined || from < until) return;
	throw new BadInput(
		'Pause Until',
		`must be later than 'Pause From', and is ${until}`,
		'Enter the first day that is charged again.',
	);
}

/** An IANA time zone, or null where none is given. Throws BadInput. */
export function parseTimeZone(options: IDataObject): string | null {
	const zone = optionalText(options.timeZone, 'Time Zone', 60)?.trim();
	if (zone === undefined || zone === '') return null;
	if (zone.includes('/') && isTimeZone(zone)) return zone;
	if (zone === 'UTC') return zone;
	throw new BadInput(
		'Time Zone',
		`is not a time zone: ${shown(zone)}`,
		'Enter its IANA name, such as Europe/Madrid.',
	);
}
