import type { INodeProperties } from 'n8n-workflow';

/** A field for a day at the location. */
export function dayField(
	displayName: string,
	name: string,
	description: string,
	extra: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		placeholder: 'e.g. 2027-08-01',
		description,
		...extra,
	};
}

export const PAUSE_FROM =
	'First day of the pause at the location, such as 2027-08-01: the first day of a billing cycle that has not begun';
export const PAUSE_UNTIL =
	'First day that is charged again, at the location, such as 2027-09-01: the first day of a billing cycle';
/** Below the field: many forms mean the last day by "until". */
export const UNTIL_HINT = 'The day after the last day of the pause';
