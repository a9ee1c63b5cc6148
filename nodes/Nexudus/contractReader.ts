import type { HttpRequest, NotKnown, Read } from '../../guarded-change/change';
import { vendorNow } from '../../guarded-change/backoff';
import { readWell, type AnsweredReply, type ReadTools } from '../../guarded-change/readWell';
import { sharedRead } from '../../guarded-change/sharedRead';
import { OLDEST_READ } from '../../guarded-change/settings';
import { Waves } from '../../guarded-change/waves';
import { cycleOf, type Cycle } from './cycles';
import type { NexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { contractState, type ContractState } from './pauseState';
import { listPage, oneRecord, utc, type VendorRecord } from './vendorRecord';

/** Pages of a list at the most; a vendor that always says there is a next one is not followed for ever. */
const MOST_PAGES = 400;

/** A record and the vendor's clock when it came. */
export interface Dated {
	record: VendorRecord;
	now: number;
}

interface PricePlan {
	meta: VendorRecord;
	cycle: Cycle | null;
}

export type ReadPurpose = 'plan' | 'verify';

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
		row: Extract<Read<Dated>, { known: true }>,
		notBefore: number,
		purpose: ReadPurpose,
	): Promise<Read<ContractState>> {
		const { record, now } = row.value;
		const alone = { ...row, value: contractState({ contract: record, meta: null }, now) };
		// Limits and terms matter to a pause that would be sent, its length to one that is there.
		if (change.operation !== 'pause') return alone;
		if (purpose === 'verify' && alone.value.pause.state === 'none') return alone;
		if (alone.value.pause.canBePaused === null && purpose === 'plan') {
			const meta = await readMeta(change);
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
		const fresh = readMeta(change).then((meta): Read<PricePlan> => {
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
		const meta = async () => await readMeta(change);
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

	async function readMeta(change: NexudusChange): Promise<Read<Dated>> {
		return await readRecord(api.pauseMeta(change.contractId), showsPause, tools);
	}
}

/** One contract by its id. A record that does not say `enough` is no answer. */
export async function readContract(
	contractId: number,
	api: NexudusApi,
	tools: ReadTools,
	enough: (record: VendorRecord) => boolean = () => true,
): Promise<Read<Dated>> {
	const whole = (record: VendorRecord) => Number(record.Id) === contractId && enough(record);
	return await readRecord(api.contract(contractId), whole, tools);
}

/** A record that is not `whole` is no answer to what was asked: a state read from it is a guess. */
async function readRecord(
	request: HttpRequest,
	whole: (record: VendorRecord) => boolean,
	tools: ReadTools,
): Promise<Read<Dated>> {
	const read = await readWell(request, tools);
	if (!read.known) return read;
	const record = oneRecord(read.value.body);
	if (record === undefined || !whole(record)) return unreadable(read.value, read.waited);
	return { ...read, value: { record, now: vendorNow(read.value.headers, tools.run.clock.now()) } };
}

/** All contracts of the customer, page by page where the vendor pages. */
export async function readContracts(
	api: NexudusApi,
	tools: ReadTools,
): Promise<Read<{ records: VendorRecord[]; now: number }>> {
	const records: VendorRecord[] = [];
	let waited = 0;
	let askedAt = Infinity;
	for (let page = 1; ; page++) {
		let read = await readWell(api.contracts(page), tools);
		// The contract list is not documented, the plan list is: a space may have only the second.
		if (page === 1 && isNotFound(read)) read = await readWell(api.myPlans(), tools);
		waited += read.waited;
		if (!read.known) return { ...read, waited };
		askedAt = Math.min(askedAt, read.askedAt);
		const list = listPage(read.value.body);
		if (list === undefined) return unreadable(read.value, waited);
		records.push(...list.records);
		if (!list.hasNextPage || list.records.length === 0 || page >= MOST_PAGES) {
			const now = vendorNow(read.value.headers, tools.run.clock.now());
			return { known: true, value: { records, now }, askedAt, waited };
		}
	}
}

/** The vendor says that there is no such thing for whoever is signed in. */
export function isNotFound(read: Read<unknown>): boolean {
	return (
		!read.known &&
		read.reason.code === 'vendor' &&
		read.reason.reply.answered &&
		read.reason.reply.status === 404
	);
}

/** A record without any of its flags says nothing of a pause. */
export function showsPause(record: VendorRecord): boolean {
	return 'IsPausedNow' in record || 'InPausedPeriod' in record;
}

/** A row decides only where it shows the pause, the end and the renewal of the contract. */
function saysEnough(row: VendorRecord): boolean {
	return ['IsPausedNow', 'InPausedPeriod', 'Cancelled', 'RenewalDateUtc'].every(
		(name) => name in row,
	);
}

/** Two reads that make one state: as old as the older one, and not known where one is not. */
function both<A, B>(
	a: Extract<Read<A>, { known: true }>,
	b: Read<B>,
	join: (b: B) => ContractState,
): Read<ContractState> {
	const waited = a.waited + b.waited;
	if (!b.known) return { ...b, waited };
	return { known: true, value: join(b.value), askedAt: Math.min(a.askedAt, b.askedAt), waited };
}

function unreadable(reply: AnsweredReply, waited: number): NotKnown {
	return { known: false, reason: { code: 'unreadable', reply }, waited };
}
