import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Shows a field for these operations on subscriptions. */
export function showFor(...operations: string[]): IDisplayOptions {
	return { show: { resource: ['subscription'], operation: operations } };
}

/** Shows a field where its operation is for a certain date. */
export function showForDate(operation: string, option: string): IDisplayOptions {
	return {
		show: { resource: ['subscription'], operation: [operation], [option]: ['specific_date'] },
	};
}

/** One line above the form, with the vendor's own page of the operation. */
export function vendorPage(operation: string, text: string): INodeProperties {
	return {
		displayName: `${text} <a href="https://docs.v2.paychtec.com/docs/subscriptions/${operation}" target="_blank">Paychtec's page</a>`,
		name: `${operation}Notice`,
		type: 'notice',
		default: '',
		displayOptions: showFor(operation),
	};
}
