import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { pageNotice } from '../../../../../n8n/pageNotice';

/** Shows a field for these operations on subscriptions. */
export function showFor(...operations: string[]): IDisplayOptions {
	return { show: { resource: ['subscription'], operation: operations } };
}

/** One line above the form, with Stripe's own page of the operation. */
export function vendorPage(operation: string, text: string, page: string): INodeProperties {
	return pageNotice({
		name: `${operation}Notice`,
		text,
		url: `https://docs.stripe.com/${page}`,
		label: 'Stripe documentation',
		displayOptions: showFor(operation),
	});
}
