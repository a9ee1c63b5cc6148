import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { oneOf, wholeNumber, yesNo } from '../../../n8n/inputs';
import { requestSettingsField } from '../../../n8n/requestSettings';
import { contractView } from '../contractView';
import { NEXUDUS_LIMITS } from '../limits';
import { pauseState } from '../pauseState';
import { asOutput } from '../vendorRecord';
import { showFor, vendorPage } from './show';

const PAUSE_STATES = ['any', 'none', 'scheduled', 'active'] as const;
const MOST = 1_000_000;

export const description: INodeProperties[] = [
	vendorPage(
		'getAll',
		"Reads the customer's contracts. Team contracts may be missing from the list; 'Get' finds them by ID.",
		'contract-details',
	),
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: showFor('getAll'),
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		typeOptions: { minValue: 1 },
		description: 'Max number of results to return',
		displayOptions: {
			show: { resource: ['contract'], operation: ['getAll'], returnAll: [false] },
		},
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
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
			},
		],
		displayOptions: showFor('getAll'),
	},
	{ ...requestSettingsField(NEXUDUS_LIMITS, false), displayOptions: showFor('getAll') },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// Loaded when it runs: n8n loads every node at its start, for the form alone.
	const { readForEachItem } = await import('../contractOperations');
	const { readContracts } = await import('../contractReader');
	return await readForEachItem(context, {
		parameters: (item) => {
			const filters = context.getNodeParameter('filters', item, {}) as IDataObject;
			const returnAll = yesNo(context.getNodeParameter('returnAll', item, false), 'Return All');
			return {
				limit: returnAll
					? Infinity
					: wholeNumber(context.getNodeParameter('limit', item, 50), {
							field: 'Limit',
							min: 1,
							max: MOST,
						}),
				simplify: yesNo(context.getNodeParameter('simplify', item, true), 'Simplify'),
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
