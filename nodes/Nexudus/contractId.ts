import type { INodeProperties } from 'n8n-workflow';
import { idLocator, parseId } from './idLocator';

const FIELD = 'Contract';

/**
 * The id of a contract.
 * @throws BadInput for anything but a positive whole number
 */
export function parseContractId(value: unknown): number {
	return parseId(value, {
		field: FIELD,
		what: "the contract's ID",
		advice:
			"Choose the contract from the list, or enter the number that 'Get Many' shows as contractId.",
	});
}

/** The field `contractId`; operations differ in when they show it and whether they need it. */
export function contractIdField(
	displayOptions: INodeProperties['displayOptions'],
	extra: Partial<INodeProperties> = {},
): INodeProperties {
	const field = idLocator(
		{ noun: 'contract', searchListMethod: 'searchContracts', example: 'e.g. 700100' },
		{
			displayName: FIELD,
			name: 'contractId',
			description:
				'The plan contract of the customer who is signed in, or of a team that they manage. The number is its ID.',
			displayOptions,
		},
	);
	return { ...field, ...extra };
}
