import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { dryRunField, optionsField } from '../../../n8n/changeFields';
import { BadInput, oneOf, optionalText } from '../../../n8n/inputs';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { NEXUDUS_LIMITS } from '../limits';
import { dayField, PAUSE_FROM, PAUSE_UNTIL, UNTIL_HINT } from './dayField';
import {
	checkOrder,
	notesOption,
	ON_OFF_CYCLE_DATE,
	onOffCycleDateField,
	parsePauseDay,
	parsePeriodId,
	parseTimeZone,
	pausePeriodIdField,
	RECORDED,
	timeZoneOption,
} from './fields';
import { showFor, vendorPage } from './show';

const LONGEST_NOTES = 2_000;

export const description: INodeProperties[] = [
	vendorPage(
		'update',
		'Changes only the fields that you add below; the others stay as they are.',
		'put-contractpausedperiods',
	),
	pausePeriodIdField(showFor('update')),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{ ...notesOption, description: 'Kept with the pause at Nexudus. Empty clears them.' },
			dayField('Pause From', 'pauseFrom', PAUSE_FROM),
			dayField('Pause Until', 'pauseUntil', PAUSE_UNTIL, { hint: UNTIL_HINT }),
		],
		displayOptions: showFor('update'),
	},
	onOffCycleDateField(showFor('update')),
	dryRunField(showFor('update')),
	optionsField(showFor('update'), 'Nexudus', timeZoneOption, RECORDED),
	requestSettingsField(NEXUDUS_LIMITS, true, showFor('update')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { changeEachPeriod } = await import('./periodOperations');
	return await changeEachPeriod(context, (item, options) => {
		const pausePeriodId = parsePeriodId(context.getNodeParameter('pausePeriodId', item));
		const fields = context.getNodeParameter('updateFields', item, {}) as IDataObject;
		const from = day(fields, 'pauseFrom', 'Pause From');
		const until = day(fields, 'pauseUntil', 'Pause Until');
		checkOrder(from, until);
		const notes = 'notes' in fields ? newNotes(fields.notes) : undefined;
		if (from === undefined && until === undefined && notes === undefined) {
			throw new BadInput(
				'Update Fields',
				'is empty',
				"Add the fields to change: 'Notes', 'Pause From' or 'Pause Until'.",
			);
		}
		return {
			operation: 'update',
			pausePeriodId,
			...(from !== undefined && { from }),
			...(until !== undefined && { until }),
			...(notes !== undefined && { notes }),
			onOffCycleDate: oneOf(
				context.getNodeParameter('onOffCycleDate', item, 'refuse'),
				ON_OFF_CYCLE_DATE,
				'On Off-Cycle Date',
			),
			timeZone: parseTimeZone(options),
		};
	});
}

/** The notes to be; null clears them. Throws BadInput. */
function newNotes(value: unknown): string | null {
	if (value !== undefined) return optionalText(value, 'Notes', LONGEST_NOTES);
	throw new BadInput(
		'Notes',
		'has no value: its expression gives nothing',
		'Mend the expression, remove the field to leave the notes as they are, or give an empty text to clear them.',
	);
}

/** A field that is named and whose expression gives nothing is not a field that is left out. */
function day(fields: IDataObject, name: string, field: string): string | undefined {
	return name in fields ? parsePauseDay(fields[name], field) : undefined;
}
