import type { Account } from '../vendor/accounts';
import { cycleOf, pauseState, zoneOf, type Contract, type PausePeriod } from '../vendor/contract';
import {
	asLocalText,
	asUtcText,
	location,
	localDate,
	locations,
	startOfDay,
	utcText,
} from '../vendor/location';
import type { World } from '../vendor/world';
import { DateTime } from 'luxon';
import type { AdminRecord } from './adminList';

/** The member that a contract belongs to, as the admin side knows them: the login's default profile. */
function coworkerOf(account: Account | undefined): AdminRecord {
	const profile = account?.profiles.find(({ isDefault }) => isDefault) ?? account?.profiles[0];
	return {
		Id: profile?.id ?? 0,
		FullName: profile?.fullName ?? account?.fullName ?? null,
		BillingName: profile?.companyName ?? profile?.fullName ?? null,
		Email: account?.email ?? null,
		CoworkerType: profile?.coworkerType ?? 1,
		Active: account?.registeredHere ?? false,
		InvoicingBusinessId: location.id,
	};
}

/** `…Local` values: what follows the seconds was seen both ways [O]. */
function localText(world: World, text: string): string {
	return world.readings.localDates === 'withZ' ? `${text}Z` : text;
}

function uniqueId(id: number): string {
	return `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

/** developers.nexudus.com rest-api get-coworkercontracts-by-id, as far as pauses need it [D]. */
export function contractRecordOf(world: World, contract: Contract): AdminRecord {
	const zone = zoneOf(contract);
	const today = localDate(world.clock.now(), zone);
	const { pricePlan, startDate, cancellationDate, locationId = location.id } = contract;
	const { billingDay = Number(startDate.slice(8)) } = contract;
	const coworker = coworkerOf(world.accounts.get(contract.account));
	const renewal = cycleOf(contract, today, 1);
	const pause = contract.pauses.find(({ until }) => until > today);
	const shown = pauseState(contract, today) === 'active' ? pause : undefined;
	const both = (name: string, date: string | null) => ({
		[name]: date === null ? null : asUtcText(date, zone),
		[`${name}Local`]: date === null ? null : localText(world, asLocalText(date)),
	});
	return {
		Id: contract.id,
		UniqueId: uniqueId(contract.id),
		CreatedOn: asUtcText(startDate, zone),
		UpdatedOn: utcText(contract.updatedAt),
		IssuedById: locationId,
		IssuedByName: locations.find(({ id }) => id === locationId)?.name ?? null,
		CoworkerId: coworker.Id,
		CoworkerFullName: coworker.FullName,
		CoworkerBillingName: coworker.BillingName,
		CoworkerEmail: coworker.Email,
		CoworkerActive: coworker.Active,
		TariffId: pricePlan.id,
		TariffName: pricePlan.name,
		TariffInvoiceEvery: pricePlan.cycle.unit === 'months' ? pricePlan.cycle.every : 0,
		TariffInvoiceEveryWeeks: pricePlan.cycle.unit === 'weeks' ? pricePlan.cycle.every : 0,
		TariffPrice: pricePlan.price,
		TariffCurrencyCode: location.currencyCode,
		Notes: null,
		BillingDay: billingDay,
		...both('StartDate', startDate),
		...both('RenewalDate', renewal),
		...both('InvoicedPeriod', contract.nextInvoicePeriod ?? renewal),
		...both('CancellationDate', cancellationDate),
		Price: pricePlan.price,
		Quantity: 1,
		Active: !contract.cancelled,
		Cancelled: contract.cancelled,
		MainContract: false,
		// Whether they show a pause that has not begun is not documented [?]; here they do not.
		InPausedPeriod: shown !== undefined,
		InPausedPeriodFrom: shown ? asUtcText(shown.from, zone) : null,
		InPausedPeriodUntil: shown ? asUtcText(shown.until, zone) : null,
	};
}

/** The number of a period; one that a member has made gets it when it is first looked at. */
export function periodId(world: World, period: PausePeriod): number {
	period.id ??= world.nextPeriodId++;
	return period.id;
}

/** developers.nexudus.com rest-api get-contractpausedperiods-by-id, all fields [D]. */
export function periodRecordOf(world: World, contract: Contract, period: PausePeriod): AdminRecord {
	const zone = zoneOf(contract);
	const coworker = coworkerOf(world.accounts.get(contract.account));
	const id = periodId(world, period);
	const instants = period.instants ?? {
		from: startOfDay(period.from, zone),
		until: startOfDay(period.until, zone),
	};
	const local = (instant: number) =>
		localText(
			world,
			DateTime.fromMillis(instant, { zone }).toISO({
				includeOffset: false,
				suppressMilliseconds: true,
			})!,
		);
	return {
		CoworkerContractId: contract.id,
		CoworkerContractQuantity: 1,
		CoworkerContractFloorPlanDeskIds: null,
		CoworkerContractFloorPlanDeskNames: null,
		CoworkerContractTariffName: contract.pricePlan.name,
		CoworkerContractCoworkerId: coworker.Id,
		CoworkerContractCoworkerFullName: coworker.FullName,
		CoworkerContractCoworkerBillingName: coworker.BillingName,
		Notes: period.notes ?? null,
		PauseFrom: utcText(instants.from),
		PauseUntil: utcText(instants.until),
		PauseFromLocal: local(instants.from),
		PauseUntilLocal: local(instants.until),
		Id: id,
		UniqueId: uniqueId(id),
		CreatedOn: utcText(period.changedAt),
		UpdatedOn: utcText(period.changedAt),
		UpdatedBy: null,
		IsNew: false,
		SystemId: null,
	};
}

/** A location: `SimpleTimeZoneNameIana` is known from the user's record, as `Default…` [O]. */
export function businessRecordOf(id: number): AdminRecord | undefined {
	const found = locations.find((one) => one.id === id);
	return (
		found && {
			Id: found.id,
			Name: found.name,
			WebAddress: location.webAddress,
			SimpleTimeZoneId: found.id - 2000,
			SimpleTimeZoneNameIana: found.timeZone,
		}
	);
}

/** The key fields that the vendor's own command line shows of a pause period [D]. */
const PERIOD_KEYS = [
	'Id',
	'CoworkerContractTariffName',
	'CoworkerContractCoworkerFullName',
	'PauseFrom',
	'PauseUntil',
];
const PERIOD_LACKS = ['Notes', 'PauseFromLocal', 'PauseUntilLocal', 'SystemId', 'IsNew'];
const CONTRACT_KEYS = ['Id', 'CoworkerFullName', 'TariffName', 'Active', 'Cancelled'];
const CONTRACT_LACKS = ['Notes', 'TariffInvoiceEvery', 'TariffInvoiceEveryWeeks', 'BillingDay'];

/** A record as a row of a list: which fields a row lacks is not documented [?]. */
export function rowOf(
	world: World,
	entity: 'period' | 'contract',
): (r: AdminRecord) => AdminRecord {
	const { adminRows } = world.readings;
	const [keys, lacks] =
		entity === 'period' ? [PERIOD_KEYS, PERIOD_LACKS] : [CONTRACT_KEYS, CONTRACT_LACKS];
	if (adminRows === 'full') return (record) => record;
	return (record) =>
		Object.fromEntries(
			Object.entries(record).filter(([name]) =>
				adminRows === 'keyFields' ? keys.includes(name) : !lacks.includes(name),
			),
		);
}
