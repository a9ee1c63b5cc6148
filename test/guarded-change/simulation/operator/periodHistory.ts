import type { HttpRequest, Reply } from '../../../../guarded-change/change';
import type { adminApi } from '../../../../nodes/Nexudus/operator/adminApi';
import type { adminTools } from '../../../../nodes/Nexudus/operator/adminTools';
import type { changePeriods } from '../../../../nodes/Nexudus/pausePeriod/changePeriods';
import type {
	periodChange,
	PeriodChange,
	PeriodRequest,
} from '../../../../nodes/Nexudus/pausePeriod/periodChange';
import { cycleIndex, cycleStart } from '../../../../sandbox/vendor/billingCycle';
import { startOfDay, utcText, type LocalDate } from '../../../../sandbox/vendor/location';
import type { EngineBase } from '../engine';
import { dayAt } from './days';
import { FAULTS, type Fault } from '../faults';
import {
	History,
	WORST_LUCK,
	type AfterWrite,
	type Finding,
	type Item as AnyItem,
	type NodeRun,
	type ProcessLife,
	type Thing,
	type ToCarryOut,
} from '../history';
import type { AtVendor, Happening } from '../scenarioBase';
import { firstDay, type PeriodAsk, type PeriodScenario, type UpdateAsk } from './periodScenario';
import {
	ADMIN,
	PeriodVendor,
	targetOf,
	type PausableContract,
	type Period,
	type PeriodOperation,
} from './periodVendor';

/** The engine with the pause periods of the admin API. */
export interface PeriodEngine extends EngineBase {
	changePeriods: typeof changePeriods;
	periodChange: typeof periodChange;
	adminApi: typeof adminApi;
	adminTools: typeof adminTools;
}

type Item = AnyItem<PeriodAsk>;
type Run = NodeRun<PeriodAsk>;

const OPERATOR = 'olga@example.test';
const OLDEST_READ = 30_000;

/** A list read: when its first page left, and when the vendor answered its last one. */
interface ListRead {
	/** Of this contract alone, or of all. */
	contract: number | null;
	first: number;
	last: number;
}

/** What the newest write of an item rests on, at the oldest. */
export interface Decision {
	/** The oldest read at all, ms since 1970. */
	at: number;
	/** The oldest read of the period's own record. */
	recordAt: number;
	/** List reads that it may rest on. */
	lists: readonly ListRead[];
}

/** A history of pause periods on the admin API. */
export class PeriodHistory extends History<PeriodAsk, PeriodScenario> {
	readonly vendor: PeriodVendor;
	protected readonly account = OPERATOR;
	protected readonly faultKinds = FAULTS;
	// Writes that end in doubt are few.
	protected override readonly worstLuck = { ...WORST_LUCK, 'read in doubt': 0.3 };
	protected readonly throttleStatus: number;
	/** By item. */
	readonly decisions = new Map<number, Decision>();
	/** Items that were answered with the application's own error. */
	readonly errored = new Set<number>();
	private readonly lists = new Map<Run, ListRead[]>();
	/** By process: when the last write about a contract, which may have acted, came to its end. */
	private readonly ends = new Map<ProcessLife, Map<number, number>>();

	constructor(
		scenario: PeriodScenario,
		private readonly engine: PeriodEngine,
		hits: number[],
		traced = false,
	) {
		super(scenario, engine, hits, traced);
		const { readings, sendsDate, contracts, periods } = scenario;
		this.vendor = new PeriodVendor(readings, sendsDate, contracts, periods);
		this.throttleStatus = readings.throttle;
	}

	protected changeOf(ask: PeriodAsk): PeriodChange {
		const { plan, ...asked } = ask;
		const planned = plan === 'ofDryRun' ? this.plannedOf(ask)?.outcome?.plan?.planId : undefined;
		const expectedPlanId = plan === 'wrong' ? '0123456789ab-00112233' : planned;
		return this.engine.periodChange({
			...asked,
			portal: ADMIN,
			account: OPERATOR,
			...(expectedPlanId !== undefined && { expectedPlanId }),
		} as PeriodRequest);
	}

