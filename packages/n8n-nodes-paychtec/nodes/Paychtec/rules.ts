import type {
	PlanFacts,
	Refusal,
	Rules,
	SentWrite,
	Sight,
	Verdict,
} from '../../../../guarded-change/change';
import { isImmediate, when, type PaychtecChange } from './paychtecChange';
import { refusal } from './refusals';
import { hasEnded, isPaused, isRunning, type SubscriptionState } from './subscriptionState';

const NOT_SHOWN =
	'Paychtec shows no pause or resume that begins later, so one that is scheduled cannot be seen.';

const unknownStatus = ({ status }: SubscriptionState): string =>
	`Its status is ${status}, which is neither paused nor known to be running, so nothing was sent. Look at the subscription in Paychtec.`;

/** What the rules say of a change in the state read. Pure. */
export function rulesFor(
	change: PaychtecChange,
	state: SubscriptionState,
	sent: readonly SentWrite[],
): Rules {
	const refuse = (...refusals: Refusal[]): Rules => ({ do: 'refuse', refusals });
	if (hasEnded(state)) return refuse(refusal.ended(state));

	if (change.operation === 'pause' && isPaused(state)) {
		if (change.ifAlreadyPaused === 'fail') return refuse(refusal.alreadyPaused(state));
		return isImmediate(change)
			? { do: 'nothing', sameAsAsked: true, proven: true }
			: { do: 'nothing', sameAsAsked: null, proven: true, hint: `It is paused now. ${NOT_SHOWN}` };
	}
	if (change.operation === 'resume' && !isPaused(state)) {
		if (change.ifNotPaused === 'fail') return refuse(refusal.notPaused(state));
		if (!isRunning(state)) {
			return { do: 'nothing', sameAsAsked: null, proven: false, hint: unknownStatus(state) };
		}
		const scheduled = sent.some(({ operation }) => operation === 'pause');
		return {
			do: 'nothing',
			sameAsAsked: isImmediate(change) && !scheduled ? true : null,
			proven: !scheduled,
			hint: scheduled
				? `A pause was sent before and is not shown yet. ${NOT_SHOWN}`
				: `It is not paused now. ${NOT_SHOWN}`,
		};
	}
	if (change.at !== null && Date.parse(change.at) <= state.asOf) {
		return refuse(
			refusal.datePassed(change.operation === 'pause' ? 'Pause At' : 'Resume Date', change.at),
		);
	}
	return { do: 'write' };
}

/** Does a later state show the change? Pure. */
export function sees(
	change: PaychtecChange,
	before: SubscriptionState,
	after: SubscriptionState,
): Sight {
	if (change.operation === 'pause') return isPaused(after) ? 'there' : 'absent';
	if (!isPaused(before) || isPaused(after)) return 'absent';
	if (hasEnded(after)) return 'differs';
	// A status that nobody has explained may be one on the way.
	if (!isRunning(after)) return 'absent';
	// A resume for a later date must not have happened already.
	return change.at !== null && Date.parse(change.at) > after.asOf ? 'differs' : 'there';
}

/** See `System.absenceProves`. Pure. */
export function absenceProves(change: PaychtecChange, verdict: Verdict): boolean {
	// The store that is read learns of the change after the system that carries it out [I], so only
	// an accepted change that is not there, and should be by now, is a contradiction.
	return isImmediate(change) && verdict.class === 'ok';
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** After this long, a request that was given up will not act any more. Ours, not the vendor's [I]. */
const SETTLED_AFTER = 10 * MINUTE;

/** Where nothing tells when a term ends: more than the longest common one. */
const HIDDEN_AT_MOST = 366 * DAY;

/** How long, from the read of `state`, an effect of the change may stay hidden, in ms. Pure. */
export function hiddenFor(change: PaychtecChange, state: SubscriptionState): number {
	if (isImmediate(change)) return SETTLED_AFTER;
	const shown = change.at ?? state.nextBillingAt;
	if (shown === null) return HIDDEN_AT_MOST;
	return Math.max(0, Date.parse(shown) - state.asOf) + SETTLED_AFTER;
}

/** What the plan id rests on, in this order for ever. Pure. */
export function planFacts(change: PaychtecChange, state: SubscriptionState): PlanFacts {
	const handling =
		change.operation === 'resume'
			? [change.body.charges_handling ?? null, change.body.unpaid_invoices_handling ?? null]
			: [null, null];
	return [
		['address', change.baseUrl],
		['profile', change.profileId],
		['subscription', change.subscriptionId],
		['operation', change.operation],
		['option', when(change)],
		['date', change.at],
		['charges handling', handling[0]],
		['unpaid invoices handling', handling[1]],
		['status', state.status],
		['paused at', state.pausedAt],
		['next billing', state.nextBillingAt],
		// As it goes out: another body under the same idempotency key is another request.
		['body', JSON.stringify(change.body)],
	];
}
