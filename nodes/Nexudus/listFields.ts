import type {
	IDataObject,
	IDisplayOptions,
	IExecuteFunctions,
	INodeProperties,
} from 'n8n-workflow';
import { BadInput, wholeNumber, yesNo } from '../../n8n/inputs';

const MOST = 1_000_000;

/** Return All and Limit of a list. */
export function limitFields(displayOptions: IDisplayOptions): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
			displayOptions,
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			default: 50,
			typeOptions: { minValue: 1 },
			description: 'Max number of results to return',
			displayOptions: { show: { ...displayOptions.show, returnAll: [false] } },
		},
	];
}

/** The collection `filters` of a list. */
export function filtersField(
	displayOptions: IDisplayOptions,
	options: INodeProperties[],
): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options,
		displayOptions,
	};
}

/** How many rows are wanted; Infinity for all. Throws BadInput. */
export function parseLimit(context: IExecuteFunctions, item: number): number {
	if (yesNo(context.getNodeParameter('returnAll', item, false), 'Return All')) return Infinity;
	return wholeNumber(context.getNodeParameter('limit', item, 50), {
		field: 'Limit',
		min: 1,
		max: MOST,
	});
}

/**
 * What is entered for a filter, undefined for nothing. An empty text is no filter; an expression that
 * gives nothing is a slip, which would list everybody. Throws BadInput.
 */
export function filterOf(filters: IDataObject, name: string, field: string): unknown {
	if (!(name in filters) || filters[name] === '') return undefined;
	if (!isEmpty(filters[name])) return filters[name];
	throw new BadInput(
		field,
		'has no value: its expression gives nothing',
		'Mend the expression, or remove the filter.',
	);
}

/** A coworker's id to filter by, null for none. Throws BadInput. */
export function coworkerFilter(value: unknown): number | null {
	if (value === undefined) return null;
	return wholeNumber(value, { field: 'Coworker ID', min: 1, max: Number.MAX_SAFE_INTEGER });
}

/** Nothing is entered: an expression may give null. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
