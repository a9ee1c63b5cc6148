import type { IDataObject } from 'n8n-workflow';
import { shownState, type SubscriptionState } from './subscriptionState';
import { isoOf } from './unixSeconds';

/** A subscription as `Simplify` shows it: what a workflow about pauses needs. Pure. */
export function subscriptionView(state: SubscriptionState): IDataObject {
	const { id, customer, cancel_at_period_end: cancels } = state.raw;
	const { state: pause, pausedFromUtc, pausedUntilUtc, canBePaused } = shownState(state);
	return {
		subscriptionId: typeof id === 'string' ? id : null,
		status: state.status,
		state: pause,
		pauseKind: state.kind,
		pauseReason: state.pauseReason,
		pausedFromUtc,
		pausedUntilUtc,
		canBePaused,
		currentPeriodEndUtc: isoOf(state.periodEnd),
		cancelAtPeriodEnd: cancels === true,
		customer: typeof customer === 'string' ? customer : null,
	};
}
