import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { BadInput, shown } from '../../../../n8n/inputs';

const FIELD = 'Subscription ID';

/**
 * A subscription's ID: letters, digits, `_` and `-`, so that it cannot be another path.
 * @throws BadInput
 */
export function parseSubscriptionId(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^[A-Za-z0-9_-]{1,64}$/.test(text)) return text;
	throw new BadInput(
		FIELD,
		`must be a subscription's ID, and is ${shown(value)}`,
		'Enter the ID as Paychtec shows it, such as sub_abc123: letters, digits, _ and -.',
	);
}

/** The subscription, by its ID. */
export function subscriptionIdField(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: FIELD,
		name: 'subscriptionId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. sub_abc123',
		description: 'The subscription, by its ID. It belongs to the profile of the credential.',
		displayOptions,
	};
}
