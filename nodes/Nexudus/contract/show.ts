import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { pageNotice } from '../../../n8n/pageNotice';

/** Shows a field for these operations on contracts. */
export function showFor(...operations: string[]): IDisplayOptions {
	return { show: { resource: ['contract'], operation: operations } };
}

/** One line above the form, with the vendor's own page of the operation. */
export function vendorPage(operation: string, text: string, page: string): INodeProperties {
	return pageNotice({
		name: `${operation}Notice`,
		text,
		url: `https://learn.nexudus.com/api/endpoints/billing/${page}`,
		label: 'Nexudus documentation',
		displayOptions: showFor(operation),
	});
}
