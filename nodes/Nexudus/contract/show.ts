import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Shows a field for these operations on contracts. */
export function showFor(...operations: string[]): IDisplayOptions {
	return { show: { resource: ['contract'], operation: operations } };
}

/** One line above the form, with the vendor's own page of the operation. */
export function vendorPage(operation: string, text: string, page: string): INodeProperties {
	return {
		displayName: `${text} <a href="https://learn.nexudus.com/api/endpoints/billing/${page}" target="_blank">Nexudus documentation</a>`,
		name: `${operation}Notice`,
		type: 'notice',
		default: '',
		displayOptions: showFor(operation),
	};
}
