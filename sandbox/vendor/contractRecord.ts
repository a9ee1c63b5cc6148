import {
	currentPause,
	cycleOf,
	mayBePaused,
	pausesUsed,
	zoneOf,
	type Contract,
	type PausePeriod,
} from './contract';
import { cycleIndex } from './billingCycle';
import { asLocalText, asUtcText, location, localDate, startOfDay, utcText } from './location';
import { pauseChoices } from './pauseRules';
import type { Readings } from './readings';

/** What a reader is shown of a contract's pauses. */
interface Shown {
	pause: PausePeriod | undefined;
	active: boolean;
	used: number;
	canBePausedNow: boolean;
}

function shown(contract: Contract, today: string, reading: Readings['scheduledPause']): Shown {
	const pause = currentPause(contract, today);
	const used = pausesUsed(contract, today);
	if (pause && pause.from > today && reading === 'hidden') {
		const usedBefore = used - 1;
		return {
			pause: undefined,
			active: false,
			used: usedBefore,
			canBePausedNow: mayBePaused(contract, usedBefore),
		};
	}
	return {
		pause,
		active: pause !== undefined && pause.from <= today,
		used,
		canBePausedNow: !pause && mayBePaused(contract, used),
	};
}

/** `IsPausedNow`, `InPausedPeriod`, `CanBePausedNow` mean the same in contract and meta [D]. */
function pauseFlags({ active, canBePausedNow }: Shown) {
	return { CanBePausedNow: canBePausedNow, IsPausedNow: active, InPausedPeriod: active };
}

const money = new Intl.NumberFormat('en-GB', {
	style: 'currency',
	currency: location.currencyCode,
});
const moneyTexts = new Map<number, string>();

function moneyText(amount: number): string {
	let text = moneyTexts.get(amount);
	if (text === undefined) {
		text = money.format(amount);
		moneyTexts.set(amount, text);
	}
	return text;
}

/**
 * One contract with every documented field: developers.nexudus.com contract-details [D].
 * Whether `IsPaused` is true for a pause that has not begun is not documented [?]; here it is, when
 * a scheduled pause is visible.
 */
export function contractRecord(
	contract: Contract,
	now: Date,
	reading: Readings['scheduledPause'],
): Record<string, unknown> {
	const zone = zoneOf(contract);
	const today = localDate(now, zone);
	const { pricePlan, startDate, cancellationDate } = contract;
	const { billingDay = Number(startDate.slice(8)) } = contract;
	const visible = shown(contract, today, reading);
	const updatedAt = Math.max(contract.updatedAt, visible.pause?.changedAt ?? 0);
	const renewal = cycleOf(contract, today, 1);
	const price = moneyText(pricePlan.price);
	const endDate = cancellationDate === null ? null : asLocalText(cancellationDate);
	return {
		Id: contract.id,
		UniqueId: `00000000-0000-4000-8000-${String(contract.id).padStart(12, '0')}`,
		CreatedOn: asUtcText(startDate, zone),
		UpdatedOn: utcText(updatedAt),
		TariffId: pricePlan.id,
		TariffName: pricePlan.name,
		Price: pricePlan.price,
		NextPrice: pricePlan.price,
		PriceFormatted: price,
		NextPriceFormatted: price,
		CurrencyCode: location.currencyCode,
		Quantity: 1,
		DepositsAmount: 0,
		DepositsAmountFormatted: moneyText(0),
		StartDate: asLocalText(startDate),
		RenewalDate: asLocalText(renewal),
		RenewalDateUtc: asUtcText(renewal, zone),
		BillingDay: billingDay,
		EarliestCancellationDate: asLocalText(renewal),
		CancellationDate: endDate,
		AbsoluteCancellationDate: endDate,
		Active: !contract.cancelled,
		Cancelled: contract.cancelled,
		MainContract: false,
		PricePlanTermsAccepted: true,
		PricePlanTermsAcceptedOn: asUtcText(startDate, zone),
		IsPaused: visible.pause !== undefined,
		...pauseFlags(visible),
		InPausedPeriodFromUtc: visible.pause ? asUtcText(visible.pause.from, zone) : null,
		InPausedPeriodUntilUtc: visible.pause ? asUtcText(visible.pause.until, zone) : null,
	};
}

