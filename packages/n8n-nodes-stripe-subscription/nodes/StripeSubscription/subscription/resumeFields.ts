import type { INodeProperties } from 'n8n-workflow';
import { showFor } from './show';

/** How a resume sets the billing cycle and prorates; the preview of a resume has the same fields. */
export function anchorFields(operation: string): INodeProperties[] {
	return [
		{
			displayName: 'Billing Cycle Anchor',
			name: 'billing_cycle_anchor',
			type: 'options',
			default: 'now',
			options: [
				{
					name: 'Now',
					value: 'now',
					description: 'A new billing cycle begins at once, and may be invoiced at once',
				},
				{
					name: 'Unchanged',
					value: 'unchanged',
					description: 'The days of billing stay as they were before the pause',
				},
			],
			description:
				"When the billing cycle begins after the pause. Stripe's default is Now. It has no effect where only payment collection is paused.",
			displayOptions: showFor(operation),
		},
		{
			displayName: 'Proration Behavior',
			name: 'proration_behavior',
			type: 'options',
			default: 'create_prorations',
			options: [
				{
					name: 'Always Invoice',
					value: 'always_invoice',
					description: 'Prorations are invoiced at once',
				},
				{
					name: 'Create Prorations',
					value: 'create_prorations',
					description: 'Prorations wait for the next invoice',
				},
				{ name: 'None', value: 'none', description: 'The rest of the running cycle is free' },
			],
			description:
				"How the rest of the running billing cycle is charged when the anchor stays unchanged. Stripe's default is Create Prorations.",
			displayOptions: {
				show: { ...showFor(operation).show, billing_cycle_anchor: ['unchanged'] },
			},
		},
	];
}
