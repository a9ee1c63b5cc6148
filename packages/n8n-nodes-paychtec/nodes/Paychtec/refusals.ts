import type { Refusal } from '../../../../guarded-change/change';
import type { SubscriptionState } from './subscriptionState';

const since = ({ pausedAt }: SubscriptionState): string =>
	pausedAt === null ? '' : ` since ${pausedAt}`;

/** Why nothing is sent: what stands in the way, and the way out. Pure. */
export const refusal = {
	alreadyPaused: (state: SubscriptionState): Refusal => ({
		code: 'alreadyPaused',
		message: `The subscription is already paused${since(state)}`,
		description: "'If Already Paused' is set to fail. Set it to succeed if that is good enough.",
	}),
	notPaused: ({ status }: SubscriptionState): Refusal => ({
		code: 'notPaused',
		message: `The subscription is not paused: its status is ${status ?? 'not shown'}`,
		description: "'If Not Paused' is set to fail. Set it to succeed if that is good enough.",
	}),
	ended: ({ status }: SubscriptionState): Refusal => ({
		code: 'ended',
		message: `The subscription is ${status} and cannot be paused or resumed`,
		description: 'Choose a subscription that still runs.',
	}),
	datePassed: (field: string, at: string): Refusal => ({
		code: 'datePassed',
		message: `'${field}' is ${at}, which has passed`,
		description: "Enter a date in the future, or choose 'Immediately'.",
	}),
};
