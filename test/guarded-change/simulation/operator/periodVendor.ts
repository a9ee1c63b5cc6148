import type { HttpRequest, Reply } from '../../../../guarded-change/change';
import { cycleIndex, cycleStart, type BillingCycle } from '../../../../sandbox/vendor/billingCycle';
import {
	asLocalText,
	startOfDay,
	utcText,
	type LocalDate,
} from '../../../../sandbox/vendor/location';
import { dayAt } from './days';

/**
 * A small model of the admin API for pause periods, written from the vendor's documents alone: it
 * shares no rule with the node. Where they are silent or disagree a reading decides.
 */
export interface PeriodReadings {
	/** Rows of a list are partial [D]; what they lack is not told [?]. */
	rows: 'full' | 'partial' | 'keyFields';
	/** Filters do something, or nothing [?]. */
	filters: 'applied' | 'ignored';
	/** The most rows of one page, whatever is asked for [?]. */
	pageSize: number;
	/** `dir=1` by one copy of the documents, or by the other [D conflict]. */
	sort: 'oneAscends' | 'oneDescends';
	/** `?id=[1,2]` of pause periods: whole records, rows, or no such address [I]. */
	periodBatch: 'whole' | 'rows' | 'unknown';
	/** `?id=[1,2]` of contracts [D]: "the same structure" as one record, or "partial records". */
	contractBatch: 'whole' | 'rows' | 'unknown';
	/** `…Local` dates were seen bare and with a `Z` [O]; a row may have none. */
	localDates: 'bare' | 'withZ' | 'none';
	/** A second period at the same time [?]. */
	overlaps: 'refused' | 'accepted';
	/** How far the list is behind what is true, in ms [?]. */
	listLag: number;
	/** api-limitations says 409 [D], sdk/error-handling 429 [D]. */
	throttle: 409 | 429;
	/** The location shows its time zone to this administrator, or not, or a wrong one [I]. */
	zones: 'shown' | 'hidden' | 'forbidden' | 'wrong';
}

export interface PausableContract {
	id: number;
	location: number;
	/** IANA name of the location's time zone. */
	zone: string;
	cycle: BillingCycle;
	startDate: LocalDate;
	cancelled: boolean;
	active: boolean;
	/** Local day of a cancellation to come. */
	endsOn: LocalDate | null;
}

/** What the vendor holds of a pause period. Times in ms since 1970. */
export interface Period {
	readonly id: number;
	readonly contract: number;
	readonly from: number;
	readonly until: number;
	readonly notes: string | null;
	/** A field that nobody names: a put that leaves it out clears it. */
	readonly systemId: string | null;
}

export type PeriodOperation = 'create' | 'update' | 'delete';

/** A write that the vendor carried out. */
export interface PeriodCommit {
	at: number;
	operation: PeriodOperation;
	contract: number;
	period: number;
	/** Index of the item that sent it, or null for another hand. */
	item: number | null;
	/** Nobody waited for it any more. */
	late: boolean;
	/** It changed something. */
	effect: boolean;
	before: Period | null;
	after: Period | null;
	/** The contract's other periods at this moment. */
	others: readonly Period[];
}

export const ADMIN = 'https://spaces.example.test';
const PERIODS = '/api/billing/contractpausedperiods';
const CONTRACTS = '/api/billing/coworkercontracts';
const LOCATIONS = '/api/sys/businesses/';
const FIRST_ID = 3_000_001;
const LACKING = ['Notes', 'SystemId', 'PauseFromLocal', 'PauseUntilLocal'];
/** What decides whether a contract can be paused, and on which days. */
const CONTRACT_ROWS_LACK = [
	'BillingDay',
	'Active',
	'Cancelled',
	'CancellationDate',
	'CancellationDateLocal',
];
const KEYS = ['Id', 'CoworkerContractTariffName', 'PauseFrom', 'PauseUntil'];

type Body = Record<string, unknown>;

/** What a request is about. */
export type Target =
	| { of: 'period'; id: number }
	| { of: 'periods'; ids: number[] }
	| { of: 'periodList'; page: number; contract: number | null }
	| { of: 'contract'; id: number }
	| { of: 'contracts'; ids: number[] }
	| { of: 'create'; contract: number }
	| { of: 'other' };

