import type { Known, Read } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import { Waves, type WaveSource } from '../../../guarded-change/waves';
import { BATCH_SIZE, type AdminApi } from '../operator/adminApi';
import {
	isRefused,
	readAdminBatch,
	readAdminRecord,
	type Found,
} from '../operator/readAdminRecords';
import type { VendorRecord } from '../vendorRecord';
import { locationZones } from './locationZones';
import type { CreateChange, DeleteChange, PeriodChange, UpdateChange } from './periodChange';
import { openPeriods, wholeRows } from './periodRows';
import { daysOf, overlapping, sameAs } from './periodRules';
import {
	pausedContract,
	pausePeriod,
	isWholePeriod,
	saysEnough,
	type PausedContract,
	type PausePeriod,
	type PeriodState,
} from './periodState';

export type ReadPurpose = 'plan' | 'verify';

/** Reads what changes of pause periods rest on: alone, or for many items at once. */
export interface PeriodReader {
	read(change: PeriodChange, notBefore: number, purpose: ReadPurpose): Promise<Read<PeriodState>>;
	/** An item is at work from now on. */
	begins(): void;
	/** It came to its end: others may wait for its company no longer. */
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
	const { api, tools } = options;
	const { clock } = tools.run;
	const zones = locationZones(api, tools);
	/** What is known of a contract besides its periods, for the days in later reads. */
	const contracts = new Map<number, PausedContract | null>();
	const many = options.items >= FEWEST_FOR_WAVES;
	/** Items at work now. */
	let items = 0;
	/** The vendor's clock at the last list. */
	let vendorNow = clock.now();
	const usable = { list: many, contracts: many, periods: many };
	const size = Math.max(1, Math.min(BATCH_SIZE, Math.ceil(options.width / 2)));
	const wavesOf = <S>(source: Pick<WaveSource<S>, 'readMany' | 'onlyAsked'>) =>
		new Waves<S>({ ...source, clock, atWork: () => items, size, gather: GATHER });

	const contractWaves = wavesOf<Found>({
		onlyAsked: true,
		readMany: async (ids) => await readAdminBatch(api.contractBatch, ids.map(Number), tools),
	});
	const periodWaves = wavesOf<Found>({
		onlyAsked: true,
		readMany: async (ids) => await readAdminBatch(api.periodBatch, ids.map(Number), tools),
	});
	const listWaves = wavesOf<VendorRecord[]>({
		readMany: async () => {
			const list = await openPeriods(api, tools, {});
			if (!list.known) return list;
			vendorNow = list.value.now;
			// To read them whole for every wave would cost more than it saves.
			if (!list.value.records.every(saysEnough)) usable.list = false;
			const byContract = new Map<string, VendorRecord[]>();
			for (const record of list.value.records) {
				const key = String(record.CoworkerContractId);
				byContract.set(key, [...(byContract.get(key) ?? []), record]);
			}
			return { ...list, value: byContract };
		},
	});

	return {
		begins: () => {
			items += 1;
		},
		ends: () => {
			items -= 1;
			for (const waves of [contractWaves, periodWaves, listWaves]) waves.nudge();
		},
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
		const contract =
			purpose === 'verify' && contracts.has(change.contractId)
				? undefined
				: await readContract(change.contractId, notBefore, change.timeZone);
		if (contract && !contract.known) return contract;
		const known = contract ? contract.value.contract : (contracts.get(change.contractId) ?? null);
		if (contract && known === null) {
			const state = { asOf: contract.value.now, contract: null, period: null, periods: [] };
			return { ...contract, value: state };
		}
		const periods = await periodsOf(change.contractId, notBefore, known?.zone.name ?? null);
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
		const period = await readPeriod(change.pausePeriodId, notBefore);
		if (!period.known) return period;
		const { record, now } = period.value;
		const contractId = Number(record?.CoworkerContractId);
		const ofDays = change.from !== undefined || change.until !== undefined;
		if (record === null || !ofDays) return alone(period, change.timeZone, null);
		if (purpose === 'verify' && contracts.has(contractId)) {
			return alone(period, change.timeZone, contracts.get(contractId) ?? null);
		}
		const contract = await readContract(contractId, notBefore, change.timeZone);
		if (!contract.known) return contract;
		const zone = contract.value.contract?.zone.name ?? null;
		const periods = await periodsOf(contractId, notBefore, zone);
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
		const period = await readPeriod(change.pausePeriodId, notBefore);
		return period.known ? alone(period, change.timeZone, null) : period;
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

	async function readPeriod(id: number, notBefore: number): Promise<Read<Found>> {
		if (usable.periods) {
			const wave = await periodWaves.read(String(id), notBefore);
			// A put rests on the whole record, and a row of a list would clear what it lacks [?].
			const isWhole = wave.known && wave.value?.record != null && isWholePeriod(wave.value.record);
			if (wave.known && wave.value && isWhole) return { ...wave, value: wave.value };
			if (!wave.known && !isRefused(wave)) return wave;
			if (!wave.known || wave.value) usable.periods = false;
		}
		return await readAdminRecord(api.period(id), id, tools);
	}

	async function readContract(
		id: number,
		notBefore: number,
		timeZone: string | null,
	): Promise<Read<{ contract: PausedContract | null; now: number }>> {
		const read = await contractRecord(id, notBefore);
		if (!read.known) return read;
		const { record, now } = read.value;
		const zone: Read<string | null> =
			record === null || timeZone !== null
				? { known: true, value: timeZone, askedAt: read.askedAt, waited: 0 }
				: await zones.of(record.IssuedById);
		if (!zone.known) return zone;
		const contract = record && pausedContract(record, zone.value);
		contracts.set(id, contract);
		return { ...read, value: { contract, now }, waited: read.waited + zone.waited };
	}

	async function contractRecord(id: number, notBefore: number): Promise<Read<Found>> {
		if (usable.contracts) {
			const wave = await contractWaves.read(String(id), notBefore);
			if (wave.known && wave.value) return { ...wave, value: wave.value };
			if (!wave.known && !isRefused(wave)) return wave;
			if (!wave.known) usable.contracts = false;
		}
		return await readAdminRecord(api.contract(id), id, tools);
	}

	/** The periods of a contract that are not over. */
	async function periodsOf(
		contractId: number,
		notBefore: number,
		zone: string | null,
	): Promise<Read<{ periods: PausePeriod[]; now: number }>> {
		const found = (rows: readonly VendorRecord[]) => rows.map((row) => pausePeriod(row, zone));
		if (usable.list) {
			const wave = await listWaves.read(String(contractId), notBefore);
			if (!wave.known && !isRefused(wave)) return wave;
			if (!wave.known) usable.list = false;
			else if (usable.list) {
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
		const own = whole.value.records.filter((row) => Number(row.CoworkerContractId) === contractId);
		return { ...whole, value: { periods: found(own), now: whole.value.now } };
	}
}

/** The period that a create is about: the one asked for, else one that stands in its way. */
function periodOf(change: CreateChange, state: PeriodState): PausePeriod | null {
	const days = daysOf(change, state);
	const { periods } = state;
	return sameAs(periods, days) ?? sameAs(periods, change) ?? overlapping(periods, days) ?? null;
}

/** Two reads that make one state: as old as the older one, and not known where one is not. */
function both<A, B, C>(a: Known<A> | undefined, b: Read<B>, join: (b: B) => C): Read<C> {
	const waited = (a?.waited ?? 0) + b.waited;
	if (!b.known) return { ...b, waited };
	const askedAt = Math.min(a?.askedAt ?? Infinity, b.askedAt);
	return { known: true, value: join(b.value), askedAt, waited };
}
