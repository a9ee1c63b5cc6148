import type { INodeProperties } from 'n8n-workflow';
import { BadInput, shown } from '../../n8n/inputs';

/** What one kind of id is called in the form and in errors. */
export interface IdWords {
	/** Display name of the field. */
	field: string;
	/** Whose id it is, such as "the contract's ID". */
	what: string;
	/** Where to find it. */
	advice: string;
}

/**
 * The id in a locator, a number or a text of plain digits: one parser for every way in.
 * @throws BadInput for anything but a positive whole number
 */
export function parseId(value: unknown, { field, what, advice }: IdWords): number {
	const bare = isLocator(value) ? value.value : value;
	const id = typeof bare === 'string' && /^\d{1,16}$/.test(bare.trim()) ? Number(bare) : bare;
	if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return id;
	throw new BadInput(
		field,
		`must be ${what}, a positive whole number, and is ${shown(bare)}`,
		advice,
	);
}

function isLocator(value: unknown): value is { value: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value && 'value' in value;
}

/** The thing that a locator chooses, in words of the form. */
export interface Located {
	/** Such as "contract". */
	noun: string;
	/** Name of the list search of the node. */
	searchListMethod: string;
	/** Such as "e.g. 700100". */
	example: string;
}

/** A field that chooses a thing from a list or by its id. */
export function idLocator(
	{ noun, searchListMethod, example }: Located,
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
): INodeProperties {
	return {
		...field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${noun}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: example,
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[1-9][0-9]{0,15}\\s*$',
							errorMessage: `A ${noun} ID is a positive whole number`,
						},
					},
				],
			},
		],
	};
}