export function targetOf({ method, url, body }: HttpRequest): Target {
	const path = url.slice(ADMIN.length);
	if (path.startsWith(PERIODS)) {
		const rest = path.slice(PERIODS.length);
		if (method === 'POST')
			return { of: 'create', contract: Number(parsed(body).CoworkerContractId) };
		if (method === 'PUT') return { of: 'period', id: Number(parsed(body).Id) };
		if (rest.startsWith('/?')) return { of: 'periods', ids: idsIn(rest) };
		if (rest.startsWith('/')) return { of: 'period', id: Number(rest.slice(1)) };
		const contract = /ContractPausedPeriod_CoworkerContract=(\d+)/.exec(rest)?.[1];
		const page = Number(/[?&]page=(\d+)/.exec(rest)?.[1] ?? 1);
		return { of: 'periodList', page, contract: contract === undefined ? null : Number(contract) };
	}
	if (path.startsWith(`${CONTRACTS}/?`)) return { of: 'contracts', ids: idsIn(path) };
	if (path.startsWith(CONTRACTS)) return { of: 'contract', id: Number(path.split('/').at(-1)) };
	return { of: 'other' };
}

function idsIn(path: string): number[] {
	return (/id=\[([\d,]*)\]/.exec(path)?.[1] ?? '').split(',').map(Number);
}

function parsed(body: string | undefined): Body {
	return JSON.parse(body ?? '{}') as Body;
}

export class PeriodVendor {
	readonly commits: PeriodCommit[] = [];
	private readonly contracts: ReadonlyMap<number, PausableContract>;
	/** What was true of each period since when, oldest first. */
	private readonly versions = new Map<number, Array<{ since: number; period: Period | null }>>();
	private readonly contractOf = new Map<number, number>();

	constructor(
		private readonly readings: PeriodReadings,
		private readonly sendsDate: boolean,
		contracts: readonly PausableContract[],
		periods: ReadonlyArray<Omit<Period, 'id'>>,
	) {
		this.contracts = new Map(contracts.map((contract) => [contract.id, contract]));
		for (const period of periods) {
			const id = this.nextId();
			this.set({ ...period, id }, id, period.contract, -Infinity);
		}
	}

	private nextId(): number {
		return FIRST_ID + this.versions.size;
	}

	private set(period: Period | null, id: number, contract: number, since: number): void {
		const versions = this.versions.get(id) ?? [];
		versions.push({ since, period });
		this.versions.set(id, versions);
		this.contractOf.set(id, contract);
	}

	/** The contract of a period, also of one that is gone; undefined for one that never was. */
	contractOfPeriod(id: number): number | undefined {
		return this.contractOf.get(id);
	}

	hasContract(id: number): boolean {
		return this.contracts.has(id);
	}

	/** A period as it is at an instant; null where there is none. */
	periodAt(id: number, at: number): Period | null {
		const versions = this.versions.get(id) ?? [];
		let i = versions.length - 1;
		while (i >= 0 && versions[i].since > at) i -= 1;
		return i < 0 ? null : versions[i].period;
	}

	/** What is true of a period at some instant between two, both included. */
	versionsOf(id: number, from: number, to: number): Array<Period | null> {
		const later = (this.versions.get(id) ?? []).filter(({ since }) => since > from && since <= to);
		return [this.periodAt(id, from), ...later.map(({ period }) => period)];
	}

	/** When the newest version of a period until an instant came to be. */
	changedAt(id: number, at: number): number {
		const until = (this.versions.get(id) ?? []).filter(({ since }) => since <= at);
		return until.at(-1)?.since ?? -Infinity;
	}

	/** The ids of all periods that a contract has or had. */
	periodsOf(contract: number): number[] {
		return [...this.contractOf].flatMap(([id, own]) => (own === contract ? [id] : []));
	}

	/** All periods at an instant, of one contract or of all. */
	allAt(at: number, contract?: number): Period[] {
		const all: Period[] = [];
		for (const [id, own] of this.contractOf) {
			if (contract !== undefined && own !== contract) continue;
			const period = this.periodAt(id, at);
			if (period !== null) all.push(period);
		}
		return all;
	}

