import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { BadInput, shown } from '../../../../n8n/inputs';

const FIELD = 'Subscription';

/**
 * The ID of a subscription, such as `sub_1Pgc6rB7WZ01zgkWNy0Cn5nw`.
 * @throws BadInput for anything else, a subscription schedule included
 */
export function parseSubscriptionId(value: unknown): string {
	const id = typeof value === 'string' ? value.trim() : value;
	if (typeof id === 'string' && /^sub_[A-Za-z0-9]{1,250}$/.test(id)) return id;
	const what =
		typeof id === 'string' && id.startsWith('sub_sched_')
			? 'is a subscription schedule, not a subscription'
			: `must be the ID of a subscription, and is ${shown(value)}`;
	throw new BadInput(
		FIELD,
		what,
		'Enter the ID that begins with sub_, as the Stripe Dashboard shows it.',
	);
}

/** The subscription, by its ID. */
export function subscriptionField(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: FIELD,
		name: 'subscription',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. sub_1Pgc6rB7WZ01zgkWNy0Cn5nw',
		description: 'ID of the subscription. It begins with sub_.',
		displayOptions,
	};
}
