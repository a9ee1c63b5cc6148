import type {
	PlanFacts,
	Refusal,
	Rules,
	SentWrite,
	Sight,
	Verdict,
} from '../../guarded-change/change';
import { textHash } from '../../guarded-change/planId';
import { addCycles, countCycles } from './cycles';
import type { NexudusChange, PauseChange, ResumeChange } from './nexudusChange';
import type { ContractState, PauseState } from './pauseState';
import { refusal } from './refusals';

/** What Nexudus' rules say of a change, before anything is sent. Pure. */
export function rulesFor(
	change: NexudusChange,
	state: ContractState,
	sent: readonly SentWrite[],
	showsScheduled: boolean,
): Rules {
	return change.operation === 'pause'
		? pauseRules(change, state)
		: resumeRules(change, state, sent, showsScheduled);
}

function pauseRules(change: PauseChange, state: ContractState): Rules {
	if (state.pause.state !== 'none') {
		const sameAsAsked = isAsAsked(change.cycles, state);
		if (change.ifAlreadyPaused === 'fail') {
			return { do: 'refuse', sameAsAsked, refusals: [refusal.alreadyPaused(state.pause)] };
		}
		if (change.ifAlreadyPaused === 'unchanged' && sameAsAsked === false) {
			const asked = expectedPause(change.cycles, state);
			return {
				do: 'refuse',
				sameAsAsked,
				refusals: [refusal.pausedDifferently(state.pause, asked)],
			};
		}
		return {
			do: 'nothing',
			sameAsAsked,
			proven: true,
			...(sameAsAsked === null && { hint: NOT_COMPARABLE }),
		};
	}
	const refusals = pauseRefusals(change, state);
	return refusals.length > 0 ? { do: 'refuse', refusals } : { do: 'write' };
}

const NOT_COMPARABLE =
	'The contract is paused already, but Nexudus shows no dates or cycle to compare with the cycles asked for. Look at the dates under "after".';

function pauseRefusals(change: PauseChange, state: ContractState): Refusal[] {
	const { cyclesLimit, pause } = state;
	const refusals: Refusal[] = [];
	if (!change.termsAccepted) refusals.push(refusal.termsNotAccepted(state.terms !== null));
	if (state.cancelled) refusals.push(refusal.cancelled());
	else if (state.endsOn !== null) refusals.push(refusal.ending(state.endsOn));
	else if (state.active === false) refusals.push(refusal.inactive());
	else if (pause.canBePaused === false) refusals.push(refusal.notEligible(state));
	if (cyclesLimit !== null && change.cycles > cyclesLimit) {
		refusals.push(refusal.tooManyCycles(change.cycles, cyclesLimit, state.pricePlan));
	}
	return refusals;
}

function resumeRules(
	change: ResumeChange,
	state: ContractState,
	sent: readonly SentWrite[],
	showsScheduled: boolean,
): Rules {
	if (state.pause.state !== 'none') return { do: 'write' };
	// A pause that this process sent may be scheduled and not shown: then it is not "not paused".
	if (sent.some(({ operation }) => operation === 'pause')) return { do: 'write' };
	if (change.ifNotPaused === 'fail') return { do: 'refuse', refusals: [refusal.notPaused()] };
	return {
		do: 'nothing',
		sameAsAsked: true,
		proven: showsScheduled,
		...(!showsScheduled && { hint: MAY_BE_HIDDEN }),
	};
}

const MAY_BE_HIDDEN =
	'The contract is not paused. Nexudus does not document whether it shows a pause that is scheduled but has not begun, so one cannot be excluded.';

/** Is the pause that is there as long as the one asked for? Null where it cannot be compared. Pure. */
export function isAsAsked(cycles: number, state: ContractState): boolean | null {
	const { pausedFromUtc, pausedUntilUtc } = state.pause;
	if (pausedFromUtc === null || pausedUntilUtc === null || state.cycle === null) return null;
	const there = countCycles(pausedFromUtc, pausedUntilUtc, state.cycle);
	return there === null ? null : there === cycles;
}

/** The pause that a request for so many cycles makes: from the next renewal [D], inferred dates. Pure. */
export function expectedPause(
	cycles: number,
	state: ContractState,
): { pausedFromUtc: string; pausedUntilUtc: string } | null {
	if (state.renewalUtc === null || state.cycle === null) return null;
	return {
		pausedFromUtc: state.renewalUtc,
		pausedUntilUtc: addCycles(state.renewalUtc, state.cycle, cycles),
	};
}

