import type { INodeProperties } from 'n8n-workflow';
import { idLocator, parseId } from './idLocator';

const FIELD = 'Coworker';

/**
 * The id of a member, whom Nexudus calls a coworker.
 * @throws BadInput for anything but a positive whole number
 */
export function parseCoworkerId(value: unknown): number {
	return parseId(value, {
		field: FIELD,
		what: "the member's coworker ID",
		advice:
			'Choose the member from the list, or enter the ID that Nexudus shows for the customer (CoworkerId of a contract).',
	});
}

/** The field `coworkerId`: for whom an operator acts. */
export function coworkerIdField(
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return idLocator(
		{ noun: 'coworker', searchListMethod: 'searchCoworkers', example: 'e.g. 15001' },
		{
			displayName: FIELD,
			name: 'coworkerId',
			description:
				"The member to act for: the owner of the contract, or the manager of its team. The operator's account must be allowed to act for customers.",
			displayOptions,
		},
	);
}
