import type { Refusal } from '../../guarded-change/change';
import type { ContractState, PauseState } from './pauseState';

const period = (pause: { pausedFromUtc: string | null; pausedUntilUtc: string | null }): string =>
	pause.pausedFromUtc !== null && pause.pausedUntilUtc !== null
		? `${pause.pausedFromUtc} to ${pause.pausedUntilUtc}`
		: 'dates not shown by Nexudus';

const cycles = (count: number): string =>
	count === 1 ? '1 billing cycle' : `${count} billing cycles`;

/** Why nothing is sent: what stands in the way, and the way out. Pure. */
export const refusal = {
	termsNotAccepted: (shown: boolean): Refusal => ({
		code: 'termsNotAccepted',
		message: "The pause terms are not accepted: turn on 'Terms Accepted'",
		description: shown
			? "Show the member the terms from 'Get Pause Meta' (TermsAndConditions) and set 'Terms Accepted' only when they agree."
			: "Nexudus shows no terms text for this contract; its documentation still asks for acceptance. Set 'Terms Accepted' when the member agrees to the pause.",
	}),
	cancelled: (): Refusal => ({
		code: 'cancelled',
		message: 'The contract is cancelled and cannot be paused',
		description: 'Choose an active contract of the member.',
	}),
	ending: (endsOn: string): Refusal => ({
		code: 'ending',
		message: `The contract ends on ${endsOn} and cannot be paused`,
		description:
			'A contract that is set to end is not paused. Withdraw the cancellation in Nexudus first.',
	}),
	inactive: (): Refusal => ({
		code: 'inactive',
		message: 'The contract is not active and cannot be paused',
		description: 'Choose an active contract of the member.',
	}),
	notEligible: (state: ContractState): Refusal => ({
		code: 'notEligible',
		message: 'Nexudus says that this contract cannot be paused now',
		description: whyNotEligible(state),
	}),
	tooManyCycles: (asked: number, limit: number, pricePlan: string | null): Refusal => ({
		code: 'tooManyCycles',
		message: `'Pause Cycles' is ${asked}, and ${pricePlan ? `price plan "${pricePlan}"` : 'the price plan'} allows at most ${limit}`,
		description: `Set 'Pause Cycles' to a number from 1 to ${limit}.`,
	}),
	alreadyPaused: (pause: PauseState): Refusal => ({
		code: 'alreadyPaused',
		message: `The contract is paused already (${pause.state}: ${period(pause)})`,
		description:
			"'If Already Paused' is set to fail. Choose another option to take this as success.",
	}),
	pausedDifferently: (
		pause: PauseState,
		asked: { pausedFromUtc: string; pausedUntilUtc: string } | null,
	): Refusal => ({
		code: 'pausedDifferently',
		message: `The contract has another pause already (${pause.state}: ${period(pause)})`,
		description: `Asked for: ${asked ? period(asked) : 'a pause of another length'}. Resume the contract first, or set 'If Already Paused' to accept any pause.`,
	}),
	notPaused: (): Refusal => ({
		code: 'notPaused',
		message: 'The contract is not paused',
		description: "'If Not Paused' is set to fail. Choose another option to take this as success.",
	}),
};

function whyNotEligible(state: ContractState): string {
	const { yearlyLimit, pausesUsed, pricePlan } = state;
	if (yearlyLimit !== null && pausesUsed !== null && pausesUsed >= yearlyLimit) {
		return `Its pauses for the year are used up: ${pausesUsed} of ${yearlyLimit}. It can be paused again next year, or by an administrator.`;
	}
	const plan = pricePlan ? `Price plan "${pricePlan}"` : 'Its price plan';
	if (state.cyclesLimit === null && yearlyLimit === null) {
		return `${plan} may not allow pausing. An administrator can allow it in the price plan's limits, or pause the contract.`;
	}
	const limits = [
		state.cyclesLimit === null ? '' : `up to ${cycles(state.cyclesLimit)} at a time`,
		yearlyLimit === null
			? ''
			: `${yearlyLimit} a year${pausesUsed === null ? '' : `, ${pausesUsed} used`}`,
	].filter((part) => part !== '');
	return `${plan} allows pauses of ${limits.join(', ')}. A minimum term or another rule of the space may stand in the way: ask an administrator.`;
}