	/** Somebody else makes, changes or deletes a period; undefined where it was refused. */
	write(
		operation: PeriodOperation,
		wanted: Omit<Period, 'id'> & { id?: number },
		at: number,
		item: number | null,
		late = false,
	): PeriodCommit | string {
		const before = wanted.id === undefined ? null : this.periodAt(wanted.id, at);
		if (operation !== 'create' && before === null) return 'NotFound';
		const contract = before?.contract ?? wanted.contract;
		const id = before?.id ?? this.nextId();
		const after = operation === 'delete' ? null : { ...wanted, contract, id };
		const others = this.allAt(at, contract).filter((other) => other.id !== id);
		if (after !== null) {
			if (!this.contracts.has(contract)) return 'CoworkerContractId: is required';
			if (!(after.from < after.until)) return 'PauseUntil: must be after PauseFrom';
			if (![after.from, after.until].every((instant) => this.isFirstDay(contract, instant))) {
				return 'PauseFrom: must be the first day of a billing cycle';
			}
			const overlaps = others.some((other) => overlap(other, after));
			if (overlaps && this.readings.overlaps === 'refused') return 'PauseFrom: overlaps another';
		}
		const effect = !same(before, after);
		const commit = {
			at,
			operation,
			contract,
			period: id,
			item,
			late,
			effect,
			before,
			after,
			others,
		};
		this.commits.push(commit);
		if (effect) this.set(after, id, contract, at);
		return commit;
	}

	private isFirstDay(contractId: number, instant: number): boolean {
		const { zone, startDate, cycle } = this.contract(contractId);
		const day = dayAt(instant, zone);
		if (startOfDay(day, zone) !== instant) return false;
		return cycleStart(startDate, cycle, cycleIndex(startDate, cycle, day)) === day;
	}

	private contract(id: number): PausableContract {
		const contract = this.contracts.get(id);
		if (contract === undefined) throw new Error(`There is no contract ${id}`);
		return contract;
	}

	/** What a request is answered; a write is carried out for `item`. */
	answer(
		request: HttpRequest,
		at: number,
		item: number | null,
		late: boolean,
	): { reply: Reply; commit?: PeriodCommit } {
		if (request.method !== 'GET') return this.answerWrite(request, at, item, late);
		const path = request.url.slice(ADMIN.length);
		const target = targetOf(request);
		switch (target.of) {
			case 'periodList':
				return { reply: this.reply(200, at, this.list(request.url, target.page, at)) };
			case 'periods': {
				const { periodBatch } = this.readings;
				if (periodBatch === 'unknown') return { reply: this.reply(404, at, { Message: 'None' }) };
				const found = target.ids.flatMap((id) => this.periodAt(id, at) ?? []);
				const row = periodBatch === 'whole' ? this.record : this.row;
				return { reply: this.reply(200, at, found.map(row)) };
			}
			case 'period': {
				const period = this.periodAt(target.id, at);
				return { reply: this.one(period && this.record(period), at) };
			}
			case 'contracts': {
				const { contractBatch } = this.readings;
				if (contractBatch === 'unknown') return { reply: this.one(null, at) };
				const found = target.ids.flatMap((id) => this.contracts.get(id) ?? []);
				const records = found.map((contract) => this.contractRecord(contract, at));
				if (contractBatch === 'rows') {
					for (const name of CONTRACT_ROWS_LACK) for (const one of records) delete one[name];
				}
				return { reply: this.reply(200, at, records) };
			}
			case 'contract': {
				const contract = this.contracts.get(target.id);
				return { reply: this.one(contract ? this.contractRecord(contract, at) : null, at) };
			}
			default:
				return { reply: path.startsWith(LOCATIONS) ? this.location(path, at) : this.probe(at) };
		}
	}

	private answerWrite(request: HttpRequest, at: number, item: number | null, late: boolean) {
		const target = targetOf(request);
		const body = parsed(request.body);
		const time = (value: unknown) => Date.parse(String(value));
		const operation =
			request.method === 'POST' ? 'create' : request.method === 'PUT' ? 'update' : 'delete';
		const wanted = {
			contract: Number(body.CoworkerContractId),
			from: time(body.PauseFrom),
			until: time(body.PauseUntil),
			notes: textIn(body.Notes),
			systemId: textIn(body.SystemId),
			...(target.of === 'period' && { id: target.id }),
		};
		const commit = this.write(operation, wanted, at, item, late);
		if (typeof commit === 'string') {
			const status = commit === 'NotFound' ? 404 : 400;
			const refused = { Status: status, Message: commit, WasSuccessful: false };
			return { reply: this.reply(status, at, refused) };
		}
		const done = { Status: 200, Value: { Id: commit.period }, Errors: null, WasSuccessful: true };
		return { reply: this.reply(200, at, done), commit };
	}

	/** The `Date` header as a web server sends it, in whole seconds. */
	headers(at: number): Record<string, string> {
		return this.sendsDate ? { date: new Date(at).toUTCString() } : {};
	}

