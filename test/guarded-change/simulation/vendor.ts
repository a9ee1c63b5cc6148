import type { HttpRequest, Reply } from '../../../guarded-change/change';

/**
 * A small model of the vendor: what is true of a contract, and what it shows. It is written from
 * the vendor's documents alone and shares no rule with the node. Where they are silent or disagree
 * a reading decides.
 */
export interface Readings {
	/** A pause that has not begun shows, or does not [?]. */
	scheduled: 'visible' | 'hidden';
	/** A pause of a paused contract is a 400 [D], or makes it longer [?]. */
	secondPause: 'refused' | 'extends';
	/** `immediate=false` means the end that is set [D], or the next renewal [D conflict]. */
	resumeAtEnd: 'periodEnd' | 'nextCycle';
	/** api-limitations says 409 [D], sdk/error-handling 429 [D]. */
	throttle: 409 | 429;
	/** A row of the contract list has `CanBePausedNow`, or not [?]. */
	rowsCarryEligibility: boolean;
}

export const READINGS: { [K in keyof Readings]: ReadonlyArray<Readings[K]> } = {
	scheduled: ['visible', 'hidden'],
	secondPause: ['refused', 'extends'],
	resumeAtEnd: ['periodEnd', 'nextCycle'],
	throttle: [409, 429],
	rowsCarryEligibility: [true, false],
};

export type ListShape = 'Contracts' | 'Records' | 'array' | 'paged' | 'onlyMyPlans' | 'none';
export const LIST_SHAPES: readonly ListShape[] = [
	'Contracts',
	'Records',
	'array',
	'paged',
	'onlyMyPlans',
	'none',
];

export type Operation = 'pause' | 'resumeNow' | 'resumeAtEnd';

/** From `from` up to, but not including, `until` (ms since 1970). */
export interface Pause {
	readonly from: number;
	readonly until: number;
}

/** Billing cycles from an anchor on: the first instant of cycle 0, a UTC midnight. */
export interface Cycles {
	anchor: number;
	cycle: { days: number } | { months: number };
}

export interface ContractSeed extends Cycles {
	id: number;
	pricePlan: number;
	pause: Pause | null;
	eligible: boolean;
	cancelled: boolean;
	cyclesLimit: number;
	/** Not in the list, only found by its id. */
	missingFromList: boolean;
	/** Whose it is, where a vendor has several members. */
	coworker?: number;
}

/** A write that the vendor carried out. */
export interface Commit {
	at: number;
	contract: number;
	operation: Operation;
	/** Index of the item that sent it, or null for another hand. */
	item: number | null;
	/** It changed something. */
	effect: boolean;
	before: Pause | null;
	after: Pause | null;
}

interface Contract extends ContractSeed {
	/** What was true since when, oldest first. */
	history: Array<{ since: number; pause: Pause | null }>;
}

export const PORTAL = 'https://space.example.test';
const BILLING = `${PORTAL}/api/public/billing/coworkerContracts`;
const DAY = 86_400_000;
const ROWS_OF_A_PAGE = 2;

export class Vendor {
	readonly commits: Commit[] = [];
	private readonly contracts = new Map<number, Contract>();

	constructor(
		readonly readings: Readings,
		private readonly list: ListShape,
		private readonly sendsDate: boolean,
		seeds: readonly ContractSeed[],
	) {
		for (const seed of seeds) {
			this.contracts.set(seed.id, {
				...seed,
				history: [{ since: -Infinity, pause: seed.pause }],
			});
		}
	}

	/** The pause that is true at an instant: one that is on or lies ahead. */
	truth(id: number, at: number): Pause | null {
		const { history } = this.contract(id);
		let i = history.length - 1;
		while (history[i].since > at) i -= 1;
		const { pause } = history[i];
		return pause !== null && pause.until > at ? pause : null;
	}

	/** Every pause that is true at some instant between two, both included. */
	truths(id: number, from: number, to: number): Array<Pause | null> {
		const instants = new Set([from, to]);
		for (const { since, pause } of this.contract(id).history) {
			for (const instant of [since, pause?.from ?? to, pause?.until ?? to]) {
				if (instant > from && instant < to) instants.add(instant);
			}
		}
		return [...instants].map((instant) => this.truth(id, instant));
	}

	/** How many cycles a pause has; 0 where it does not fit. */
	cyclesOf(id: number, pause: Pause): number {
		const contract = this.contract(id);
		const [first, last] = [cycleIndex(contract, pause.from), cycleIndex(contract, pause.until)];
		const fits =
			cycleStart(contract, first) === pause.from && cycleStart(contract, last) === pause.until;
		return fits ? last - first : 0;
	}

