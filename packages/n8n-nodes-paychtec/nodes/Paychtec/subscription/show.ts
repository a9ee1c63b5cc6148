import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { pageNotice } from '../../../../../n8n/pageNotice';

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
	return pageNotice({
		name: `${operation}Notice`,
		text,
		url: `https://docs.v2.paychtec.com/docs/subscriptions/${operation}`,
		label: "Paychtec's page",
		displayOptions: showFor(operation),
	});
}