	/** The newest dry run of the same that has come to its end. */
	private plannedOf(ask: PeriodAsk): Item | undefined {
		const wanted = wantedIn(ask);
		const dry = this.items.filter((item) => item.ask.dryRun && item.outcome?.plan);
		return dry.filter((item) => wantedIn(item.ask) === wanted).at(-1);
	}

	protected async carryOutItems(work: ToCarryOut<PeriodAsk>): Promise<void> {
		const { run, engineRun, transport, renewingTransport, plainTransport } = work;
		const { limits, settings } = run.execution;
		const session = {
			transport,
			renewingTransport,
			run: engineRun,
			limits,
			settings,
			admin: ADMIN,
			portal: 'https://space.example.test',
			operator: OPERATOR,
			plainTransport,
			clientId: 'n8n',
		};
		await this.engine.changePeriods({
			api: this.engine.adminApi(ADMIN),
			tools: this.engine.adminTools(session),
			changes: run.items.map((item) => ({
				change: item.change as PeriodChange,
				settings: work.settingsOf(item),
			})),
			ended: (outcome, index) => work.ended(outcome, index),
		});
	}

	// What requests are about

	thingOf(ask: PeriodAsk): Thing {
		return ask.operation === 'create'
			? `contract ${ask.contractId}`
			: `period ${ask.pausePeriodId}`;
	}

	/** The contract that an ask is about; undefined for a period that never was. */
	contractOf(ask: PeriodAsk): number | undefined {
		return ask.operation === 'create'
			? ask.contractId
			: this.vendor.contractOfPeriod(ask.pausePeriodId);
	}

	thingIn(request: HttpRequest): Thing | undefined {
		const target = targetOf(request);
		switch (target.of) {
			case 'create':
				return `contract ${target.contract}`;
			case 'contract':
				return `contract ${target.id}`;
			case 'period':
				return `period ${target.id}`;
			case 'periodList':
				return target.contract === null ? undefined : `contract ${target.contract}`;
			case 'periods':
			case 'contracts':
				return undefined;
			default:
				return NaN;
		}
	}

	protected override aboutIn(run: Run, request: HttpRequest): readonly Thing[] {
		const target = targetOf(request);
		if (target.of === 'periods') return target.ids.map((id) => `period ${id}`);
		if (target.of === 'contracts') return target.ids.map((id) => `contract ${id}`);
		return super.aboutIn(run, request).filter(
			// A list shows no period whole: what is done to one rests on its own record.
			(thing) => target.of !== 'periodList' || String(thing).startsWith('contract'),
		);
	}

	protected isWrite({ method }: HttpRequest): boolean {
		return method !== 'GET';
	}

	protected override isProbe({ url }: HttpRequest): boolean {
		return url.includes('/api/spaces/coworkers');
	}

	protected isPartOfRead(request: HttpRequest): boolean {
		const target = targetOf(request);
		if (target.of === 'periodList') return target.page > 1;
		return target.of === 'contract' || target.of === 'contracts' || target.of === 'other';
	}

	override noteRead(run: Run, request: HttpRequest, sentAt: number): void {
		super.noteRead(run, request, sentAt);
		const target = targetOf(request);
		if (target.of !== 'periodList') return;
		const lists = this.lists.get(run) ?? [];
		this.lists.set(run, lists);
		const { now } = this.time;
		const isOfContract = ({ contract, last }: ListRead) =>
			contract === target.contract && last > now - OLDEST_READ;
		if (target.page === 1) lists.push({ contract: target.contract, first: sentAt, last: now });
		else for (const list of lists.filter(isOfContract)) list.last = now;
	}

	/** Lists that a run has read, page by page. */
	listsOf(run: Run): readonly ListRead[] {
		return this.lists.get(run) ?? [];
	}

	// The vendor

	act(request: HttpRequest, item: Item | null, late: boolean): { reply: Reply; done?: string } {
		const index = item?.index ?? null;
		const target = targetOf(request);
		if (target.of === 'periodList' && target.page > 1) this.betweenPages(target.contract);
		const { reply, commit } = this.vendor.answer(request, this.time.now, index, late);
		if (commit === undefined) return { reply };
		const { operation, period, effect } = commit;
		return { reply, done: `${operation} ${period} of item ${index}${effect ? '' : ', no effect'}` };
	}

	headers(): Record<string, string> {
		return this.vendor.headers(this.time.now);
	}

