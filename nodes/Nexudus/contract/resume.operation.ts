import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { oneOf, oneOfOrFirst } from '../../../n8n/inputs';
import { requestSettingsField } from '../../../n8n/requestSettings';
import {
	dryRunField,
	IF_NOT_PAUSED,
	ifNotPausedOption,
	optionsField,
} from '../../../n8n/changeFields';
import { contractIdField } from '../contractId';
import { NEXUDUS_LIMITS } from '../limits';
import { showFor, vendorPage } from './show';

const RESUME_WHEN = ['endOfPausePeriod', 'immediately'] as const;

export const description: INodeProperties[] = [
	vendorPage('resume', 'Ends a pause. Charges begin again.', 'contract-resume'),
	contractIdField(showFor('resume')),
	{
		displayName: 'Resume When',
		name: 'resumeWhen',
		type: 'options',
		default: 'endOfPausePeriod',
		options: [
			{
				name: 'At End of Pause Period',
				value: 'endOfPausePeriod',
				description:
					"Sent as immediate=false. Nexudus' pages disagree whether that is the end of the pause period or the next billing cycle: look at the dates afterwards.",
			},
			{
				name: 'Immediately',
				value: 'immediately',
				description:
					'Sent as immediate=true, effective today. May invoice a full cycle at once, unless the price plan is prorated.',
			},
		],
		description:
			'When charges begin again. Resuming immediately may invoice a full billing cycle at once.',
		displayOptions: showFor('resume'),
	},
	dryRunField(showFor('resume')),
	optionsField(
		showFor('resume'),
		'Nexudus',
		ifNotPausedOption(
			'contract',
			'What to do when the contract is not paused. A pause that is scheduled but has not begun always counts as a pause.',
		),
	),
	requestSettingsField(NEXUDUS_LIMITS, true, showFor('resume')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { changeEachContract } = await import('../contractOperations');
	return await changeEachContract(context, (item, options) => {
		const when = oneOf(
			context.getNodeParameter('resumeWhen', item, 'endOfPausePeriod'),
			RESUME_WHEN,
			'Resume When',
		);
		return {
			operation: when === 'immediately' ? 'resumeNow' : 'resumeAtEnd',
			ifNotPaused: oneOfOrFirst(options.ifNotPaused, IF_NOT_PAUSED, 'If Not Paused'),
		};
	});
}
