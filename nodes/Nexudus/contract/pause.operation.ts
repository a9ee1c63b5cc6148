import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { oneOfOrFirst, wholeNumber, yesNo } from '../../../n8n/inputs';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { dryRunField, optionsField } from '../../../n8n/changeFields';
import { contractIdField } from '../contractId';
import { NEXUDUS_LIMITS } from '../limits';
import { showFor, vendorPage } from './show';

const MOST_CYCLES = 120;
const IF_ALREADY_PAUSED = ['unchanged', 'accept', 'fail'] as const;

export const description: INodeProperties[] = [
	vendorPage(
		'pause',
		'The pause begins with the next billing cycle. Recurring charges stop; bookings may still be charged.',
		'contract-pause',
	),
	contractIdField(showFor('pause')),
	{
		displayName: 'Pause Cycles',
		name: 'pauseCycles',
		type: 'number',
		default: 1,
		required: true,
		typeOptions: { minValue: 1, maxValue: MOST_CYCLES },
		description:
			"Number of billing cycles to pause for, at least 1. 'Get Pause Meta' shows how many the price plan allows (PauseCyclesLimit). Nexudus calls it 'PauseCycles'.",
		displayOptions: showFor('pause'),
	},
	{
		displayName: 'Terms Accepted',
		name: 'termsAccepted',
		type: 'boolean',
		default: false,
		description:
			"Whether the member has seen and accepted the pause terms, which 'Get Pause Meta' shows. Without it nothing is sent. It is recorded in the output, not sent to Nexudus.",
		displayOptions: showFor('pause'),
	},
	dryRunField(showFor('pause')),
	optionsField(showFor('pause'), 'Nexudus', {
		displayName: 'If Already Paused',
		name: 'ifAlreadyPaused',
		type: 'options',
		default: 'unchanged',
		options: [
			{
				name: 'Succeed if It Is the Pause Asked For',
				value: 'unchanged',
				description: 'Another pause is refused, with both dates',
			},
			{
				name: 'Succeed With Any Pause',
				value: 'accept',
				description: 'Whatever its dates are',
			},
			{ name: 'Fail', value: 'fail', description: 'Treat every existing pause as a failure' },
		],
		description: 'What to do when the contract is paused already, or a pause is scheduled',
	}),
	requestSettingsField(NEXUDUS_LIMITS, true, showFor('pause')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { changeEachContract } = await import('../contractOperations');
	return await changeEachContract(context, (item, options) => ({
		operation: 'pause',
		cycles: wholeNumber(context.getNodeParameter('pauseCycles', item, 1), {
			field: 'Pause Cycles',
			min: 1,
			max: MOST_CYCLES,
		}),
		termsAccepted: yesNo(context.getNodeParameter('termsAccepted', item, false), 'Terms Accepted'),
		ifAlreadyPaused: oneOfOrFirst(options.ifAlreadyPaused, IF_ALREADY_PAUSED, 'If Already Paused'),
	}));
}