	/** Its list of faults holds none that only pause periods know. */
	strike(fault: Fault): void {
		throw new Error(`Nobody knows the fault "${fault}"`);
	}

	/** 404 to a read of a record says that there is none: a vendor that forbids says something else. */
	protected override forbids({ method }: HttpRequest): Reply | undefined {
		if (method !== 'GET') return undefined;
		const status = this.random.pick([400, 403, 404]);
		return status === 404
			? this.status(404, { 'content-type': 'text/html' }, '<!doctype html>')
			: this.status(status);
	}

	/** No reply is kept for another request. */
	protected gets(): void {}

	protected accepts(body: unknown): AfterWrite {
		if (typeof body !== 'object' || body === null) return 'doubt';
		return (body as { WasSuccessful?: boolean }).WasSuccessful === false ? 'settled' : 'accepted';
	}

	protected override received(run: Run, request: HttpRequest, reply: Reply): void {
		if (!this.isWrite(request)) return;
		const item = run.items.find(
			(one) => this.thingOf(one.ask) === this.thingIn(request) && one.writes > 0,
		);
		if (item === undefined) return;
		if (reply.answered && reply.status === 500) this.errored.add(item.index);
		const contract = this.contractOf(item.ask);
		if (item.lastWrite === 'settled' || contract === undefined) return;
		const ends = this.ends.get(run.life) ?? new Map<number, number>();
		this.ends.set(run.life, ends.set(contract, this.time.now));
	}

	// What must hold when a write leaves

	protected override mayWrite({ ask, change }: Item): boolean {
		if (ask.dryRun) return false;
		return change.expectedPlanId === undefined ? !ask.planRequired : ask.plan === 'ofDryRun';
	}

	protected wrongWrite(request: HttpRequest, item: Item): Finding[] {
		const { ask, run } = item;
		const findings: Finding[] = [];
		const wrong = (property: string, detail: string) =>
			findings.push({ property, detail: `item ${item.index} ${ask.operation}: ${detail}` });
		const contractId = this.contractOf(ask);
		const contract = this.scenario.contracts.find(({ id }) => id === contractId);
		if (contract === undefined) {
			wrong('wrong write', 'the vendor knows no such contract');
			return findings;
		}
		const decision = this.decide(item, contract.id);
		if (METHODS[ask.operation] !== request.method) wrong('wrong write', request.method);
		if (ask.operation === 'delete') this.checkDelete(ask.pausePeriodId, decision.recordAt, wrong);
		else this.checkBody(request, ask, contract, decision.recordAt, wrong);
		const namesDays = ask.operation === 'create' || (ask.operation === 'update' && hasDays(ask));
		if (namesDays) this.checkList(run.life, contract.id, decision, wrong);
		if (ask.plan === 'ofDryRun') this.checkPlan(item, contract.id, decision.recordAt, wrong);
		return findings;
	}

	/** What the write that leaves now may rest on. */
	private decide({ index, run, ask }: Item, contract: number): Decision {
		const { now } = this.time;
		const own = this.listsOf(run).filter(
			(list) => list.contract === null || list.contract === contract,
		);
		// Items of one contract read their lists at the same time: which one is whose does not show.
		const endedAt = this.ends.get(run.life)?.get(contract) ?? -Infinity;
		const oldest = own.find(({ first }) => first > Math.max(endedAt, now - OLDEST_READ))?.first;
		const readAt = run.reads.get(this.thingOf(ask)) ?? Infinity;
		const at = Math.max(now - OLDEST_READ, Math.min(oldest ?? Infinity, readAt, run.firstList));
		// A list may bring the record in once more, and decide nothing.
		const wroteAt = run.life.writeEnds.get(this.thingOf(ask)) ?? -Infinity;
		const recordAt = Math.max(now - OLDEST_READ, run.startedAt, wroteAt);
		const decision = { at, recordAt, lists: own.filter(({ first }) => first >= at) };
		this.decisions.set(index, decision);
		return decision;
	}

	private checkDelete(id: number, at: number, wrong: Wrong): void {
		const over = at - this.clockError();
		const versions = this.vendor.versionsOf(id, at, this.time.now);
		if (versions.every((period) => period && period.until <= over)) {
			wrong('rules', 'the pause is over');
		}
	}

