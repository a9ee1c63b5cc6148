import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

export interface PageNotice {
	/** Of the field. */
	name: string;
	text: string;
	/** The vendor's own page of the operation. */
	url: string;
	/** What the link says. */
	label: string;
	displayOptions: IDisplayOptions;
}

/** One line above the form: what an operation does, with the vendor's own page of it. */
export function pageNotice({
	name,
	text,
	url,
	label,
	displayOptions,
}: PageNotice): INodeProperties {
	return {
		displayName: `${text} <a href="${url}" target="_blank">${label}</a>`,
		name,
		type: 'notice',
		default: '',
		displayOptions,
	};
}
