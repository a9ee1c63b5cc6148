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
	parseDay,
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
		const { notes } = fields;
		const from = day(fields, 'pauseFrom', 'Pause From');
		const until = day(fields, 'pauseUntil', 'Pause Until');
		checkOrder(from, until);
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
			...(notes !== undefined && { notes: optionalText(notes, 'Notes', LONGEST_NOTES) }),
			onOffCycleDate: oneOf(
				context.getNodeParameter('onOffCycleDate', item, 'refuse'),
				ON_OFF_CYCLE_DATE,
				'On Off-Cycle Date',
			),
			timeZone: parseTimeZone(options),
		};
	});
}

function day(fields: IDataObject, name: string, field: string): string | undefined {
	return fields[name] === undefined ? undefined : parseDay(fields[name], field);
}
