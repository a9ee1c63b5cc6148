import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { oneOf } from '../../../n8n/inputs';
import { pageNotice } from '../../../n8n/pageNotice';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { isSimplified, simplifyField } from '../../../n8n/simplify';
import { actAsOf, type ActAs } from '../actAs';
import { contractView } from '../contractView';
import { filtersField, limitFields, parseLimit } from '../listFields';
import { NEXUDUS_LIMITS } from '../limits';
import { pauseState } from '../pauseState';
import { asOutput } from '../vendorRecord';
import { showFor, vendorPage } from './show';

const PAUSE_STATES = ['any', 'none', 'scheduled', 'active'] as const;

const pauseStateFilter: INodeProperties = {
	displayName: 'Pause State',
	name: 'pauseState',
	type: 'options',
	default: 'any',
	options: [
		{ name: 'Active', value: 'active', description: 'Paused now' },
		{ name: 'Any', value: 'any', description: 'Paused or not' },
		{ name: 'None', value: 'none', description: 'Neither paused nor about to be' },
		{
			name: 'Scheduled',
			value: 'scheduled',
			description: 'A pause is set but has not begun, as far as Nexudus shows it',
		},
	],
	description: 'Only contracts in this state',
};

/** The field, for one way to act alone. */
function onlyFor(actAs: ActAs, field: INodeProperties): INodeProperties {
	return {
		...field,
		displayOptions: { show: { ...field.displayOptions?.show, actAs: [actAs] } },
	};
}

export const description: INodeProperties[] = [
	onlyFor(
		'customer',
		vendorPage(
			'getAll',
			"Reads the customer's contracts. Team contracts may be missing from the list; 'Get' finds them by ID.",
			'contract-details',
		),
	),
	onlyFor(
		'operator',
		pageNotice({
			name: 'getAllNotice',
			text: 'Reads the contracts of all members, with their pause.',
			url: 'https://developers.nexudus.com/rest-api/billing/get-coworkercontracts',
			label: 'Nexudus documentation',
			displayOptions: showFor('getAll'),
		}),
	),
	...limitFields(showFor('getAll')),
	onlyFor('customer', filtersField(showFor('getAll'), [pauseStateFilter])),
	onlyFor(
		'operator',
		filtersField(showFor('getAll'), [
			{
				displayName: 'Active',
				name: 'active',
				type: 'options',
				default: 'yes',
				options: [
					{ name: 'Any', value: 'any', description: 'Active or not' },
					{ name: 'No', value: 'no', description: 'Not begun, or ended' },
					{ name: 'Yes', value: 'yes', description: 'Active now' },
				],
				description: 'Whether the contract is active',
			},
			{
				displayName: 'Coworker ID',
				name: 'coworkerId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 15001',
				description: 'Only contracts of this member',
			},
			pauseStateFilter,
			{
				displayName: 'Price Plan',
				name: 'pricePlan',
				type: 'string',
				default: '',
				placeholder: 'e.g. Hot Desk Monthly',
				description: 'Only contracts of this price plan: its whole name, or its ID',
			},
		]),
	),
	simplifyField(showFor('getAll')),
	requestSettingsField(NEXUDUS_LIMITS, false, showFor('getAll')),
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	if (actAsOf(context.getNodeParameter('actAs', 0, 'customer')) === 'operator') {
		const { getAllForOperator } = await import('./getAllForOperator');
		return await getAllForOperator(context);
	}
	const { readForEachItem } = await import('../contractOperations');
	const { readContracts } = await import('../readContracts');
	return await readForEachItem(context, {
		parameters: (item) => {
			const filters = context.getNodeParameter('filters', item, {}) as IDataObject;
			return {
				limit: parseLimit(context, item),
				simplify: isSimplified(context, item),
				wanted: oneOf(filters.pauseState ?? 'any', PAUSE_STATES, 'Pause State'),
			};
		},
		contractId: () => null,
		read: async ({ limit, simplify, wanted }, { api, tools }) => {
			const read = await readContracts(api, tools);
			if (!read.known) return read;
			const { records, now } = read.value;
			const found = records.filter(
				(record) => wanted === 'any' || pauseState(record, null, now).state === wanted,
			);
			const shown = found.slice(0, limit);
			return {
				...read,
				value: shown.map((record) => (simplify ? contractView(record, now) : asOutput(record))),
			};
		},
	});
}
