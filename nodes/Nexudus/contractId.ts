import type { INodeProperties } from 'n8n-workflow';
import { BadInput, shown } from '../../n8n/inputs';

const FIELD = 'Contract';

/**
 * The contract id of a locator, a number or a text of plain digits: one parser for every way in.
 * @throws BadInput for anything but a positive whole number
 */
export function parseContractId(value: unknown): number {
	const bare = isLocator(value) ? value.value : value;
	const id = typeof bare === 'string' && /^\d{1,16}$/.test(bare.trim()) ? Number(bare) : bare;
	if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return id;
	throw new BadInput(
		FIELD,
		`must be the contract's ID, a positive whole number, and is ${shown(bare)}`,
		"Choose the contract from the list, or enter the number that 'Get Many' shows as contractId.",
	);
}

function isLocator(value: unknown): value is { value: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value && 'value' in value;
}

/** The field `contractId`; operations differ in when they show it and whether they need it. */
export function contractIdField(
	displayOptions: INodeProperties['displayOptions'],
	extra: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName: FIELD,
		name: 'contractId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description:
			'The plan contract of the customer who is signed in, or of a team that they manage. The number is its ID.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a contract…',
				typeOptions: { searchListMethod: 'searchContracts', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 700100',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[1-9][0-9]{0,15}\\s*$',
							errorMessage: 'A contract ID is a positive whole number',
						},
					},
				],
			},
		],
		displayOptions,
		...extra,
	};
}
