import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { pageNotice } from '../../../n8n/pageNotice';

/** Shows a field for these operations on pause periods, which only an operator has. */
export function showFor(...operations: string[]): IDisplayOptions {
	return { show: { actAs: ['operator'], resource: ['pausePeriod'], operation: operations } };
}

/** One line above the form, with the vendor's own page of the operation. */
export function vendorPage(operation: string, text: string, page: string): INodeProperties {
	return pageNotice({
		name: `${operation}PeriodNotice`,
		text,
		url: `https://developers.nexudus.com/rest-api/billing/${page}`,
		label: 'Nexudus documentation',
		displayOptions: showFor(operation),
	});
}