/** Does a later state show the change? Pure. */
export function sees(change: NexudusChange, before: ContractState, after: ContractState): Sight {
	if (change.operation === 'pause') {
		if (after.pause.state === 'none') return 'absent';
		// The read before comes from one side of the renewal; two reads after it may not.
		const cycle = before.cycle ?? after.cycle;
		return isAsAsked(change.cycles, { ...after, cycle }) === false ? 'differs' : 'there';
	}
	if (before.pause.state === 'none') return 'absent';
	if (after.pause.state === 'none') return 'there';
	const moved = untilMoved(before.pause, after.pause);
	if (change.operation === 'resumeAtEnd') {
		return moved < 0 ? 'there' : moved > 0 ? 'differs' : 'absent';
	}
	// "Effective today" may show as a pause that ends today.
	if (moved < 0 && endsWithinADay(after)) return 'there';
	return moved !== 0 || before.pause.pausedFromUtc !== after.pause.pausedFromUtc
		? 'differs'
		: 'absent';
}

function untilMoved(before: PauseState, after: PauseState): number {
	if (before.pausedUntilUtc === null || after.pausedUntilUtc === null) return 0;
	return Date.parse(after.pausedUntilUtc) - Date.parse(before.pausedUntilUtc);
}

function endsWithinADay(state: ContractState): boolean {
	const { pausedUntilUtc } = state.pause;
	return pausedUntilUtc !== null && Date.parse(pausedUntilUtc) <= state.asOf + 86_400_000;
}

/** See `System.mark`: a resume at the end of the pause leaves the contract paused. Pure. */
export function pauseMark({ pause }: ContractState): string {
	return JSON.stringify([pause.state, pause.pausedFromUtc, pause.pausedUntilUtc]);
}

/** After this long, a request that was given up will not act any more. Ours, not the vendor's [I]. */
export const SETTLED_AFTER = 300_000;

/** Where nothing tells when a hidden effect comes to light: more than the longest common cycle. */
const HIDDEN_AT_MOST = 366 * 86_400_000;

/**
 * How long, from the read of `state`, an effect of the change may stay hidden, in ms. Pure.
 * A pause comes to light with the renewal that it begins at. One that is carried out late, or by a
 * clock that is a little ahead, may miss this renewal and begin at the next.
 */
export function hiddenFor(change: NexudusChange, state: ContractState): number {
	const { renewalUtc, asOf, cycle, pause } = state;
	if (change.operation !== 'pause') return after(pause.pausedUntilUtc, asOf);
	const left = after(renewalUtc, asOf);
	if (renewalUtc === null || left > 2 * SETTLED_AFTER) return left;
	return cycle === null ? HIDDEN_AT_MOST : after(addCycles(renewalUtc, cycle, 1), asOf);
}

function after(date: string | null, asOf: number): number {
	return date === null ? HIDDEN_AT_MOST : Date.parse(date) - asOf + SETTLED_AFTER;
}

/** See `System.absenceProves`. Pure. */
export function absenceProves(
	change: NexudusChange,
	before: ContractState,
	verdict: Verdict,
	sinceSent: number,
	showsScheduled: boolean,
): boolean {
	switch (change.operation) {
		case 'resumeNow':
			// A second immediate resume is refused: the contract is not paused any more [D].
			return before.pause.state !== 'none';
		case 'resumeAtEnd':
			// It may show nothing at all where it means the end that is set anyway [D conflict].
			return false;
		case 'pause':
			// A second pause may extend the first [?], so one that may still act is not repeated.
			if (!showsScheduled) return false;
			return verdict.class === 'ok' || verdict.finished === true || sinceSent >= SETTLED_AFTER;
	}
}

/** What the plan id rests on, in this order for ever. Terms count where they are to be accepted. Pure. */
export function planFacts(change: NexudusChange, state: ContractState): PlanFacts {
	const { pause } = state;
	return [
		['portal', change.portal],
		['account', change.account],
		['contract', change.contractId],
		['operation', change.operation === 'pause' ? 'pause' : 'resume'],
		...wanted(change),
		['pause state', pause.state],
		['pause start', pause.pausedFromUtc],
		['pause end', pause.pausedUntilUtc],
		['renewal date', state.renewalUtc],
		['terms', change.operation === 'pause' ? textHash(state.terms) : null],
	];
}

function wanted(change: NexudusChange): Array<readonly [string, string | number]> {
	if (change.operation === 'pause') return [['pause cycles', change.cycles]];
	return [['resume when', change.operation === 'resumeNow' ? 'immediately' : 'endOfPausePeriod']];
}
