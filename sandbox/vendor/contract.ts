import { cycleIndex, cyclesBetween, cycleStart } from './billingCycle';
import { asUtcText, localDate, location, timeZoneOf, type LocalDate } from './location';
import type { PricePlan } from './pricePlan';

/** A pause covers the days from `from` up to, but not including, `until`. */
export interface PauseDays {
	from: LocalDate;
	until: LocalDate;
}

export interface PausePeriod extends PauseDays {
	changedAt: number;
	/** The period's own number, once an administrator has looked at it. */
	id?: number;
	notes?: string | null;
	/** The instants that an administrator gave, in ms, where they are not the midnights of the days. */
	instants?: { from: number; until: number };
}

/** A contract as the vendor keeps it. */
export interface Contract {
	id: number;
	account: string;
	/** Where it was sold; the first location unless given. */
	locationId?: number;
	pricePlan: PricePlan;
	/** First day of cycle 0. */
	startDate: LocalDate;
	/** In order of time; the last ones may still lie ahead. */
	pauses: PausePeriod[];
	cancelled: boolean;
	/** Where the period of the next invoice begins, if not on the next invoice date: an administrator sets both [D]. */
	nextInvoicePeriod?: LocalDate;
	/** Day of the month, if not that of `startDate`: a first cycle of another length, or an administrator has set it [D]. */
	billingDay?: number;
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
	/** All pauses, oldest first. */
	pauses: ReadonlyArray<Pick<PausePeriod, 'id' | 'from' | 'until' | 'notes'>>;
}

/** The first pause that covers `today` or lies ahead of it. */
export function currentPause(contract: Contract, today: LocalDate): PausePeriod | undefined {
	return contract.pauses.find((pause) => pause.until > today);
}

/** The time zone of the location that sold the contract. */
export function zoneOf({ locationId = location.id }: Contract): string {
	return timeZoneOf(locationId);
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
function cyclesOf(contract: Contract, pause: PausePeriod): number {
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
	const zone = zoneOf(contract);
	const today = localDate(now, zone);
	const pause = currentPause(contract, today);
	const used = pausesUsed(contract, today);
	return {
		id: contract.id,
		account: contract.account,
		pricePlan: contract.pricePlan.name,
		state: pauseState(contract, today),
		from: pause ? asUtcText(pause.from, zone) : null,
		until: pause ? asUtcText(pause.until, zone) : null,
		pausedCycles: pause ? cyclesOf(contract, pause) : 0,
		pausesUsed: used,
		renewal: asUtcText(cycleOf(contract, today, 1), zone),
		cancelled: contract.cancelled,
		ending: isEnding(contract),
		canBePaused: !pause && mayBePaused(contract, used),
		pauses: contract.pauses.map(({ id, from, until, notes }) => ({ id, from, until, notes })),
	};
}
