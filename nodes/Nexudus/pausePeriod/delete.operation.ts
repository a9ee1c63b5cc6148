import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { dryRunField, optionsField } from '../../../n8n/changeFields';
import { oneOfOrFirst } from '../../../n8n/inputs';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { NEXUDUS_LIMITS } from '../limits';
import { parsePeriodId, pausePeriodIdField } from './fields';
import { showFor, vendorPage } from './show';

const IF_ALREADY_DELETED = ['unchanged', 'fail'] as const;

export const description: INodeProperties[] = [
	vendorPage(
		'delete',
		'Lifts a pause. One that has begun ends at once: what Nexudus invoices then is not documented.',
		'get-contractpausedperiods',
	),
	pausePeriodIdField(showFor('delete')),
	dryRunField(showFor('delete')),
	optionsField(showFor('delete'), 'Nexudus', {
		displayName: 'If Already Deleted',
		name: 'ifAlreadyDeleted',
		type: 'options',
		default: 'unchanged',
		options: [
			{
				name: 'Succeed',
				value: 'unchanged',
				description: 'There is nothing to delete, so nothing is sent',
			},
			{
				name: 'Fail',
				value: 'fail',
				description: 'Treat a pause period that is not there as a failure',
			},
		],
		description: 'What to do when Nexudus knows no pause period with this ID',
	}),
	requestSettingsField(NEXUDUS_LIMITS, true, showFor('delete')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { changeEachPeriod } = await import('./periodOperations');
	return await changeEachPeriod(context, (item, options) => ({
		operation: 'delete',
		pausePeriodId: parsePeriodId(context.getNodeParameter('pausePeriodId', item)),
		ifAlreadyDeleted: oneOfOrFirst(
			options.ifAlreadyDeleted,
			IF_ALREADY_DELETED,
			'If Already Deleted',
		),
		timeZone: null,
	}));
}
