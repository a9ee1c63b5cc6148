import type { Known, Read, ReadPurpose } from '../../guarded-change/change';
import { both } from '../../guarded-change/bothReads';
import type { ReadTools } from '../../guarded-change/readWell';
import { sharedRead } from '../../guarded-change/sharedRead';
import { OLDEST_READ } from '../../guarded-change/settings';
import { Waves } from '../../guarded-change/waves';
import { cycleOf, type Cycle } from './cycles';
import type { NexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { contractState, type ContractState } from './pauseState';
import { readContract, readPauseMeta, type Dated } from './readContract';
import { readContracts } from './readContracts';
import { utc, type VendorRecord } from './vendorRecord';

interface PricePlan {
	meta: VendorRecord;
	cycle: Cycle | null;
}

/** Reads contracts for one customer: alone, or many at once from the list. */
export interface ContractReader {
	read(
		change: NexudusChange,
		notBefore: number,
		purpose: ReadPurpose,
	): Promise<Read<ContractState>>;
	/** An item came to its end: others may wait for its company no longer. */
	nudge(): void;
}

export interface ContractReaderOptions {
	api: NexudusApi;
	tools: ReadTools;
	/** Items at work now. */
	atWork: () => number;
	/** Contracts in this run; a single one is read alone. */
	contracts: number;
	/** Items at work at the most. */
	width: number;
}

/**
 * A single contract: details and meta before, meta after. Several: list rows before and after, in
 * waves; limits and terms once per price plan; eligibility from the row, else from a meta of its own.
 */
export function contractReader(options: ContractReaderOptions): ContractReader {
	const { api, tools } = options;
	const { clock } = tools.run;
	const pricePlans = new Map<string, Promise<Read<PricePlan>>>();
	let listUsable = options.contracts > 1;

	const waves = new Waves<Dated>({
		clock,
		atWork: options.atWork,
		size: Math.max(1, Math.ceil(options.width / 2)),
		readMany: async () => {
			const list = await readContracts(api, tools);
			if (!list.known) return list;
			const { records, now } = list.value;
			const byId = new Map(records.map((record) => [String(record.Id), { record, now }]));
			return { ...list, value: byId };
		},
	});

	return {
		nudge: () => waves.nudge(),
		read: async (change, notBefore, purpose) => {
			if (!listUsable) return await readAlone(change, purpose);
			const wave = await waves.read(change.id, notBefore);
			if (!wave.known) {
				// A vendor without this list still has its contracts.
				if (wave.reason.code !== 'vendor') return wave;
				listUsable = false;
				return await readAlone(change, purpose);
			}
			const row = wave.value;
			if (row === undefined || !saysEnough(row.record)) return await readAlone(change, purpose);
			return await fromRow(change, { ...wave, value: row }, notBefore, purpose);
		},
	};

	async function fromRow(
		change: NexudusChange,
		row: Known<Dated>,
		notBefore: number,
		purpose: ReadPurpose,
	): Promise<Read<ContractState>> {
		const { record, now } = row.value;
		const alone = { ...row, value: contractState({ contract: record, meta: null }, now) };
		// Limits and terms matter to a pause that would be sent, its length to one that is there.
		if (change.operation !== 'pause') return alone;
		if (purpose === 'verify' && alone.value.pause.state === 'none') return alone;
		if (alone.value.pause.canBePaused === null && purpose === 'plan') {
			const meta = await readPauseMeta(change.contractId, api, tools);
			return both(row, meta, (own) =>
				contractState({ contract: record, meta: own.record }, own.now),
			);
		}
		const plan = await pricePlanOf(change, record, purpose === 'verify' ? 0 : notBefore);
		return both(row, plan, (pricePlan) =>
			contractState({ contract: record, meta: null, pricePlan }, now),
		);
	}

	/** Limits, terms and cycle of the row's price plan, read once and kept while they may decide a write. */
	async function pricePlanOf(
		change: NexudusChange,
		row: VendorRecord,
		notBefore: number,
	): Promise<Read<PricePlan>> {
		const key = String(row.TariffId ?? row.TariffName ?? `contract ${change.id}`);
		const oldest = Math.max(notBefore > 0 ? clock.now() - OLDEST_READ : 0, 0);
		const held = pricePlans.get(key);
		const plan = held && (await sharedRead(clock, held));
		if (plan?.known && plan.askedAt >= oldest) return plan;
		// Somebody else may have begun a new read while we looked at the old one.
		const underWay = pricePlans.get(key);
		if (underWay !== undefined && underWay !== held) return await sharedRead(clock, underWay);
		const fresh = readPauseMeta(change.contractId, api, tools).then((meta): Read<PricePlan> => {
			if (!meta.known) return meta;
			const start = utc(meta.value.record.CurrentPeriodStartUtc);
			const cycle = cycleOf(start, utc(row.RenewalDateUtc));
			return { ...meta, value: { meta: meta.value.record, cycle } };
		});
		pricePlans.set(key, fresh);
		return await fresh;
	}

	async function readAlone(
		change: NexudusChange,
		purpose: ReadPurpose,
	): Promise<Read<ContractState>> {
		const details = async () => await readContract(change.contractId, api, tools);
		const meta = async () => await readPauseMeta(change.contractId, api, tools);
		if (purpose === 'verify') {
			const quick = await meta();
			if (!quick.known) return quick;
			const { record, now } = quick.value;
			const state = contractState({ contract: null, meta: record }, now);
			if (state.pause.state !== 'none') return { ...quick, value: state };
			// Before it says that nothing is there, it looks in both places.
			const slow = await details();
			return both(quick, slow, (contract) =>
				contractState({ contract: contract.record, meta: record }, contract.now),
			);
		}
		// One after the other: the first request of a run may have to sign in.
		const contract = await details();
		if (!contract.known) return contract;
		return both(contract, await meta(), (own) =>
			contractState({ contract: contract.value.record, meta: own.record }, own.now),
		);
	}
}

/** A row decides only where it shows the pause, the end and the renewal of the contract. */
function saysEnough(row: VendorRecord): boolean {
	return ['IsPausedNow', 'InPausedPeriod', 'Cancelled', 'RenewalDateUtc'].every(
		(name) => name in row,
	);
}
