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
import { locationZones } from './locationZones';
import { isWholeContract, pausedContract, type PausedContract } from './periodState';

/** A contract, null where the vendor knows none, and the vendor's clock when it came (ms since 1970). */
export interface DatedContract {
	contract: PausedContract | null;
	now: number;
}

/** Reads contracts with the time zones of their locations. */
export interface ContractReads {
	/** @param timeZone IANA name, where it is not to be read from the location */
	read(id: number, notBefore: number, timeZone: string | null): Promise<Read<DatedContract>>;
	/** As it was read last in this run with this time zone given; undefined where it was not. */
	lastRead(id: number, timeZone: string | null): PausedContract | null | undefined;
}

/** One by one, or in batches by their ids where `stages` are given; the time zone once per location. */
export function contractReads(
	api: AdminApi,
	tools: ReadTools,
	stages: WaveStages | undefined,
): ContractReads {
	const zones = locationZones(api, tools);
	const last = new Map<string, PausedContract | null>();
	// Two items of one contract may name different zones, or one of them none.
	const keyOf = (id: number, timeZone: string | null) => `${id} ${timeZone ?? ''}`;
	let waves = stages?.add<Found>({
		onlyAsked: true,
		readMany: async (ids) => await readAdminBatch(api.contractBatch, ids.map(Number), tools),
	});

	const recordOf = async (id: number, notBefore: number): Promise<Read<Found>> => {
		if (waves) {
			const wave = await waves.read(String(id), notBefore);
			const record = wave.known ? wave.value?.record : undefined;
			const isWhole = record != null && isWholeContract(record);
			if (wave.known && wave.value && isWhole) return { ...wave, value: wave.value };
			if (!wave.known && !isRefused(wave)) return wave;
			if (!wave.known || wave.value) waves = undefined;
		}
		return await readAdminRecord(api.contract(id), id, tools);
	};

	return {
		lastRead: (id, timeZone) => last.get(keyOf(id, timeZone)),
		read: async (id, notBefore, timeZone) => {
			const read = await recordOf(id, notBefore);
			if (!read.known) return read;
			const { record, now } = read.value;
			const zone: Read<string | null> =
				record === null || timeZone !== null
					? { known: true, value: timeZone, askedAt: read.askedAt, waited: 0 }
					: await zones.of(record.IssuedById);
			if (!zone.known) return { ...zone, waited: read.waited + zone.waited };
			const contract = record && pausedContract(record, zone.value);
			last.set(keyOf(id, timeZone), contract);
			return { ...read, value: { contract, now }, waited: read.waited + zone.waited };
		},
	};
}
