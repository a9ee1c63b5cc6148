import { cycleIndex, cyclesBetween, cycleStart } from './billingCycle';
import { asUtcText, localDate, type LocalDate } from './location';
import type { PricePlan } from './pricePlan';

/** A pause covers the days from `from` up to, but not including, `until`. */
export interface PausePeriod {
	from: LocalDate;
	until: LocalDate;
	changedAt: number;
}

/** A contract as the vendor keeps it. */
export interface Contract {
	id: number;
	account: string;
	pricePlan: PricePlan;
	/** First day of cycle 0. */
	startDate: LocalDate;
	/** In order of time; the last one may still lie ahead. */
	pauses: PausePeriod[];
	cancelled: boolean;
	/** The day the contract ends or ended. */
	cancellationDate: LocalDate | null;
	updatedAt: number;
}

export type PauseState = 'none' | 'scheduled' | 'active';

/** What is true of a contract, whatever reading is switched on. */
export interface ContractView {
	id: number;
	account: string;
	pricePlan: string;
	/** Whether a pause covers now, lies ahead, or neither. */
	state: PauseState;
	/** Begin of the current or coming pause, ISO UTC. */
	from: string | null;
	/** End of the current or coming pause, ISO UTC. */
	until: string | null;
	/** Billing cycles that begin in that pause. */
	pausedCycles: number;
	/** Pauses of the last twelve months, the coming one included. */
	pausesUsed: number;
	/** First day of the next cycle, ISO UTC. */
	renewal: string;
	cancelled: boolean;
	/** The contract is active and its last day is known. */
	ending: boolean;
	/** Whether the vendor would take a first pause of one cycle now. */
	canBePaused: boolean;
}

/** The pause that covers `today` or lies ahead of it. */
export function currentPause(contract: Contract, today: LocalDate): PausePeriod | undefined {
	const last = contract.pauses.at(-1);
	return last && last.until > today ? last : undefined;
}

export function pauseState(contract: Contract, today: LocalDate): PauseState {
	const pause = currentPause(contract, today);
	if (!pause) return 'none';
	return pause.from > today ? 'scheduled' : 'active';
}

/** First day of the cycle that `today` lies in, moved by a number of cycles. */
export function cycleOf(contract: Contract, today: LocalDate, offset = 0): LocalDate {
	const { cycle } = contract.pricePlan;
	return cycleStart(
		contract.startDate,
		cycle,
		cycleIndex(contract.startDate, cycle, today) + offset,
	);
}

/** The number of billing cycles in a pause. */
export function cyclesOf(contract: Contract, pause: PausePeriod): number {
	return cyclesBetween(contract.startDate, contract.pricePlan.cycle, pause.from, pause.until);
}

/**
 * Pauses that count against the yearly limit. The window is not documented [?]; here: those that
 * began in the last twelve months or lie ahead.
 */
export function pausesUsed(contract: Contract, today: LocalDate): number {
	if (contract.pauses.length === 0) return 0;
	const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
	return contract.pauses.filter((pause) => pause.from > yearAgo).length;
}

export function isEnding(contract: Contract): boolean {
	return !contract.cancelled && contract.cancellationDate !== null;
}

/** What the vendor's own rules say to a first pause, apart from one that exists already. */
export function mayBePaused(contract: Contract, used: number): boolean {
	return (
		contract.pricePlan.canBePaused &&
		!contract.cancelled &&
		!isEnding(contract) &&
		used < contract.pricePlan.pauseYearlyLimit
	);
}

export function viewOf(contract: Contract, now: Date): ContractView {
	const today = localDate(now);
	const pause = currentPause(contract, today);
	const used = pausesUsed(contract, today);
	return {
		id: contract.id,
		account: contract.account,
		pricePlan: contract.pricePlan.name,
		state: pauseState(contract, today),
		from: pause ? asUtcText(pause.from) : null,
		until: pause ? asUtcText(pause.until) : null,
		pausedCycles: pause ? cyclesOf(contract, pause) : 0,
		pausesUsed: used,
		renewal: asUtcText(cycleOf(contract, today, 1)),
		cancelled: contract.cancelled,
		ending: isEnding(contract),
		canBePaused: !pause && mayBePaused(contract, used),
	};
}
