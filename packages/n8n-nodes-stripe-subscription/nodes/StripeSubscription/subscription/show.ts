import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Shows a field for these operations on subscriptions. */
export function showFor(...operations: string[]): IDisplayOptions {
	return { show: { resource: ['subscription'], operation: operations } };
}

/** One line above the form, with Stripe's own page of the operation. */
export function vendorPage(operation: string, text: string, page: string): INodeProperties {
	return {
		displayName: `${text} <a href="https://docs.stripe.com/${page}" target="_blank">Stripe documentation</a>`,
		name: `${operation}Notice`,
		type: 'notice',
		default: '',
		displayOptions: showFor(operation),
	};
}
