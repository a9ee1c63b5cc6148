import type { Refusal } from '../../../guarded-change/change';
import { around, inWords, nextAfter, type BillingDays } from './billingDays';
import type { LocalDay } from './localDay';
import type { PausedContract, PausePeriod, Zone } from './periodState';

export type DateField = 'Pause From' | 'Pause Until';

const span = ({ from, until }: Pick<PausePeriod, 'from' | 'until'>): string =>
	from !== null && until !== null ? `${from} to ${until}` : 'dates not shown by Nexudus';

const named = (contract: PausedContract): string =>
	`Contract ${contract.id}${contract.coworkerName === null ? '' : ` of ${contract.coworkerName}`}`;

/** Why nothing is sent: what stands in the way, and the way out. Pure. */
export const periodRefusal = {
	contractUnknown: (contractId: number | null): Refusal => ({
		code: 'contractUnknown',
		message: `Nexudus knows no contract ${contractId ?? 'of this pause period'} that this administrator may see`,
		description:
			"Take the ID from 'Get Many' of contracts, and check the administrator's locations.",
	}),
	periodUnknown: (id: number): Refusal => ({
		code: 'periodUnknown',
		message: `Nexudus knows no pause period ${id} that this administrator may see`,
		description: "It may have been deleted. Take the ID from 'Get Many' of pause periods.",
	}),
	cancelled: (contract: PausedContract): Refusal => ({
		code: 'cancelled',
		message: `${named(contract)} is cancelled and cannot be paused`,
		description: 'Choose an active contract.',
	}),
	inactive: (contract: PausedContract): Refusal => ({
		code: 'inactive',
		message: `${named(contract)} is not active and cannot be paused`,
		description: 'Choose an active contract.',
	}),
	ending: (contract: PausedContract): Refusal => ({
		code: 'ending',
		message: `${named(contract)} ends on ${contract.endsOn}, before the pause does`,
		description:
			"Set 'Pause Until' to a day up to the end of the contract, or withdraw the cancellation in Nexudus first.",
	}),
	timeZoneUnknown: (zone: Zone): Refusal => ({
		code: 'timeZoneUnknown',
		message:
			zone.name === null && zone.why === 'contradicted'
				? "The time zone does not fit the dates that Nexudus shows of the contract's location"
				: "Nexudus does not show the time zone of the contract's location",
		description:
			"Set 'Time Zone' in 'Options' to the location's time zone, such as Europe/Madrid: a pause begins at midnight there.",
	}),
	cycleUnknown: (contract: PausedContract): Refusal => ({
		code: 'cycleUnknown',
		message: `Nexudus does not show how long a billing cycle of contract ${contract.id} is`,
		description:
			'A pause must begin and end with a billing cycle. Look at the price plan in Nexudus: it must be invoiced every so many months or weeks.',
	}),
	cycleContradicted: ({ id, invoicedUntil }: PausedContract, days: BillingDays): Refusal => ({
		code: 'cycleContradicted',
		message: `Contract ${id} is next invoiced on ${days.anchor} (${inWords(days)}), for a period that begins on ${invoicedUntil}: which of them begins a billing cycle cannot be told`,
		description:
			"A pause must begin and end with a billing cycle. Under Finance > Contracts in Nexudus, set 'Next Invoice Date' and 'Next Invoice Period' to first days of the same cycles, or make the pause there.",
	}),
	billingDayContradicted: ({ id }: PausedContract, days: BillingDays): Refusal => ({
		code: 'cycleContradicted',
		message: `Contract ${id} is next invoiced on ${days.anchor}, and its billing day is ${days.billingDay}: on which day its billing cycles begin after that cannot be told`,
		description:
			"A contract that begins between two billing days has a first cycle of its own length: wait until that is invoiced. Else set 'Billing Day' and 'Next Invoice Date' of the contract to the same day under Finance > Contracts in Nexudus, or make the pause there.",
	}),
	/** @param floor the day must be later than this one */
	offCycle: (
		field: DateField,
		day: LocalDay,
		{ id }: PausedContract,
		days: BillingDays,
		floor: LocalDay,
	): Refusal => {
		const { before, after } = around(days, day);
		const nearest =
			before > floor
				? `The nearest are ${before} and ${after}`
				: `The next is ${nextAfter(days, floor)}`;
		return {
			code: 'offCycle',
			message: `'${field}' is ${day}, and no billing cycle of contract ${id} begins on that day (${inWords(days)}). ${nearest}`,
			description: `Enter one of these days, or set 'On Off-Cycle Date' to the next billing cycle.`,
		};
	},
	/** @param floor the day must be later than this one */
	tooEarly: (
		field: DateField,
		day: LocalDay,
		days: BillingDays,
		{ today, floor }: { today: LocalDay; floor: LocalDay },
	): Refusal => ({
		code: 'tooEarly',
		message: `'${field}' is ${day}, and today is ${today} at the location. The first day possible is ${nextAfter(days, floor)}`,
		description: 'A pause begins and ends with a billing cycle that has not begun yet.',
	}),
	empty: (from: LocalDay, until: LocalDay): Refusal => ({
		code: 'emptyPause',
		message: `The pause would end on ${until}, and begin on ${from}`,
		description:
			"'Pause Until' is the first day that is charged again: at least one billing cycle later.",
	}),
	alreadyPaused: (period: PausePeriod): Refusal => ({
		code: 'alreadyPaused',
		message: `The contract has this pause already (${span(period)}, pause period ${period.id})`,
		description:
			"'If Already Paused' is set to fail. Choose the other option to take this as success.",
	}),
	overlaps: (period: PausePeriod, asked: Pick<PausePeriod, 'from' | 'until'>): Refusal => ({
		code: 'pausedDifferently',
		message: `The contract has another pause at that time already (${span(period)}, pause period ${period.id})`,
		description: `Asked for: ${span(asked)}. Update or delete the pause that is there first.`,
	}),
	begun: (period: PausePeriod): Refusal => ({
		code: 'begun',
		message: `The pause has begun (${span(period)}): its first day cannot be changed`,
		description: "Change 'Pause Until', or delete the pause period.",
	}),
	over: (period: PausePeriod): Refusal => ({
		code: 'over',
		message: `The pause is over (${span(period)})`,
		description: 'What has been invoiced since then is not changed by the record of the pause.',
	}),
	alreadyDeleted: (id: number): Refusal => ({
		code: 'alreadyDeleted',
		message: `Nexudus knows no pause period ${id}`,
		description:
			"'If Already Deleted' is set to fail. Choose the other option to take this as success.",
	}),
};
