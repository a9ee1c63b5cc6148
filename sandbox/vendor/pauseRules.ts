import {
	currentPause,
	cycleOf,
	isEnding,
	pausesUsed,
	zoneOf,
	type Contract,
	type PausePeriod,
} from './contract';
import { cycleIndex, cycleStart } from './billingCycle';
import { localDate } from './location';
import type { Readings } from './readings';

/**
 * Error codes in the body of a 400. learn.nexudus.com contract-pause says that there is a code [D];
 * the codes themselves are not published, these names are ours [?].
 */
export type RefusalCode =
	| 'InvalidPauseCycles'
	| 'ContractCancelled'
	| 'ContractEnding'
	| 'PausingNotAllowed'
	| 'ContractAlreadyPaused'
	| 'PauseYearlyLimitReached'
	| 'PauseCyclesLimitExceeded'
	| 'InvalidImmediate'
	| 'ContractNotPaused';

/** The vendor refuses with this code, or does it: then `pauses` is the new list. */
export type Decision = { refused: RefusalCode } | { refused: null; pauses: PausePeriod[] };

function refuse(code: RefusalCode): Decision {
	return { refused: code };
}

/** The day that lies `cycles` billing cycles after the first day of a cycle. */
function cyclesAfter(contract: Contract, day: string, cycles: number): string {
	const { startDate, pricePlan } = contract;
	const index = cycleIndex(startDate, pricePlan.cycle, day);
	return cycleStart(startDate, pricePlan.cycle, index + cycles);
}

/**
 * `PUT …/v2/{id}/pause`. A pause begins on the first day of the next billing cycle and ends on the
 * first day of one: help.nexudus.com freezing-contracts-as-an-admin [D].
 *
 * @param cycles the body's `PauseCycles`, as it came
 */
export function decidePause(
	contract: Contract,
	cycles: unknown,
	now: Date,
	reading: Readings['secondPause'],
): Decision {
	const { pricePlan } = contract;
	const today = localDate(now, zoneOf(contract));
	// learn.nexudus.com contract-pause: a number, at least 1 [D]; its code [?].
	if (typeof cycles !== 'number' || !Number.isInteger(cycles) || cycles < 1) {
		return refuse('InvalidPauseCycles');
	}
	if (contract.cancelled) return refuse('ContractCancelled');
	// That an ending contract cannot be paused is an inference [I].
	if (isEnding(contract)) return refuse('ContractEnding');
	// learn.nexudus.com contract-pause: plan does not support pausing [D].
	if (!pricePlan.canBePaused) return refuse('PausingNotAllowed');

	const existing = currentPause(contract, today);
	if (existing && reading === 'refused') return refuse('ContractAlreadyPaused'); // same page [D]
	// Same page, "limit reached" [D]; that a longer pause is no further pause [I].
	if (!existing && pausesUsed(contract, today) >= pricePlan.pauseYearlyLimit) {
		return refuse('PauseYearlyLimitReached');
	}
	if (cycles > pricePlan.pauseCyclesLimit) return refuse('PauseCyclesLimitExceeded');
	return schedulePause(contract, cycles, now);
}

/** Pauses, or makes an existing pause longer, without asking the price plan. */
export function schedulePause(contract: Contract, cycles: number, now: Date): Decision {
	const today = localDate(now, zoneOf(contract));
	const existing = currentPause(contract, today);
	const others = contract.pauses.filter((pause) => pause !== existing);
	const from = existing?.from ?? cycleOf(contract, today, 1);
	const until = cyclesAfter(contract, existing?.until ?? from, cycles);
	return {
		refused: null,
		pauses: inOrder([...others, { ...existing, from, until, changedAt: now.getTime() }]),
	};
}

/**
 * `PUT …/v2/{id}/resume?immediate=`. Immediately means effective today; 400 when the contract is
 * not paused: learn.nexudus.com contract-resume [D]. What happens to a pause that has not begun is
 * not documented [?]; here an immediate resume undoes it.
 */
export function decideResume(
	contract: Contract,
	immediate: boolean | null,
	now: Date,
	reading: Readings['resumeAtEnd'],
): Decision {
	// learn.nexudus.com contract-resume: boolean, required [D]; what is answered without it [?].
	if (immediate === null) return refuse('InvalidImmediate');
	const today = localDate(now, zoneOf(contract));
	const existing = currentPause(contract, today);
	if (!existing) return refuse('ContractNotPaused');
	if (immediate) return endPauseOn(contract, existing, today, now);
	if (reading === 'periodEnd') return { refused: null, pauses: contract.pauses };
	const nextCycle = cycleOf(contract, today, 1);
	return nextCycle < existing.until
		? endPauseOn(contract, existing, nextCycle, now)
		: { refused: null, pauses: contract.pauses };
}

/** Shortens a pause; one that would end on the day it begins, or before, is gone. */
function endPauseOn(contract: Contract, pause: PausePeriod, day: string, now: Date): Decision {
	const others = contract.pauses.filter((other) => other !== pause);
	const shortened = { ...pause, until: day, changedAt: now.getTime() };
	return { refused: null, pauses: pause.from < day ? inOrder([...others, shortened]) : others };
}

/** Pauses in the order of time, as a contract keeps them. */
export function inOrder(pauses: PausePeriod[]): PausePeriod[] {
	return pauses.sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** How many cycles a pause may have, as the choices that the portal offers. */
export function pauseChoices(
	contract: Contract,
	now: Date,
): Array<{ cycles: number; until: string }> {
	const from = cycleOf(contract, localDate(now, zoneOf(contract)), 1);
	return Array.from({ length: contract.pricePlan.pauseCyclesLimit }, (_, index) => ({
		cycles: index + 1,
		until: cyclesAfter(contract, from, index + 1),
	}));
}
