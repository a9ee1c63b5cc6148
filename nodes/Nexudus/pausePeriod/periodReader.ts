import { both } from '../../../guarded-change/bothReads';
import type { Known, Read, ReadPurpose } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import { WaveStages } from '../../../guarded-change/waveStages';
import { BATCH_SIZE, type AdminApi } from '../operator/adminApi';
import type { Found } from '../operator/readAdminRecords';
import { contractReads } from './contractReads';
import type { CreateChange, DeleteChange, PeriodChange, UpdateChange } from './periodChange';
import { periodReads } from './periodReads';
import { daysOf, overlapping, sameAs } from './wantedDays';
import { periodsOfContracts } from './periodsOfContracts';
import {
	pausePeriod,
	type PausedContract,
	type PausePeriod,
	type PeriodState,
} from './periodState';

/** Reads what changes of pause periods rest on: alone, or for many items at once. */
export interface PeriodReader {
	read(change: PeriodChange, notBefore: number, purpose: ReadPurpose): Promise<Read<PeriodState>>;
	/** An item is at work from now on. */
	begins(): void;
	/** It is no more: others may wait for its company no longer. */
	ends(): void;
}

export interface PeriodReaderOptions {
	api: AdminApi;
	tools: ReadTools;
	/** Items at work at the most. */
	width: number;
	/** Items of this run. */
	items: number;
}

/**
 * How long an item waits for company, in ms: at 60 writes a minute one comes every second, and
 * nothing is lost by waiting while others are at work.
 */
const GATHER = 5_000;

/** Runs of fewer items are read one by one: a list of all periods would cost more. */
const FEWEST_FOR_WAVES = 4;

/**
 * A single item: its contract, the location's time zone and the periods of the contract; a period
 * by its id. Many: contracts and periods by their ids in batches, and one list of all periods that
 * are not over, in waves; the time zone once per location.
 */
export function periodReader(options: PeriodReaderOptions): PeriodReader {
	const { api, tools, items, width } = options;
	const stages = new WaveStages({
		clock: tools.run.clock,
		size: Math.max(1, Math.min(BATCH_SIZE, Math.ceil(width / 2))),
		gather: GATHER,
	});
	const shared = items >= FEWEST_FOR_WAVES ? stages : undefined;
	// In the order in which an item reads them.
	const single = periodReads(api, tools, shared);
	const contracts = contractReads(api, tools, shared);
	const ofContracts = periodsOfContracts(api, tools, shared);

	return {
		begins: () => stages.begins(),
		ends: () => stages.ends(),
		read: async (change, notBefore, purpose) => {
			switch (change.operation) {
				case 'create':
					return await readForCreate(change, notBefore, purpose);
				case 'update':
					return await readForUpdate(change, notBefore, purpose);
				case 'delete':
					return await readForDelete(change, notBefore);
			}
		},
	};

	async function readForCreate(
		change: CreateChange,
		notBefore: number,
		purpose: ReadPurpose,
	): Promise<Read<PeriodState>> {
		const { contractId, timeZone } = change;
		const last = purpose === 'verify' ? contracts.lastRead(contractId, change.timeZone) : undefined;
		const contract =
			last === undefined ? await contracts.read(contractId, notBefore, timeZone) : undefined;
		if (contract && !contract.known) return contract;
		const known = contract ? contract.value.contract : (last ?? null);
		if (contract && known === null) {
			const state = { asOf: contract.value.now, contract: null, period: null, periods: [] };
			return { ...contract, value: state };
		}
		const periods = await ofContracts.read(contractId, notBefore, known?.zone.name ?? null);
		return both(contract, periods, ({ periods: found, now }) => {
			const state: PeriodState = { asOf: now, contract: known, period: null, periods: found };
			return { ...state, period: periodOf(change, state) };
		});
	}

	async function readForUpdate(
		change: UpdateChange,
		notBefore: number,
		purpose: ReadPurpose,
	): Promise<Read<PeriodState>> {
		const period = await single.read(change.pausePeriodId, notBefore);
		if (!period.known) return period;
		const { record, now } = period.value;
		const contractId = Number(record?.CoworkerContractId);
		const ofDays = change.from !== undefined || change.until !== undefined;
		if (record === null || !ofDays) return alone(period, change.timeZone, null);
		const last = purpose === 'verify' ? contracts.lastRead(contractId, change.timeZone) : undefined;
		if (last !== undefined) return alone(period, change.timeZone, last);
		const contract = await contracts.read(contractId, notBefore, change.timeZone);
		if (!contract.known) return contract;
		const zone = contract.value.contract?.zone.name ?? null;
		const periods = await ofContracts.read(contractId, notBefore, zone);
		const joined = both(contract, periods, ({ periods: found }): PeriodState => ({
			asOf: now,
			contract: contract.value.contract,
			period: pausePeriod(record, zone),
			periods: found,
		}));
		return both(period, joined, (state) => state);
	}

	async function readForDelete(
		change: DeleteChange,
		notBefore: number,
	): Promise<Read<PeriodState>> {
		const period = await single.read(change.pausePeriodId, notBefore);
		return period.known ? alone(period, change.timeZone, null) : period;
	}
}

/** A state that rests on the period's own record. */
function alone(
	period: Known<Found>,
	timeZone: string | null,
	contract: PausedContract | null,
): Read<PeriodState> {
	const { record, now } = period.value;
	const zone = contract?.zone.name ?? timeZone;
	const found = record && pausePeriod(record, zone);
	return { ...period, value: { asOf: now, contract, period: found, periods: [] } };
}

/** The period that a create is about: the one asked for, else one that stands in its way. */
function periodOf(change: CreateChange, state: PeriodState): PausePeriod | null {
	const days = daysOf(change, state);
	const { periods } = state;
	return sameAs(periods, days) ?? sameAs(periods, change) ?? overlapping(periods, days) ?? null;
}
