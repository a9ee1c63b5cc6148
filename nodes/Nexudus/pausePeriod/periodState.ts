import { text, utc, type VendorRecord } from '../vendorRecord';
import { billingDaysOf, type BillingDays } from './billingDays';
import { dayOfLocal, localDay, localTime, type LocalDay } from './localDay';

/** A pause period, from the vendor's record. Days are the location's. */
export interface PausePeriod {
	id: number;
	contractId: number | null;
	coworkerId: number | null;
	coworkerName: string | null;
	pricePlan: string | null;
	from: LocalDay | null;
	/** The first day that is charged again. */
	until: LocalDay | null;
	fromUtc: string | null;
	untilUtc: string | null;
	notes: string | null;
	raw: VendorRecord;
}

/** The time zone of a contract's location, or why it is not known. */
export type Zone = { name: string } | { name: null; why: 'notShown' | 'contradicted' };

/** What of a contract decides about its pause periods. */
export interface PausedContract {
	id: number;
	coworkerId: number | null;
	coworkerName: string | null;
	pricePlan: string | null;
	active: boolean;
	cancelled: boolean;
	endsOn: LocalDay | null;
	renewal: LocalDay | null;
	/** The next invoice covers the time from here. */
	invoicedUntil: LocalDay | null;
	billingDays: BillingDays | null;
	zone: Zone;
	raw: VendorRecord;
}

/** All that a plan looks at. */
export interface PeriodState {
	/** The vendor's clock at the read, ms since 1970. */
	asOf: number;
	/** Null where the vendor knows no such contract, or it need not be read. */
	contract: PausedContract | null;
	/** The period that the change is about; null where there is none. */
	period: PausePeriod | null;
	/** The contract's periods that are not over, as far as they were read. */
	periods: readonly PausePeriod[];
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** @param zone IANA name, for days that the vendor does not show as local ones. Pure. */
export function pausePeriod(record: VendorRecord, zone: string | null): PausePeriod {
	const fromUtc = utc(record.PauseFrom);
	const untilUtc = utc(record.PauseUntil);
	const day = (local: unknown, instant: string | null) =>
		dayOfLocal(local) ?? (instant !== null && zone !== null ? localDay(instant, zone) : null);
	return {
		id: Number(record.Id),
		contractId: number(record.CoworkerContractId),
		coworkerId: number(record.CoworkerContractCoworkerId),
		coworkerName: text(record.CoworkerContractCoworkerFullName),
		pricePlan: text(record.CoworkerContractTariffName),
		from: day(record.PauseFromLocal, fromUtc),
		until: day(record.PauseUntilLocal, untilUtc),
		fromUtc,
		untilUtc,
		notes: text(record.Notes),
		raw: record,
	};
}

/**
 * @param zone of the contract's location, as far as it is known. It has to agree with the dates
 * that the contract shows in both notations. Pure.
 */
export function pausedContract(record: VendorRecord, zone: string | null): PausedContract {
	const known: Zone =
		zone === null
			? { name: null, why: 'notShown' }
			: agrees(record, zone)
				? { name: zone }
				: { name: null, why: 'contradicted' };
	const day = (name: string) => {
		const instant = utc(record[name]);
		return (
			dayOfLocal(record[`${name}Local`]) ??
			(instant !== null && known.name !== null ? localDay(instant, known.name) : null)
		);
	};
	const renewal = day('RenewalDate');
	return {
		id: Number(record.Id),
		coworkerId: number(record.CoworkerId),
		coworkerName: text(record.CoworkerFullName),
		pricePlan: text(record.TariffName),
		active: record.Active !== false,
		cancelled: record.Cancelled === true,
		endsOn: day('CancellationDate'),
		renewal,
		invoicedUntil: day('InvoicedPeriod'),
		billingDays: billingDaysOf(record, renewal),
		zone: known,
		raw: record,
	};
}

/** A zone of another place would shift every date: both notations of a date must fit it. */
function agrees(record: VendorRecord, zone: string): boolean {
	return ['RenewalDate', 'StartDate'].every((name) => {
		const instant = utc(record[name]);
		const local = text(record[`${name}Local`])?.trim().replace(/z$/i, '').slice(0, 16);
		if (instant === null || local?.length !== 16) return true;
		return localTime(instant, zone).slice(0, 16) === local;
	});
}

/** What decides about a pause; a batch of contracts may bring rows that lack some of it (get-coworkercontracts-batch [D]). */
const DECIDES = [
	'IssuedById',
	'TariffInvoiceEvery',
	'TariffInvoiceEveryWeeks',
	'BillingDay',
	'RenewalDate',
	'InvoicedPeriod',
	'CancellationDate',
	'Active',
	'Cancelled',
];

/** A contract's record of its own, not a row of a list. Pure. */
export function isWholeContract(record: VendorRecord): boolean {
	return DECIDES.every((name) => name in record);
}

/** A record of its own, not a row of a list: all that a put must not clear is there. */
export function isWholePeriod(record: VendorRecord): boolean {
	return saysEnough(record) && 'Notes' in record;
}

/** Does a row of a list say enough of a period? Rows are partial [D], what they lack is not told [?]. */
export function saysEnough(row: VendorRecord): boolean {
	return (
		number(row.Id) !== null &&
		number(row.CoworkerContractId) !== null &&
		utc(row.PauseFrom) !== null &&
		utc(row.PauseUntil) !== null
	);
}

export type PeriodPhase = 'none' | 'scheduled' | 'active' | 'over';

/** Where a period stands at a moment of the vendor's clock. Pure. */
export function phaseOf(period: PausePeriod | null, asOf: number): PeriodPhase {
	if (period?.fromUtc == null || period.untilUtc === null) return 'none';
	if (Date.parse(period.fromUtc) > asOf) return 'scheduled';
	return Date.parse(period.untilUtc) > asOf ? 'active' : 'over';
}
