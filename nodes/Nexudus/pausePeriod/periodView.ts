import type { IDataObject } from 'n8n-workflow';
import { asOutput } from '../vendorRecord';
import { phaseOf, type PausePeriod } from './periodState';

/** A pause period as `Simplify` shows it, in the words of a contract's pause. Pure. */
export function periodView(period: PausePeriod | null, asOf: number): IDataObject {
	return {
		pausePeriodId: period?.id ?? null,
		contractId: period?.contractId ?? null,
		coworkerId: period?.coworkerId ?? null,
		coworkerName: period?.coworkerName ?? null,
		pricePlan: period?.pricePlan ?? null,
		state: phaseOf(period, asOf),
		pausedFromLocal: period?.from ?? null,
		pausedUntilLocal: period?.until ?? null,
		pausedFromUtc: period?.fromUtc ?? null,
		pausedUntilUtc: period?.untilUtc ?? null,
		notes: period?.notes ?? null,
	};
}

/** The same with the vendor's own records, for before and after of a change. Pure. */
export function periodStateView(
	period: PausePeriod | null,
	contract: Record<string, unknown> | null,
	asOf: number,
): IDataObject {
	return {
		...periodView(period, asOf),
		raw: { contract: contract && asOutput(contract), period: period && asOutput(period.raw) },
	};
}