	private reply(status: number, at: number, body: unknown): Reply {
		return { answered: true, status, headers: this.headers(at), body };
	}

	private one(record: Body | null, at: number): Reply {
		return record === null ? this.reply(404, at, { Message: 'None' }) : this.reply(200, at, record);
	}

	private probe(at: number): Reply {
		return this.reply(200, at, { Records: [], TotalItems: 0, HasNextPage: false });
	}

	private list(url: string, page: number, at: number): Body {
		const { filters, pageSize, sort, listLag } = this.readings;
		const target = targetOf({ method: 'GET', url });
		const since = /from_ContractPausedPeriod_PauseUntil=([^&]+)/.exec(url)?.[1];
		const bound = since === undefined ? -Infinity : Date.parse(`${decodeURIComponent(since)}:00Z`);
		const contract = target.of === 'periodList' ? target.contract : null;
		let found = this.allAt(at - listLag);
		if (filters === 'applied') {
			found = found.filter(
				(one) => (contract === null || one.contract === contract) && one.until >= bound,
			);
		}
		found.sort((a, b) => (a.id - b.id) * (sort === 'oneAscends' ? 1 : -1));
		const first = (page - 1) * pageSize;
		return {
			Records: found.slice(first, first + pageSize).map(this.row),
			CurrentPage: page,
			TotalItems: found.length,
			HasNextPage: first + pageSize < found.length,
		};
	}

	private readonly record = (period: Period): Body => {
		const { zone } = this.contract(period.contract);
		return {
			Id: period.id,
			CoworkerContractId: period.contract,
			CoworkerContractTariffName: 'Hot desk',
			Notes: period.notes,
			SystemId: period.systemId,
			...this.dates('PauseFrom', dayAt(period.from, zone), zone),
			...this.dates('PauseUntil', dayAt(period.until, zone), zone),
		};
	};

	private readonly row = (period: Period): Body => {
		const { rows } = this.readings;
		const record = this.record(period);
		if (rows === 'keyFields') return Object.fromEntries(KEYS.map((name) => [name, record[name]]));
		if (rows === 'partial') for (const name of LACKING) delete record[name];
		return record;
	};

	private dates(name: string, day: LocalDate | null, zone: string): Body {
		const { localDates } = this.readings;
		const local = day === null ? null : `${asLocalText(day)}${localDates === 'withZ' ? 'Z' : ''}`;
		return {
			[name]: day === null ? null : utcText(startOfDay(day, zone)),
			...(localDates !== 'none' && { [`${name}Local`]: local }),
		};
	}

	private contractRecord(contract: PausableContract, at: number): Body {
		const { zone, startDate, cycle, endsOn } = contract;
		const today = dayAt(at, zone);
		const renewal = cycleStart(startDate, cycle, cycleIndex(startDate, cycle, today) + 1);
		return {
			Id: contract.id,
			IssuedById: contract.location,
			TariffName: 'Hot desk',
			TariffInvoiceEvery: cycle.unit === 'months' ? cycle.every : 0,
			TariffInvoiceEveryWeeks: cycle.unit === 'weeks' ? cycle.every : 0,
			BillingDay: Number(startDate.slice(8)),
			Active: contract.active,
			Cancelled: contract.cancelled,
			...this.dates('StartDate', startDate, zone),
			...this.dates('RenewalDate', renewal, zone),
			...this.dates('InvoicedPeriod', renewal, zone),
			...this.dates('CancellationDate', endsOn, zone),
		};
	}

	private location(path: string, at: number): Reply {
		const { zones } = this.readings;
		const id = Number(path.slice(LOCATIONS.length));
		if (zones === 'forbidden') return this.reply(403, at, { Message: 'No role' });
		const of = [...this.contracts.values()].find(({ location }) => location === id);
		if (of === undefined) return this.one(null, at);
		const zone = zones === 'wrong' ? 'Asia/Tokyo' : of.zone;
		return this.reply(200, at, {
			Id: id,
			...(zones !== 'hidden' && { SimpleTimeZoneNameIana: zone }),
		});
	}
}

function textIn(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

export function overlap(
	a: Pick<Period, 'from' | 'until'>,
	b: Pick<Period, 'from' | 'until'>,
): boolean {
	return a.from < b.until && b.from < a.until;
}

function same(a: Period | null, b: Period | null): boolean {
	if (a === null || b === null) return a === b;
	return (
		a.from === b.from && a.until === b.until && a.notes === b.notes && a.systemId === b.systemId
	);
}