	/** How far the clock by which the node judges may be off the vendor's, in ms. */
	private clockError(): number {
		return 1_000 + (this.scenario.sendsDate ? 0 : Math.max(...this.scenario.skews.map(Math.abs)));
	}

	private checkBody(
		request: HttpRequest,
		ask: Exclude<PeriodAsk, { operation: 'delete' }>,
		contract: PausableContract,
		decidedAt: number,
		wrong: Wrong,
	): void {
		const body = JSON.parse(request.body ?? '{}') as Record<string, unknown>;
		const read =
			ask.operation === 'update'
				? this.vendor.versionsOf(ask.pausePeriodId, decidedAt, this.time.now)
				: [null];
		const one = <T>(name: string, value: unknown, wanted: readonly T[]) => {
			if (!wanted.includes(value as T)) {
				wrong('wrong write', `${name} is ${String(value)}, not ${wanted.join(' or ')}`);
			}
		};
		const instant = (name: 'from' | 'until') => {
			const day = ask[name];
			if (day === undefined) return read.flatMap((period) => (period ? utcText(period[name]) : []));
			return [utcText(startOfDay(wantedDay(contract, day, ask.onOffCycleDate), contract.zone))];
		};
		one('PauseFrom', body.PauseFrom, instant('from'));
		one('PauseUntil', body.PauseUntil, instant('until'));
		one(
			'Notes',
			body.Notes ?? null,
			read.map((period) =>
				wantedNotes(ask.notes === undefined ? (period?.notes ?? null) : ask.notes, ask),
			),
		);
		if (ask.operation === 'update') {
			one(
				'SystemId',
				body.SystemId ?? null,
				read.map((period) => period?.systemId ?? null),
			);
			one('CoworkerContractId', body.CoworkerContractId, [contract.id]);
		}
		for (const name of ['PauseFrom', 'PauseUntil']) {
			const local = body[`${name}Local`];
			const day = dayAt(Date.parse(String(body[name])), contract.zone);
			if (typeof local === 'string') one(`${name}Local`, local.slice(0, 10), [day]);
		}
		for (const name of ['from', 'until'] as const) {
			const at = Date.parse(String(body[name === 'from' ? 'PauseFrom' : 'PauseUntil']));
			const isNew = read.every((period) => period?.[name] !== at);
			if (isNew && at <= decidedAt - this.clockError()) wrong('rules', `${name} is in the past`);
			const begun = read.every((period) => period && period.from <= decidedAt - this.clockError());
			if (name === 'from' && isNew && begun) wrong('rules', 'the pause has begun');
		}
	}

	/** Days rest on a list that is fresh, and younger than the last write of this process there. */
	private checkList(life: ProcessLife, contract: number, decision: Decision, wrong: Wrong): void {
		const newest = decision.lists.at(-1)?.first ?? -Infinity;
		if (newest < this.time.now - OLDEST_READ) wrong('stale read', 'there is no fresh list');
		const wroteAt = this.ends.get(life)?.get(contract) ?? -Infinity;
		if (newest < wroteAt) wrong('stale read', `no list since the last write of ${contract}`);
	}

	/** The facts that the dry run has shown still hold. */
	private checkPlan(item: Item, contract: number, decidedAt: number, wrong: Wrong): void {
		const { expectedPlanId } = item.change;
		const planned = this.items.find(({ outcome }) => outcome?.plan?.planId === expectedPlanId);
		if (expectedPlanId === undefined || planned === undefined) return;
		const then = this.factsBetween(item.ask, contract, planned.run.startedAt, planned.endedAt);
		const now = this.factsBetween(item.ask, contract, decidedAt, this.time.now);
		if (!then.some((facts) => now.includes(facts))) wrong('plan', 'its facts are others by now');
	}

	private factsBetween(ask: PeriodAsk, contract: number, from: number, to: number): string[] {
		const { vendor, scenario } = this;
		if (ask.operation !== 'create') {
			return vendor
				.versionsOf(ask.pausePeriodId, from, to)
				.map((period) => JSON.stringify(period && [period.from, period.until, period.notes]));
		}
		const since = from - scenario.readings.listLag;
		const changes = vendor.commits.map(({ at }) => at).filter((at) => at > since && at <= to);
		return [since, ...changes, to].map((at) =>
			JSON.stringify(
				vendor
					.allAt(at, contract)
					.filter(({ until }) => until > at)
					.map((period) => [period.id, period.from, period.until]),
			),
		);
	}

