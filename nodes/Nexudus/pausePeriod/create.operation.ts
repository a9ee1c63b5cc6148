import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { dryRunField, optionsField } from '../../../n8n/changeFields';
import { oneOf, oneOfOrFirst, optionalText } from '../../../n8n/inputs';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { parseContractId } from '../contractId';
import { idLocator } from '../idLocator';
import { NEXUDUS_LIMITS } from '../limits';
import { dayField, PAUSE_FROM, PAUSE_UNTIL, UNTIL_HINT } from './dayField';
import {
	checkOrder,
	notesOption,
	ON_OFF_CYCLE_DATE,
	onOffCycleDateField,
	parsePauseDay,
	parseTimeZone,
	RECORDED,
	timeZoneOption,
} from './fields';
import { showFor, vendorPage } from './show';

const IF_ALREADY_PAUSED = ['unchanged', 'fail'] as const;
const LONGEST_NOTES = 2_000;

export const description: INodeProperties[] = [
	vendorPage(
		'create',
		"Pauses a contract of any member, from the first day of a billing cycle until the first day of another. A price plan's limits for members do not count.",
		'post-contractpausedperiods',
	),
	idLocator(
		{ noun: 'contract', searchListMethod: 'searchAllContracts', example: 'e.g. 700100' },
		{
			displayName: 'Contract',
			name: 'contractId',
			description: "The plan contract of a member. The number is its ID: 'Get Many' shows it.",
			displayOptions: showFor('create'),
		},
	),
	dayField('Pause From', 'pauseFrom', PAUSE_FROM, {
		required: true,
		displayOptions: showFor('create'),
	}),
	dayField('Pause Until', 'pauseUntil', PAUSE_UNTIL, {
		placeholder: 'e.g. 2027-09-01',
		hint: UNTIL_HINT,
		required: true,
		displayOptions: showFor('create'),
	}),
	onOffCycleDateField(showFor('create')),
	dryRunField(showFor('create')),
	optionsField(
		showFor('create'),
		'Nexudus',
		[
			{
				displayName: 'If Already Paused',
				name: 'ifAlreadyPaused',
				type: 'options',
				default: 'unchanged',
				options: [
					{
						name: 'Succeed if It Is the Pause Asked For',
						value: 'unchanged',
						description: 'Another pause at that time is refused, with its dates',
					},
					{ name: 'Fail', value: 'fail', description: 'Treat the same pause as a failure too' },
				],
				description: 'What to do when the contract has this pause already',
			},
			notesOption,
			timeZoneOption,
		],
		RECORDED,
	),
	requestSettingsField(NEXUDUS_LIMITS, true, showFor('create')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { changeEachPeriod } = await import('./periodOperations');
	return await changeEachPeriod(context, (item, options) => {
		const contractId = parseContractId(context.getNodeParameter('contractId', item));
		const from = parsePauseDay(context.getNodeParameter('pauseFrom', item), 'Pause From');
		const until = parsePauseDay(context.getNodeParameter('pauseUntil', item), 'Pause Until');
		checkOrder(from, until);
		return {
			operation: 'create',
			contractId,
			from,
			until,
			onOffCycleDate: oneOf(
				context.getNodeParameter('onOffCycleDate', item, 'refuse'),
				ON_OFF_CYCLE_DATE,
				'On Off-Cycle Date',
			),
			notes: optionalText(options.notes, 'Notes', LONGEST_NOTES),
			ifAlreadyPaused: oneOfOrFirst(
				options.ifAlreadyPaused,
				IF_ALREADY_PAUSED,
				'If Already Paused',
			),
			timeZone: parseTimeZone(options),
		};
	});
}
