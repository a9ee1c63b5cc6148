import { cycleStart, type BillingCycle } from '../vendor/billingCycle';
import type { Admin } from '../admin/admins';
import type { Account } from '../vendor/accounts';
import type { Booking } from '../vendor/bookings';
import type { Contract } from '../vendor/contract';
import { localDate, startOfDay, type LocalDate } from '../vendor/location';
import type { PricePlan } from '../vendor/pricePlan';
import { DateTime } from 'luxon';

/** What the stand-in begins with. */
export interface Seed {
	accounts: Account[];
	admins?: Admin[];
	contracts: Contract[];
	bookings: Booking[];
}

/** A contract described from where it stands today, so that a story holds on any day. */
export interface ContractSeed {
	id: number;
	pricePlan: PricePlan;
	/** Where it was sold; the first location unless given. */
	locationId?: number;
	/** First day of the current cycle; a good third of a cycle ago unless given. */
	currentCycleFrom?: LocalDate;
	/** How many cycles ago the contract began; 14 unless given. */
	startedCyclesAgo?: number;
	/** See `Contract`. */
	nextInvoicePeriod?: LocalDate;
	/** See `Contract`. */
	billingDay?: number;
	/** Pauses by cycle number: 0 is the current cycle, 1 the next. */
	pauses?: Array<{ fromCycle: number; cycles: number }>;
	cancelled?: boolean;
	/** The contract ends with the cycle before this one: 1 means with the current cycle. */
	endsWithCycle?: number;
}

/**
 * Today lies a good third into the cycle, far from both its ends, so that no story changes by
 * itself while somebody works with it.
 */
function daysIntoCycle({ every, unit }: BillingCycle): number {
	return Math.floor((every * (unit === 'weeks' ? 7 : 30)) / 3);
}

/** Places described contracts on the calendar around `now`. */
export function placeContracts(
	account: string,
	seeds: readonly ContractSeed[],
	now: Date,
): Contract[] {
	const today = localDate(now);
	const currentStarts = new Map<BillingCycle, LocalDate>();
	return seeds.map((seed) => {
		const { cycle } = seed.pricePlan;
		let currentStart = seed.currentCycleFrom ?? currentStarts.get(cycle);
		if (currentStart === undefined) {
			currentStart = daysBefore(today, daysIntoCycle(cycle));
			currentStarts.set(cycle, currentStart);
		}
		const age = seed.startedCyclesAgo ?? 14;
		const startDate = cycleStart(currentStart, cycle, -age);
		const dayOf = (number: number) => cycleStart(startDate, cycle, age + number);
		return {
			id: seed.id,
			account,
			...(seed.locationId !== undefined && { locationId: seed.locationId }),
			pricePlan: seed.pricePlan,
			...(seed.nextInvoicePeriod && { nextInvoicePeriod: seed.nextInvoicePeriod }),
			...(seed.billingDay !== undefined && { billingDay: seed.billingDay }),
			startDate,
			pauses: (seed.pauses ?? []).map(({ fromCycle, cycles }) => ({
				from: dayOf(fromCycle),
				until: dayOf(fromCycle + cycles),
				changedAt: startOfDay(dayOf(fromCycle - 1)),
			})),
			cancelled: seed.cancelled ?? false,
			cancellationDate: seed.endsWithCycle === undefined ? null : dayOf(seed.endsWithCycle),
			updatedAt: startOfDay(startDate),
		};
	});
}

function daysBefore(day: LocalDate, days: number): LocalDate {
	return DateTime.fromISO(day, { zone: 'utc' }).minus({ days }).toISODate()!;
}