	// Somebody else at the vendor

	protected happenAtVendor(happening: Happening): void {
		const { what, thing, cycles } = happening as AtVendor;
		const operation = what === 'pause' ? 'create' : what === 'resumeNow' ? 'delete' : 'update';
		this.otherHand(operation, Number(thing), cycles);
	}

	otherHandNear(request: HttpRequest, what: 'pause' | 'resumeNow'): void {
		const target = targetOf(request);
		const near =
			target.of === 'period'
				? this.vendor.contractOfPeriod(target.id)
				: target.of === 'create'
					? target.contract
					: target.of === 'contract'
						? target.id
						: undefined;
		const known = this.scenario.contracts.map(({ id }) => id);
		const contract = near !== undefined && known.includes(near) ? near : this.random.pick(known);
		const made = this.random.chance(0.6) ? 'create' : 'update';
		const operation = what === 'pause' ? made : 'delete';
		const id = target.of === 'period' ? target.id : undefined;
		this.otherHand(operation, contract, this.random.between(1, 3), id);
	}

	private betweenPages(listed: number | null): void {
		const { contracts, betweenPages } = this.scenario;
		if (!this.random.chance(betweenPages)) return;
		const contract = listed ?? this.random.pick(contracts).id;
		const [first] = this.vendor.allAt(this.time.now);
		// The first row is on a page that has been read: without it, another moves over the edge.
		if (this.random.chance(0.7) && first) this.otherHand('delete', first.contract, 0, first.id);
		else this.otherHand('create', contract, this.random.between(1, 4));
	}

	private otherHand(
		operation: PeriodOperation,
		contractId: number,
		cycles: number,
		id?: number,
	): void {
		const { now } = this.time;
		const contract = this.scenario.contracts.find((one) => one.id === contractId);
		const there = this.vendor.allAt(now, contractId);
		const period = there.find((one) => one.id === id) ?? there.at(-1);
		if (contract === undefined || (operation !== 'create' && period === undefined)) return;
		const instant = (count: number) =>
			startOfDay(firstDay(contract, this.scenario.start, count), contract.zone);
		const days = { from: instant(cycles), until: instant(cycles + 1) };
		const made = { contract: contractId, ...days, notes: 'By hand', systemId: null };
		// Another end, or other notes alone.
		const changed = cycles === 1 ? { notes: 'By hand' } : { until: instant(cycles + 2) };
		const wanted = operation === 'create' ? made : { ...(period as Period), ...changed };
		const done = this.vendor.write(operation, wanted, now, null);
		this.note(3, () => {
			const result = typeof done === 'string' ? done : String(done.period);
			return `another hand: ${operation} of contract ${contractId}: ${result}`;
		});
	}
}

type Wrong = (property: string, detail: string) => void;

const METHODS = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const;

function hasDays({ from, until }: UpdateAsk): boolean {
	return from !== undefined || until !== undefined;
}

/** What an ask wants, without how carefully. */
function wantedIn(ask: PeriodAsk): string {
	return JSON.stringify({ ...ask, dryRun: null, plan: null, planRequired: null });
}

/** The day that a write has to name for the day asked for. */
export function wantedDay(
	{ startDate, cycle }: PausableContract,
	day: LocalDate,
	onOffCycleDate: 'refuse' | 'nextCycle',
): LocalDate {
	const index = cycleIndex(startDate, cycle, day);
	if (cycleStart(startDate, cycle, index) === day) return day;
	// A day off the cycle is never sent: no write can be for it.
	return onOffCycleDate === 'refuse' ? '1970-01-01' : cycleStart(startDate, cycle, index + 1);
}

/** The text with the lines of the record that it does not hold yet. */
export function wantedNotes(
	text: string | null,
	{ reason, requestedBy }: Pick<PeriodAsk, 'reason' | 'requestedBy'>,
): string | null {
	const lines = [reason && `Reason: ${reason}`, requestedBy && `Requested by: ${requestedBy}`];
	const all = [text, ...lines.filter((line) => line && !text?.includes(line))];
	return all.filter(Boolean).join('\n') || null;
}