	/** Does it show a pause at this instant? */
	shows(id: number, at: number): boolean {
		return this.shown(this.contract(id), at) !== null;
	}

	/** Another hand changes eligibility. */
	setEligible(id: number, eligible: boolean): void {
		this.contract(id).eligible = eligible;
	}

	/** Carries out a write, or says why not. */
	write(
		id: number,
		operation: Operation,
		cycles: number,
		at: number,
		item: number | null,
	): string | undefined {
		const contract = this.contract(id);
		const before = this.truth(id, at);
		const next = this.decide(contract, operation, cycles, before, at);
		if (typeof next === 'string') return next;
		const effect = next?.from !== before?.from || next?.until !== before?.until;
		this.commits.push({ at, contract: id, operation, item, effect, before, after: next });
		if (effect) contract.history.push({ since: at, pause: next });
		return undefined;
	}

	private decide(
		contract: Contract,
		operation: Operation,
		cycles: number,
		before: Pause | null,
		at: number,
	): Pause | null | string {
		if (operation === 'pause') {
			if (contract.cancelled) return 'ContractCancelled';
			if (cycles > contract.cyclesLimit) return 'TooManyCycles';
			if (before === null) {
				if (!contract.eligible) return 'PauseLimitReached';
				const first = cycleIndex(contract, at) + 1;
				return {
					from: cycleStart(contract, first),
					until: cycleStart(contract, first + cycles),
				};
			}
			if (this.readings.secondPause === 'refused') return 'AlreadyPaused';
			const end = cycleIndex(contract, before.until) + cycles;
			return { from: before.from, until: cycleStart(contract, end) };
		}
		if (before === null) return 'NotPaused';
		if (operation === 'resumeNow') return before.from > at ? null : { ...before, until: at };
		if (this.readings.resumeAtEnd === 'periodEnd') return before;
		const renewal = cycleStart(contract, cycleIndex(contract, at) + 1);
		if (renewal >= before.until) return before;
		return renewal <= before.from ? null : { ...before, until: renewal };
	}

	/**
	 * What an API request is answered; a write is carried out for `item`.
	 * @param member in whose session it comes; nobody else's contracts are known there
	 */
	answer(request: HttpRequest, at: number, item: number | null, member?: number): Reply {
		const path = request.url.slice(PORTAL.length);
		if (request.method === 'PUT') {
			const asked = writeIn(request);
			if (!this.isOf(member, asked.id)) return this.reply(404, at, { Message: 'NotFound' });
			const why = this.write(asked.id, asked.operation, asked.cycles, at, item);
			return why === undefined
				? this.reply(200, at, '')
				: this.reply(400, at, { ErrorCode: why, Message: why });
		}
		if (path.startsWith('/api/public/coworkers/profiles')) {
			return this.reply(200, at, { User: { Id: 1 } });
		}
		if (path === '/api/public/plans/my') {
			return this.list === 'none'
				? this.reply(404, at, '')
				: this.reply(200, at, this.rows(at, member));
		}
		const id = Number(/coworkerContracts\/(\d+)/.exec(path)?.[1] ?? 0);
		if (id === 0) return this.listReply(request, at, member);
		const contract = this.contracts.get(id);
		if (contract === undefined || !this.isOf(member, id)) return this.reply(404, at, '');
		return this.reply(
			200,
			at,
			path.endsWith('/meta') ? this.meta(contract, at) : this.record(contract, at),
		);
	}

	/** The `Date` header as a web server sends it, in whole seconds. */
	headers(at: number): Record<string, string> {
		return this.sendsDate ? { date: new Date(at).toUTCString() } : {};
	}

	private reply(status: number, at: number, body: unknown): Reply {
		return { answered: true, status, headers: this.headers(at), body };
	}

	private contract(id: number): Contract {
		const contract = this.contracts.get(id);
		if (contract === undefined) throw new Error(`There is no contract ${id}`);
		return contract;
	}

	private isOf(member: number | undefined, id: number): boolean {
		const contract = this.contracts.get(id);
		return contract !== undefined && (member === undefined || contract.coworker === member);
	}

