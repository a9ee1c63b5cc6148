import type { IDataObject } from 'n8n-workflow';
import { asOutput } from '../vendorRecord';
import { phaseOf, type PausedContract, type PausePeriod } from './periodState';

/**
 * A pause period as `Simplify` shows it, in the words of a contract's pause. Pure.
 * @param contract says whose it would be where there is none
 */
export function periodView(
	period: PausePeriod | null,
	asOf: number,
	contract: PausedContract | null = null,
): IDataObject {
	return {
		pausePeriodId: period?.id ?? null,
		contractId: period?.contractId ?? contract?.id ?? null,
		coworkerId: period?.coworkerId ?? contract?.coworkerId ?? null,
		coworkerName: period?.coworkerName ?? contract?.coworkerName ?? null,
		pricePlan: period?.pricePlan ?? contract?.pricePlan ?? null,
		state: phaseOf(period, asOf),
		pausedFromLocal: period?.from ?? null,
		pausedUntilLocal: period?.until ?? null,
		pausedFromUtc: period?.fromUtc ?? null,
		pausedUntilUtc: period?.untilUtc ?? null,
		// A row of a list may lack them: then nothing is said of them.
		...(period !== null && 'Notes' in period.raw && { notes: period.notes }),
	};
}

/** The same with the vendor's own records, for before and after of a change. Pure. */
export function periodStateView(
	period: PausePeriod | null,
	contract: PausedContract | null,
	asOf: number,
): IDataObject {
	return {
		...periodView(period, asOf, contract),
		raw: {
			contract: contract && asOutput(contract.raw),
			period: period && asOutput(period.raw),
		},
	};
}
