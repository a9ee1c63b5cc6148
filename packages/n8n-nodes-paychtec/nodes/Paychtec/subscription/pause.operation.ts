import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { dryRunField, optionsField } from '../../../../../n8n/changeFields';
import { oneOf, oneOfOrFirst } from '../../../../../n8n/inputs';
import { instant } from '../../../../../n8n/instant';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { PAYCHTEC_LIMITS } from '../limits';
import { subscriptionIdField } from '../subscriptionId';
import { changeEachSubscription } from '../subscriptionOperations';
import { WIRE_DATES, wireDate, wireDateField } from '../wireDate';
import { showFor, showForDate, vendorPage } from './show';

const PAUSE_OPTIONS = ['immediately', 'end_of_term', 'specific_date'] as const;
const IF_ALREADY_PAUSED = ['unchanged', 'fail'] as const;

export const description: INodeProperties[] = [
	vendorPage('pause', 'Stops billing of a subscription.'),
	subscriptionIdField(showFor('pause')),
	{
		displayName: 'Pause Option',
		name: 'pause_option',
		type: 'options',
		default: 'immediately',
		options: [
			{
				name: 'At End of Term',
				value: 'end_of_term',
				description: 'When the billing term that runs now ends',
			},
			{ name: 'Immediately', value: 'immediately', description: 'Right away' },
			{ name: 'On a Date', value: 'specific_date', description: "On the date in 'Pause At'" },
		],
		description:
			"When billing stops. Paychtec's read shows only a pause that has begun, so a later one is accepted but not verified.",
		displayOptions: showFor('pause'),
	},
	{
		displayName: 'Pause At',
		name: 'pause_at',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'When the pause begins: any ISO 8601 date in the future. Without a zone it is local to the workflow.',
		displayOptions: showForDate('pause', 'pause_option'),
	},
	wireDateField(showForDate('pause', 'pause_option')),
	dryRunField(showFor('pause')),
	optionsField(showFor('pause'), 'Paychtec', {
		displayName: 'If Already Paused',
		name: 'ifAlreadyPaused',
		type: 'options',
		default: 'unchanged',
		options: [
			{
				name: 'Succeed',
				value: 'unchanged',
				description: 'There is nothing to pause, so nothing is sent',
			},
			{ name: 'Fail', value: 'fail', description: 'Treat a pause that is there as a failure' },
		],
		description: 'What to do when the subscription is paused already',
	}),
	requestSettingsField(PAYCHTEC_LIMITS, true, showFor('pause')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const parameter = (name: string, item: number, otherwise: string): unknown =>
		context.getNodeParameter(name, item, otherwise);
	return await changeEachSubscription(context, (item, options) => {
		const option = oneOf(
			parameter('pause_option', item, 'immediately'),
			PAUSE_OPTIONS,
			'Pause Option',
		);
		const onDate = option === 'specific_date';
		const at = onDate
			? instant(parameter('pause_at', item, ''), 'Pause At', context.getTimezone())
			: null;
		const form = oneOf(parameter('writeDateAs', item, 'utc'), WIRE_DATES, 'Write Date As');
		return {
			operation: 'pause',
			at,
			body: { pause_option: option, ...(at !== null && { pause_at: wireDate(at, form) }) },
			ifAlreadyPaused: oneOfOrFirst(
				options.ifAlreadyPaused,
				IF_ALREADY_PAUSED,
				'If Already Paused',
			),
		};
	});
}