	private listReply(request: HttpRequest, at: number, member?: number): Reply {
		if (this.list === 'onlyMyPlans' || this.list === 'none') return this.reply(404, at, '');
		const rows = this.rows(at, member);
		if (this.list === 'array') return this.reply(200, at, rows);
		if (this.list !== 'paged') return this.reply(200, at, { [this.list]: rows });
		const page = Number(/page=(\d+)/.exec(request.url)?.[1] ?? 1);
		const end = page * ROWS_OF_A_PAGE;
		return this.reply(200, at, {
			Records: rows.slice(end - ROWS_OF_A_PAGE, end),
			HasNextPage: end < rows.length,
		});
	}

	private rows(at: number, member?: number): Array<Record<string, unknown>> {
		const rows = [];
		for (const contract of this.contracts.values()) {
			if (contract.missingFromList || !this.isOf(member, contract.id)) continue;
			const row = this.record(contract, at);
			if (!this.readings.rowsCarryEligibility) delete row.CanBePausedNow;
			rows.push(row);
		}
		return rows;
	}

	private shown(contract: Contract, at: number): Pause | null {
		const pause = this.truth(contract.id, at);
		return pause !== null && pause.from > at && this.readings.scheduled === 'hidden' ? null : pause;
	}

	private flags(contract: Contract, at: number) {
		const pause = this.shown(contract, at);
		const active = pause !== null && pause.from <= at;
		return {
			CanBePausedNow: contract.eligible && !contract.cancelled && pause === null,
			IsPausedNow: active,
			InPausedPeriod: active,
			InPausedPeriodFromUtc: pause === null ? null : utc(pause.from),
			InPausedPeriodUntilUtc: pause === null ? null : utc(pause.until),
		};
	}

	private record(contract: Contract, at: number): Record<string, unknown> {
		return {
			Id: contract.id,
			TariffId: contract.pricePlan,
			TariffName: `Price plan ${contract.pricePlan}`,
			RenewalDateUtc: utc(cycleStart(contract, cycleIndex(contract, at) + 1)),
			Active: !contract.cancelled,
			Cancelled: contract.cancelled,
			CancellationDate: null,
			...this.flags(contract, at),
		};
	}

	private meta(contract: Contract, at: number): Record<string, unknown> {
		return {
			...this.flags(contract, at),
			CurrentPeriodStartUtc: utc(cycleStart(contract, cycleIndex(contract, at))),
			PauseCyclesLimit: contract.cyclesLimit,
			PauseYearlyLimit: 4,
			PausedPeriodsCount: 0,
			TermsAndConditions: 'Pausing keeps the locker.',
		};
	}
}

/** What a write request asks for. */
export function writeIn(request: HttpRequest): {
	id: number;
	operation: Operation;
	cycles: number;
} {
	const id = Number(/\/v2\/(\d+)\//.exec(request.url)?.[1]);
	if (request.url.endsWith('/pause')) {
		const { PauseCycles } = JSON.parse(request.body ?? '{}') as { PauseCycles: number };
		return { id, operation: 'pause', cycles: PauseCycles };
	}
	const immediate = request.url.endsWith('immediate=true');
	return { id, operation: immediate ? 'resumeNow' : 'resumeAtEnd', cycles: 0 };
}

/** The contract that a request is about; undefined for a list, NaN for none. */
export function contractIn(request: HttpRequest): number | undefined {
	if (!request.url.startsWith(BILLING)) {
		return request.url.includes('/plans/my') ? undefined : NaN;
	}
	const id = /coworkerContracts\/(?:v2\/)?(\d+)/.exec(request.url)?.[1];
	return id === undefined ? undefined : Number(id);
}

/** The same few instants are written again and again. */
const written = new Map<number, string>();

function utc(at: number): string {
	let text = written.get(at);
	if (text === undefined) {
		text = new Date(at).toISOString();
		if (written.size >= 10_000) written.clear();
		written.set(at, text);
	}
	return text;
}

/** First instant of a cycle. Anchors lie on the 28th of a month at the latest. */
export function cycleStart({ anchor, cycle }: Cycles, index: number): number {
	if ('days' in cycle) return anchor + index * cycle.days * DAY;
	const day = new Date(anchor);
	return day.setUTCMonth(day.getUTCMonth() + index * cycle.months);
}

/** The cycle that an instant lies in. */
export function cycleIndex(contract: Cycles, at: number): number {
	const { anchor, cycle } = contract;
	if ('days' in cycle) return Math.floor((at - anchor) / (cycle.days * DAY));
	const [from, to] = [new Date(anchor), new Date(at)];
	const months =
		(to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
	const index = Math.floor(months / cycle.months);
	return cycleStart(contract, index) > at ? index - 1 : index;
}
