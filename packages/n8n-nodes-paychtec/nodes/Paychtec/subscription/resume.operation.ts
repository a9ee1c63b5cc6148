import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
	dryRunField,
	IF_NOT_PAUSED,
	ifNotPausedOption,
	optionsField,
} from '../../../../../n8n/changeFields';
import { oneOf, oneOfOrFirst } from '../../../../../n8n/inputs';
import { instant } from '../../../../../n8n/instant';
import { requestSettingsField } from '../../../../../n8n/requestSettings';
import { PAYCHTEC_LIMITS } from '../limits';
import type { ResumeBody } from '../paychtecApi';
import { subscriptionIdField } from '../subscriptionId';
import { changeEachSubscription } from '../subscriptionOperations';
import { WIRE_DATES, wireDate, wireDateField } from '../wireDate';
import { showFor, showForDate, vendorPage } from './show';

const RESUME_OPTIONS = ['immediately', 'specific_date'] as const;
const CHARGES = ['notSent', 'invoice_immediately', 'add_to_unbilled_charges'] as const;
const UNPAID = ['notSent', 'no_action', 'schedule_payment_collection'] as const;

export const description: INodeProperties[] = [
	vendorPage('resume', 'Starts billing again from the next billing date.'),
	subscriptionIdField(showFor('resume')),
	{
		displayName: 'Resume Option',
		name: 'resume_option',
		type: 'options',
		default: 'immediately',
		options: [
			{ name: 'Immediately', value: 'immediately', description: 'Right away' },
			{ name: 'On a Date', value: 'specific_date', description: "On the date in 'Resume Date'" },
		],
		description:
			"When billing starts again. Paychtec's read shows only a resume that has happened, so a later one is accepted but not verified.",
		displayOptions: showFor('resume'),
	},
	{
		displayName: 'Resume Date',
		name: 'resume_date',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'When it resumes: any ISO 8601 date in the future. Without a zone it is local to the workflow.',
		displayOptions: showForDate('resume', 'resume_option'),
	},
	wireDateField(showForDate('resume', 'resume_option')),
	{
		displayName: 'Charges Handling',
		name: 'charges_handling',
		type: 'options',
		default: 'notSent',
		options: [
			{
				name: 'Add to Unbilled Charges',
				value: 'add_to_unbilled_charges',
				description: 'They come with the next bill',
			},
			{
				name: 'Invoice Immediately',
				value: 'invoice_immediately',
				description: 'They are invoiced and charged at once',
			},
			{
				name: 'Not Sent',
				value: 'notSent',
				description: 'Paychtec decides; its pages name no default',
			},
		],
		description: 'What becomes of charges that came up during the pause',
		displayOptions: showFor('resume'),
	},
	{
		displayName: 'Unpaid Invoices Handling',
		name: 'unpaid_invoices_handling',
		type: 'options',
		default: 'notSent',
		options: [
			{ name: 'No Action', value: 'no_action', description: 'They stay as they are' },
			{
				name: 'Not Sent',
				value: 'notSent',
				description: 'Paychtec decides; its pages name no default',
			},
			{
				name: 'Schedule Payment Collection',
				value: 'schedule_payment_collection',
				description: 'Paychtec tries to collect them when the subscription resumes',
			},
		],
		description: 'What becomes of invoices that are not paid',
		displayOptions: showFor('resume'),
	},
	dryRunField(showFor('resume')),
	optionsField(
		showFor('resume'),
		'Paychtec',
		ifNotPausedOption('subscription', 'What to do when the subscription is not paused'),
	),
	requestSettingsField(PAYCHTEC_LIMITS, true, showFor('resume')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const parameter = (name: string, item: number, otherwise: string): unknown =>
		context.getNodeParameter(name, item, otherwise);
	return await changeEachSubscription(context, (item, options) => {
		const option = oneOf(
			parameter('resume_option', item, 'immediately'),
			RESUME_OPTIONS,
			'Resume Option',
		);
		const onDate = option === 'specific_date';
		const at = onDate
			? instant(parameter('resume_date', item, ''), 'Resume Date', context.getTimezone())
			: null;
		const form = oneOf(parameter('writeDateAs', item, 'utc'), WIRE_DATES, 'Write Date As');
		const charges = oneOf(
			parameter('charges_handling', item, 'notSent'),
			CHARGES,
			'Charges Handling',
		);
		const unpaid = oneOf(
			parameter('unpaid_invoices_handling', item, 'notSent'),
			UNPAID,
			'Unpaid Invoices Handling',
		);
		const body: ResumeBody = {
			resume_option: option,
			...(at !== null && { resume_date: wireDate(at, form) }),
			...(charges !== 'notSent' && { charges_handling: charges }),
			...(unpaid !== 'notSent' && { unpaid_invoices_handling: unpaid }),
		};
		return {
			operation: 'resume',
			at,
			body,
			ifNotPaused: oneOfOrFirst(options.ifNotPaused, IF_NOT_PAUSED, 'If Not Paused'),
		};
	});
}