/** What `_shape=Tariff.…` can reach: nested paths work, learn.nexudus.com contract-details [D]. */
export function tariffRecord({ pricePlan }: Contract): Record<string, unknown> {
	const { every, unit } = pricePlan.cycle;
	return {
		Id: pricePlan.id,
		Name: pricePlan.name,
		InvoiceEvery: unit === 'months' ? every : 0,
		InvoiceEveryWeeks: unit === 'weeks' ? every : 0,
		CanBePaused: pricePlan.canBePaused,
		PauseYearlyLimit: pricePlan.pauseYearlyLimit,
		PauseCyclesLimit: pricePlan.pauseCyclesLimit,
	};
}

/** `GET …/{id}/pause/meta`: developers.nexudus.com contract-pause-meta, names complete [D]. */
export function pauseMetaRecord(
	contract: Contract,
	now: Date,
	reading: Readings['scheduledPause'],
): Record<string, unknown> {
	const zone = zoneOf(contract);
	const today = localDate(now, zone);
	const { pricePlan } = contract;
	const visible = shown(contract, today, reading);
	const periodStart = cycleOf(contract, today);
	const renewal = cycleOf(contract, today, 1);
	const daysToRenewal = (startOfDay(renewal, zone) - now.getTime()) / 86_400_000;
	return {
		...pauseFlags(visible),
		InPausedPeriodFrom: visible.pause ? asLocalText(visible.pause.from) : null,
		InPausedPeriodFromUtc: visible.pause ? asUtcText(visible.pause.from, zone) : null,
		InPausedPeriodUntil: visible.pause ? asLocalText(visible.pause.until) : null,
		InPausedPeriodUntilUtc: visible.pause ? asUtcText(visible.pause.until, zone) : null,
		CurrentPeriodStart: asLocalText(periodStart),
		CurrentPeriodStartUtc: asUtcText(periodStart, zone),
		// By its name: fewer days to the renewal than the price plan's ProrateDaysBefore [I].
		InProratePeriod: daysToRenewal < pricePlan.prorateDaysBefore,
		RenewalDate: asLocalText(renewal),
		PauseCyclesLimit: pricePlan.pauseCyclesLimit,
		PauseYearlyLimit: pricePlan.pauseYearlyLimit,
		PausedPeriodsCount: visible.used,
		ProrateDaysBefore: pricePlan.prorateDaysBefore,
		// An array of objects [D]; what an object holds is not documented [?], these names are ours.
		PauseUntilOptions: pricePlan.canBePaused
			? pauseChoices(contract, now).map(({ cycles, until }) => ({
					PauseCycles: cycles,
					PauseUntil: asLocalText(until),
					PauseUntilUtc: asUtcText(until, zone),
				}))
			: [],
		TermsAndConditions: pricePlan.pauseTerms,
	};
}

/** What a row of `GET /api/public/plans/my` adds: developers.nexudus.com my-plans [D]. */
export function myPlanExtras(contract: Contract, now: Date): Record<string, unknown> {
	const { cancellationDate, pricePlan, startDate } = contract;
	const zone = zoneOf(contract);
	const today = localDate(now, zone);
	return {
		ContractTerm: null,
		CancellationDateUtc: cancellationDate === null ? null : asUtcText(cancellationDate, zone),
		NextAutoInvoice: contract.cancelled ? null : asLocalText(cycleOf(contract, today, 1)),
		PriceWithMinimum: pricePlan.price,
		Value: pricePlan.price * Math.max(1, 1 + cycleIndex(startDate, pricePlan.cycle, today)),
	};
}
