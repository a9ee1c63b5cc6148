import type { Read } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import type { WaveStages } from '../../../guarded-change/waveStages';
import type { AdminApi } from '../operator/adminApi';
import { isRefused } from '../operator/readAdminRecords';
import type { VendorRecord } from '../vendorRecord';
import { openPeriods, wholeRows } from './periodRows';
import { pausePeriod, saysEnough, type PausePeriod } from './periodState';

/** The pause periods of a contract that are not over, and the vendor's clock when they came (ms since 1970). */
export interface DatedPeriods {
	periods: PausePeriod[];
	now: number;
}

/** Reads the pause periods of contracts. */
export interface PeriodsOfContracts {
	/** @param zone IANA name, for days that the vendor does not show as local ones */
	read(contractId: number, notBefore: number, zone: string | null): Promise<Read<DatedPeriods>>;
}

/** A list for each contract, or, where `stages` are given, one list of all that serves many. */
export function periodsOfContracts(
	api: AdminApi,
	tools: ReadTools,
	stages: WaveStages | undefined,
): PeriodsOfContracts {
	/** The vendor's clock at the last list of all. */
	let vendorNow = tools.run.clock.now();
	let waves = stages?.add<VendorRecord[]>({
		readMany: async () => {
			const list = await openPeriods(api, tools, {});
			if (!list.known) return list;
			vendorNow = list.value.now;
			// To read them whole for every wave would cost more than it saves.
			if (!list.value.records.every(saysEnough)) waves = undefined;
			const byContract = new Map<string, VendorRecord[]>();
			for (const record of list.value.records) {
				const key = String(record.CoworkerContractId);
				byContract.set(key, [...(byContract.get(key) ?? []), record]);
			}
			return { ...list, value: byContract };
		},
	});

	return {
		read: async (contractId, notBefore, zone) => {
			const found = (rows: readonly VendorRecord[]) => rows.map((row) => pausePeriod(row, zone));
			if (waves) {
				const wave = await waves.read(String(contractId), notBefore);
				if (!wave.known && !isRefused(wave)) return wave;
				if (!wave.known) waves = undefined;
				// It may have turned out meanwhile that its rows do not say enough.
				else if (waves) {
					return { ...wave, value: { periods: found(wave.value ?? []), now: vendorNow } };
				}
			}
			const list = await openPeriods(api, tools, {
				ContractPausedPeriod_CoworkerContract: contractId,
			});
			if (!list.known) return list;
			const whole = await wholeRows(list, api, tools);
			if (!whole.known) return whole;
			// A filter may do nothing: only what the record says counts.
			const own = whole.value.records.filter(
				(row) => Number(row.CoworkerContractId) === contractId,
			);
			return { ...whole, value: { periods: found(own), now: whole.value.now } };
		},
	};
}
