import { cycleOf, type Cycle } from './cycles';
import { count, flag, local, text, utc, type VendorRecord } from './vendorRecord';

/** What a workflow sees of a contract's pause, before and after. An interface for ever. */
export interface PauseState {
	state: 'none' | 'scheduled' | 'active';
	pausedFromUtc: string | null;
	pausedUntilUtc: string | null;
	pausedFromLocal: string | null;
	pausedUntilLocal: string | null;
	/** Null where no record read says so. */
	canBePaused: boolean | null;
	/** The vendor's own records that this rests on, as they came. */
	raw: { contract: VendorRecord | null; meta: VendorRecord | null };
}

/** All that a plan looks at. Dates are ISO 8601 UTC; null is not stated. */
export interface ContractState {
	pause: PauseState;
	/** The vendor's clock at the read, ms since 1970. */
	asOf: number;
	active: boolean | null;
	cancelled: boolean;
	/** The contract ends by itself then. */
	endsOn: string | null;
	pricePlan: string | null;
	renewalUtc: string | null;
	renewalLocal: string | null;
	/** Length of a billing cycle, inferred from the current period. */
	cycle: Cycle | null;
	cyclesLimit: number | null;
	yearlyLimit: number | null;
	pausesUsed: number | null;
	/** The pause terms, as the vendor shows them. */
	terms: string | null;
}

export interface ContractRecords {
	contract: VendorRecord | null;
	/** This contract's own pause meta. */
	meta: VendorRecord | null;
	/** Limits, terms and cycle of its price plan, from a sister contract. */
	pricePlan?: { meta: VendorRecord; cycle: Cycle | null };
}

/**
 * The vendor's records → one state. Pure.
 * @param now the vendor's clock, ms since 1970
 */
export function contractState(records: ContractRecords, now: number): ContractState {
	const { contract, meta } = records;
	const limits = meta ?? records.pricePlan?.meta ?? null;
	const pause = pauseState(contract, meta, now);
	return {
		pause,
		asOf: now,
		active: flag(contract?.Active),
		cancelled: contract?.Cancelled === true,
		endsOn: text(contract?.CancellationDate),
		pricePlan: text(contract?.TariffName),
		renewalUtc: utc(contract?.RenewalDateUtc),
		renewalLocal: local(meta?.RenewalDate) ?? local(contract?.RenewalDate),
		cycle: meta
			? cycleOf(utc(meta.CurrentPeriodStartUtc), periodEnd(utc(contract?.RenewalDateUtc), pause))
			: (records.pricePlan?.cycle ?? null),
		cyclesLimit: count(limits?.PauseCyclesLimit),
		yearlyLimit: count(limits?.PauseYearlyLimit),
		pausesUsed: typeof meta?.PausedPeriodsCount === 'number' ? meta.PausedPeriodsCount : null,
		terms: text(limits?.TermsAndConditions),
	};
}

/** The current period ends at the renewal, or where a scheduled pause begins before it. */
function periodEnd(renewalUtc: string | null, pause: PauseState): string | null {
	if (pause.state !== 'scheduled' || pause.pausedFromUtc === null) return renewalUtc;
	return renewalUtc !== null && renewalUtc < pause.pausedFromUtc ? renewalUtc : pause.pausedFromUtc;
}

/**
 * A pause is `active` when Nexudus says that it is on now, `scheduled` when its start lies ahead.
 * What `IsPaused` and `InPausedPeriod` say before the start is not documented [?]: a start that
 * lies ahead wins over any flag.
 */
export function pauseState(
	contract: VendorRecord | null,
	meta: VendorRecord | null,
	now: number,
): PauseState {
	const first = <T>(read: (value: unknown) => T | null, name: string): T | null =>
		read(meta?.[name]) ?? read(contract?.[name]);
	const from = first(utc, 'InPausedPeriodFromUtc');
	const until = first(utc, 'InPausedPeriodUntilUtc');
	const is = (name: string) => meta?.[name] === true || contract?.[name] === true;
	const onNow = is('IsPausedNow') || is('InPausedPeriod');
	const ahead = from !== null && Date.parse(from) > now;
	const over = until !== null && Date.parse(until) <= now;

	let state: PauseState['state'] = 'none';
	if (ahead) state = 'scheduled';
	else if (onNow) state = 'active';
	else if (from !== null && until !== null && !over) state = 'active';
	else if (is('IsPaused') && !over) state = 'scheduled';

	const paused = state !== 'none';
	return {
		state,
		pausedFromUtc: paused ? from : null,
		pausedUntilUtc: paused ? until : null,
		pausedFromLocal: paused ? first(local, 'InPausedPeriodFrom') : null,
		pausedUntilLocal: paused ? first(local, 'InPausedPeriodUntil') : null,
		canBePaused: first(flag, 'CanBePausedNow'),
		raw: { contract, meta },
	};
}

/**
 * Does the vendor show here what has not begun? A start that only our clock puts ahead proves
 * nothing, so its own flags must say that the pause is not on. Pure.
 */
export function showsBeforeStart({ pause }: ContractState): boolean {
	const records = [pause.raw.contract, pause.raw.meta];
	const onNow = records.some(
		(record) => record?.IsPausedNow === true || record?.InPausedPeriod === true,
	);
	return pause.state === 'scheduled' && !onNow;
}
