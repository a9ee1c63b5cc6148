import type { Read } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import type { WaveStages } from '../../../guarded-change/waveStages';
import type { AdminApi } from '../operator/adminApi';
import {
	isRefused,
	readAdminBatch,
	readAdminRecord,
	type Found,
} from '../operator/readAdminRecords';
import { isWholePeriod } from './periodState';

/** Reads pause periods whole, by their ids. */
export interface PeriodReads {
	read(id: number, notBefore: number): Promise<Read<Found>>;
}

/** One by one, or in batches where `stages` are given and the vendor knows such a batch. */
export function periodReads(
	api: AdminApi,
	tools: ReadTools,
	stages: WaveStages | undefined,
): PeriodReads {
	let waves = stages?.add<Found>({
		onlyAsked: true,
		readMany: async (ids) => await readAdminBatch(api.periodBatch, ids.map(Number), tools),
	});
	return {
		read: async (id, notBefore) => {
			if (waves) {
				const wave = await waves.read(String(id), notBefore);
				// A put rests on the whole record, and a row of a list would clear what it lacks [?].
				const isWhole =
					wave.known && wave.value?.record != null && isWholePeriod(wave.value.record);
				if (wave.known && wave.value && isWhole) return { ...wave, value: wave.value };
				if (!wave.known && !isRefused(wave)) return wave;
				if (!wave.known || wave.value) waves = undefined;
			}
			return await readAdminRecord(api.period(id), id, tools);
		},
	};
}
