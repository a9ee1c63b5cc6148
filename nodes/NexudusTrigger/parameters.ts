import type { IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';
import { BadInput, oneOf, shown, wholeNumber } from '../../n8n/inputs';
import {
	readRequestSettings,
	requestSettingsField,
	type ItemSettings,
} from '../../n8n/requestSettings';
import { NEXUDUS_LIMITS } from '../Nexudus/limits';
import { PAUSE_EVENTS, type PauseEventName } from './pauseEvents';

const DAYS_BEFORE = { field: 'Days Before', min: 1, max: 366 };

/** The form: which events, and how early the end of a pause is one. */
export const fields: INodeProperties[] = [
	{
		displayName:
			'Each poll reports the net change per contract since the poll before. A pause that is set and withdrawn in between is not seen.',
		name: 'netChangeNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['contractPaused', 'contractResumed'],
		options: [
			{
				name: 'Contract Paused',
				value: 'contractPaused',
				description: 'A pause has begun',
			},
			{
				name: 'Contract Resumed',
				value: 'contractResumed',
				description: 'A pause that was on has ended, by itself or because somebody resumed',
			},
			{
				name: 'Pause Changed',
				value: 'pauseChanged',
				description: 'A pause got other dates, or a scheduled one was withdrawn',
			},
			{
				name: 'Pause Ending',
				value: 'pauseEnding',
				description: 'A pause that is on ends within a number of days',
			},
			{
				name: 'Pause Scheduled',
				value: 'pauseScheduled',
				description: 'A pause was set that has not begun, as far as Nexudus shows it',
			},
		],
		description: 'What starts the workflow',
	},
	{
		displayName: 'Days Before',
		name: 'daysBefore',
		type: 'number',
		default: 7,
		typeOptions: { minValue: DAYS_BEFORE.min, maxValue: DAYS_BEFORE.max },
		description: 'How many days before its end a pause counts as ending. Told once for each end.',
		displayOptions: { show: { events: ['pauseEnding'] } },
	},
	requestSettingsField(NEXUDUS_LIMITS, false),
];

export interface TriggerParameters {
	events: PauseEventName[];
	daysBefore: number;
	settings: ItemSettings;
}

/** @throws BadInput */
export function readParameters(context: IPollFunctions): TriggerParameters {
	const given = context.getNodeParameter('events', []) as unknown;
	if (!Array.isArray(given) || given.length === 0) {
		throw new BadInput(
			'Events',
			`must name an event, and is ${Array.isArray(given) ? 'empty' : shown(given)}`,
			'Choose at least one event.',
		);
	}
	const events = given.map((one: unknown) => oneOf(one, PAUSE_EVENTS, 'Events'));
	return {
		events,
		daysBefore: events.includes('pauseEnding')
			? wholeNumber(context.getNodeParameter('daysBefore', 7), DAYS_BEFORE)
			: 0,
		settings: readRequestSettings(
			context.getNodeParameter('requestSettings', {}) as IDataObject,
			NEXUDUS_LIMITS,
		),
	};
}
