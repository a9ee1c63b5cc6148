import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { yesNo } from './inputs';

/** The switch between a view of a record and the record itself. */
export function simplifyField(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions,
	};
}

/** What the switch says for one item. Throws BadInput. */
export function isSimplified(context: IExecuteFunctions, item: number): boolean {
	return yesNo(context.getNodeParameter('simplify', item, true), 'Simplify');
}
