import type { Change, HttpRequest, Outcome, Reply } from '../../../guarded-change/change';
import type { Transport } from '../../../guarded-change/readWell';
import type { Clock, Memory, Run } from '../../../guarded-change/world';
import type { EngineBase } from './engine';
import { STEPS, type Fault, type Step } from './faults';
import { Random } from './random';
import type { Execution, Happening, ScenarioBase } from './scenarioBase';
import { Trip } from './trip';
import { VirtualTime } from './virtualTime';

const MINUTE = 60_000;
/** A history with more events than this goes round in circles. */
const MOST_EVENTS = 50_000;

/** Something that changes, by its name at the vendor. */
export type Thing = number | string;

/** A process of n8n from its start to its end; after a crash another one takes its place. */
export interface ProcessLife {
	index: number;
	memory: Memory;
	alive: boolean;
	inFlight: number;
	/** Until when the vendor has asked this process to wait. */
	notBefore: number;
	requestStarts: number[];
	writeStarts: number[];
	/** When the last write of a thing, which may have acted, came to its end. */
	writeEnds: Map<Thing, number>;
}

export type AnyOutcome = Outcome<unknown>;

/** A session that does not belong to the credential. */
export interface OwnSession<A = object> {
	isGood: boolean;
	expire(): void;
	/** This run may take it for lost. */
	lost(run: NodeRun<A>): void;
}

/** How a request goes out: n8n signs it, or signs it and renews the session, or neither. */
export type Way = 'signed' | 'renewing' | 'plain';

/** One run of the node: n8n's Retry On Fail makes several of one execution. */
export interface NodeRun<A = object> {
	life: ProcessLife;
	execution: Execution<A>;
	startedAt: number;
	items: Array<Item<A>>;
	cancelled: boolean;
	failures: number;
	done: boolean;
	signIns: number;
	/** A read that renews the session is under way. */
	renewing: boolean;
	/** Expiries and 401s that this run may have met. */
	sessionsLost: number;
	/** When the newest successful read of a thing left. */
	reads: Map<Thing, number>;
	/** When the first read of the list left: a later one need not be the one that decides. */
	firstList: number;
	/** Outcomes told so far, and when. */
	ends: number;
	endTimes: Map<AnyOutcome, number>;
	inFlight: Set<Trip>;
	sleepers: Set<() => void>;
}

export type AfterWrite = 'none' | 'accepted' | 'doubt' | 'settled';

/** One item of a run, as the world outside of the engine sees it. */
export interface Item<A = object> {
	index: number;
	run: NodeRun<A>;
	ask: A;
	change: Change;
	writes: number;
	firstWriteAt: string;
	lastWrite: AfterWrite;
	doubted: boolean;
	/** When the oldest read that the newest write may rest on left. */
	decidedAt: number;
	endedAt: number;
	outcome: AnyOutcome | null;
}

export interface Finding {
	property: string;
	detail: string;
}

/** What the engine hands its changes to, to be carried out. */
export interface ToCarryOut<A> {
	run: NodeRun<A>;
	engineRun: Run;
	transport: Transport;
	/** The same, but a 401 makes it sign in once and send again: for reads only. */
	renewingTransport: Transport;
	/** Requests that carry all that they need. */
	plainTransport: Transport;
	/** The fraction of the time limit tells the transport which item a write is for. */
	settingsOf(item: Item<A>): Execution<A>['settings'];
	ended(outcome: AnyOutcome, index: number): void;
}

/**
 * One history: a scenario lived through by the real engine. What the system is that it changes,
 * the class that extends it knows.
 */
export abstract class History<
	A extends object = object,
	Sc extends ScenarioBase<A> = ScenarioBase<A>,
> {
	readonly time: VirtualTime;
	readonly items: Array<Item<A>> = [];
	readonly runs: Array<NodeRun<A>> = [];
	readonly findings: Finding[] = [];
	readonly trace: string[] = [];
	requests = 0;
	faults = 0;
	hash = 0x811c9dc5;
	private events = 0;
	readonly random: Random;
	private lives: ProcessLife[];
	epoch = 1;
	token: number | null;

	/** Who the requests are sent for. */
	protected abstract readonly account: string;
	/** Everything that can befall a request. */
	protected abstract readonly faultKinds: readonly Fault[];
	/** The chance of a fault at a step is this at least. */
	protected readonly worstLuck: Partial<Record<Step, number>> = WORST_LUCK;
	/** Status of a throttle. */
	protected abstract readonly throttleStatus: number;

	constructor(
		readonly scenario: Sc,
		private readonly base: EngineBase,
		/** How often each fault befell each step: `fault * STEPS.length + step`. */
		private readonly hits: number[],
		private readonly traced = false,
	) {
		const { seed, start, session } = scenario;
		this.random = new Random(seed ^ 0x5bd1e995);
		this.time = new VirtualTime(start);
		this.token = session === 'good' ? 1 : session === 'none' ? null : 0;
		this.lives = scenario.skews.map((_, index) => this.newLife(index));
		for (const execution of scenario.executions) this.deliver(execution, execution.at);
		for (const happening of scenario.happenings) {
			this.time.in(happening.at, () => this.happen(happening));
		}
	}

	protected abstract changeOf(ask: A): Change;
	protected abstract carryOutItems(work: ToCarryOut<A>): Promise<void>;
	/** What an ask is about. */
	abstract thingOf(ask: A): Thing;
	/** What a request is about: undefined for all things together, NaN for none. */
	abstract thingIn(request: HttpRequest): Thing | undefined;
	protected abstract isWrite(request: HttpRequest): boolean;
	/**
	 * The vendor carries a request out, and answers it; `done` says what it has done. `late` is a
	 * request that nobody waits for any more.
	 */
	abstract act(
		request: HttpRequest,
		item: Item<A> | null,
		late: boolean,
	): { reply: Reply; done?: string };
	/** Headers that the vendor sends with every answer. */
	abstract headers(): Record<string, string>;
	/** Is this the write that the item is for? Says what is wrong with it. */
	protected abstract wrongWrite(request: HttpRequest, item: Item<A>): Finding[];
	/** Somebody else changes the thing that a request is about, or another. */
	abstract otherHandNear(request: HttpRequest, what: 'pause' | 'resumeNow'): void;
	/** Something of the scenario that only this system knows. */
	protected abstract happenAtVendor(happening: Happening): void;
	/** A read that may be followed by another page, or does not say how things stand. */
	protected abstract isPartOfRead(request: HttpRequest): boolean;

	/** The things that a request is about, as far as a run changes them. */
	protected aboutIn(run: NodeRun<A>, request: HttpRequest): readonly Thing[] {
		const about = this.thingIn(request);
		return about === undefined ? run.execution.asks.map((ask) => this.thingOf(ask)) : [about];
	}

	/** May the renewing transport send it? It is sent again after a sign-in. */
	protected isProbe({ url }: HttpRequest): boolean {
		return url.includes('/profiles');
	}

	/** What is wrong with the session that a request leaves in. */
	protected wrongSession?(run: NodeRun<A>, request: HttpRequest, way: Way): string | undefined;

	/** The session that a request brings along; undefined where it goes in the credential's. */
	protected ownSession?(request: HttpRequest): OwnSession<A> | undefined;

	/** A vendor's own way to forbid a request. */
	protected forbids?(request: HttpRequest): Reply | undefined;

	/** A run gets the reply to one of its requests. */
	protected received?(run: NodeRun<A>, request: HttpRequest, reply: Reply): void;

	/** Does the vendor let a request in, which left with this token of the credential's session? */
	admits(request: HttpRequest, token: number | null): boolean {
		const own = this.ownSession?.(request);
		return own ? own.isGood : token === this.epoch;
	}

	/** The session that a request goes in expires. */
	expireFor(request: HttpRequest): void {
		const own = this.ownSession?.(request);
		if (own) own.expire();
		else this.expire();
	}

	/** A run is told that its session is not good, though it is. */
	doubtSession(run: NodeRun<A>, request: HttpRequest): void {
		const own = this.ownSession?.(request);
		if (own) own.lost(run);
		else run.sessionsLost += 1;
	}

	/** What a vendor that forbids a request answers. */
	forbidden(request: HttpRequest): Reply {
		return this.forbids?.(request) ?? this.status(this.random.pick([400, 403, 404]));
	}

	/** May the item write at all? */
	protected mayWrite({ change }: Item<A>): boolean {
		return !change.dryRun && change.expectedPlanId === undefined && !change.planRequired;
	}
	/** A fault that only this system knows. */
	abstract strike(fault: Fault, trip: Trip): void;
	/** An item gets the reply to its write. */
	protected abstract gets(reply: Reply, item: Item<A>): void;

	/** Lets one event happen; false when the history has come to its end. */
	step(): boolean {
		this.events += 1;
		if (this.events > MOST_EVENTS) {
			this.find('hangs', 'goes round in circles');
			return false;
		}
		return this.time.step();
	}

	find(property: string, detail: string): void {
		this.findings.push({ property, detail });
		this.note(1, () => `!! ${property}: ${detail}`);
	}

	/** Takes what happened into the hash, and into the trace where there is one. */
	note(what: number, text: () => string): void {
		const { now } = this.time;
		this.hash = Math.imul(this.hash ^ what, 0x01000193);
		this.hash = Math.imul(this.hash ^ (now - this.scenario.start), 0x01000193);
		if (this.traced) {
			const seconds = ((now - this.scenario.start) / 1000).toFixed(3);
			this.trace.push(`${seconds.padStart(10)} s  ${text()}`);
		}
	}

	// Processes and executions

	private newLife(index: number): ProcessLife {
		const clock = this.clock(index, () => this.lives[index], undefined);
		return {
			index,
			memory: new this.base.Memory(clock),
			alive: true,
			inFlight: 0,
			notBefore: -Infinity,
			requestStarts: [],
			writeStarts: [],
			writeEnds: new Map(),
		};
	}

	/** The clock of a process, or of one run in it, whose waits end when it is cancelled. */
	private clock(index: number, life: () => ProcessLife, run: NodeRun<A> | undefined): Clock {
		return {
			now: () => this.time.now + this.scenario.skews[index],
			random: () => this.random.next(),
			sleep: async (ms) => {
				const own = life();
				await new Promise<void>((resolve) => {
					if (run?.cancelled) return resolve();
					run?.sleepers.add(resolve);
					this.time.in(ms + this.oversleep(), () => {
						run?.sleepers.delete(resolve);
						if (own.alive) resolve();
					});
				});
			},
		};
	}

	/** Timers come late, and now and then a machine stands still for a while. */
	private oversleep(): number {
		const luck = this.random.next();
		if (luck < 0.7) return 0;
		return luck < 0.998 ? Math.floor(luck * 4) : Math.floor((luck - 0.998) * 20_000_000);
	}

	private deliver(execution: Execution<A>, after: number): void {
		this.time.in(after, () => this.begin(execution, execution.tries));
	}

	private begin(execution: Execution<A>, triesLeft: number): void {
		const life = this.lives[execution.process];
		const run: NodeRun<A> = {
			life,
			execution,
			startedAt: this.time.now,
			items: [],
			cancelled: false,
			failures: 0,
			done: false,
			signIns: 0,
			renewing: false,
			sessionsLost: 0,
			reads: new Map(),
			firstList: Infinity,
			ends: 0,
			endTimes: new Map(),
			inFlight: new Set(),
			sleepers: new Set(),
		};
		this.runs.push(run);
		run.items = execution.asks.map((ask) => this.newItem(run, ask));
		this.note(2, () => `run ${this.runs.length - 1} begins in process ${life.index}`);
		this.carryOut(run).then(
			(outcomes) => this.ended(run, outcomes, triesLeft),
			(error: Error) => this.find('throws', error.stack ?? error.message),
		);
	}

	private newItem(run: NodeRun<A>, ask: A): Item<A> {
		const item: Item<A> = {
			index: this.items.length,
			run,
			ask,
			change: this.changeOf(ask),
			writes: 0,
			firstWriteAt: '',
			lastWrite: 'none',
			doubted: false,
			decidedAt: -Infinity,
			endedAt: Infinity,
			outcome: null,
		};
		this.items.push(item);
		return item;
	}

	private async carryOut(run: NodeRun<A>): Promise<AnyOutcome[]> {
		const { execution, life } = run;
		const { settings, stopAfterFailures } = execution;
		const failuresLeft = () =>
			stopAfterFailures > 0 ? stopAfterFailures - run.failures : Infinity;
		const outcomes: AnyOutcome[] = [];
		await this.carryOutItems({
			run,
			engineRun: {
				clock: this.clock(life.index, () => life, run),
				memory: life.memory,
				account: this.account,
				// Retry On Fail and a delivery after a crash are the same execution.
				execution: String(this.scenario.executions.indexOf(execution)),
				cancelled: () => run.cancelled,
				stopped: () => run.cancelled || failuresLeft() <= 0,
				failuresLeft,
			},
			transport: this.transport(run, 'signed'),
			renewingTransport: this.transport(run, 'renewing'),
			plainTransport: this.transport(run, 'plain'),
			settingsOf: ({ index }) => ({
				...settings,
				writeTimeout: settings.writeTimeout + index / 1024,
			}),
			ended: (outcome, index) => {
				outcomes[index] = outcome;
				this.itemEnded(run, outcome);
			},
		});
		return outcomes;
	}

	private itemEnded(run: NodeRun<A>, outcome: AnyOutcome): void {
		if (hasFailed(outcome)) run.failures += 1;
		run.ends += 1;
		run.endTimes.set(outcome, this.time.now);
		const [first] = outcome.attempts;
		const item = first && run.items.find((one) => one.firstWriteAt === first.at);
		if (item) item.lastWrite = 'settled';
	}

	private ended(run: NodeRun<A>, outcomes: AnyOutcome[], triesLeft: number): void {
		run.done = true;
		const wanted = run.items.length;
		if (
			outcomes.length !== wanted ||
			run.ends !== wanted ||
			outcomes.includes(undefined as never)
		) {
			this.find('one outcome', `${outcomes.length}, ${run.ends} ends, ${wanted} items`);
		}
		for (const [i, item] of run.items.entries()) {
			const outcome = outcomes[i];
			item.outcome = outcome;
			item.endedAt = run.endTimes.get(outcome) ?? this.time.now;
			this.note(
				OUTCOMES.indexOf(outcome.outcome) + 20,
				() =>
					`item ${item.index} ${item.change.operation} ${item.change.id}: ${outcome.outcome}, ${outcome.verification}` +
					(outcome.reason ? `, ${outcome.reason.code}` : ''),
			);
		}
		if (triesLeft > 1 && outcomes.some(hasFailed) && !run.cancelled) {
			this.time.in(run.execution.betweenTries, () => {
				if (run.life.alive) this.begin(run.execution, triesLeft - 1);
			});
		}
	}

	// What happens by itself

	private happen(happening: Happening): void {
		switch (happening.what) {
			case 'expiry':
				return this.expireOne();
			case 'cancel': {
				const { execution } = happening;
				const run = this.runs.find((one) => one.execution === this.scenario.executions[execution]);
				if (run && !run.done) this.cancel(run);
				return;
			}
			case 'crash':
				return this.crash(this.lives[happening.process]);
			default:
				this.happenAtVendor(happening);
		}
	}

	/** A session expires by itself: that of the credential, unless a system has others. */
	protected expireOne(): void {
		this.expire();
	}

	expire(): void {
		this.epoch += 1;
		for (const run of this.runs) if (!run.done) run.sessionsLost += 1;
		this.note(4, () => 'all sessions expire');
	}

	cancel(run: NodeRun<A>): void {
		if (run.cancelled || run.done) return;
		run.cancelled = true;
		this.note(5, () => `run ${this.runs.indexOf(run)} is cancelled`);
		for (const wake of run.sleepers) wake();
		run.life.memory.paceOf(this.account).pacer.nudge();
		// n8n may give its requests up, or let them come to their end.
		if (this.random.chance(0.5)) {
			for (const trip of [...run.inFlight]) trip.end({ answered: false, code: 'CANCELLED' });
		}
	}

	/** The process ends, and all that it knows; its open executions are delivered again later. */
	crash(life: ProcessLife): void {
		if (!life.alive || this.lives[life.index] !== life) return;
		life.alive = false;
		this.note(6, () => `process ${life.index} dies`);
		const open = new Set(
			this.runs.filter((run) => run.life === life && !run.done).map(({ execution }) => execution),
		);
		this.lives[life.index] = this.newLife(life.index);
		for (const execution of open) this.deliver(execution, this.scenario.restartAfter);
	}

	// The network

	private transport(run: NodeRun<A>, way: Way): Transport {
		const renewing = way === 'renewing';
		return async (request, limit) => {
			const item = this.isWrite(request) ? itemOf(this.items, limit) : undefined;
			const whole = Math.floor(limit);
			this.leaves(run, request, item, way);
			run.renewing ||= renewing;
			const go = async () => await this.travel(run, request, whole, item, way);
			const opened = way === 'plain' || this.token !== null || (await this.signIn(run));
			let reply = opened ? await go() : noSession();
			if (renewing && reply.answered && reply.status === 401) {
				reply = (await this.signIn(run)) ? await go() : noSession();
			}
			if (renewing) run.renewing = false;
			return await this.arrived(run, request, item, reply);
		};
	}

	/** All that must hold when a request leaves. */
	private leaves(run: NodeRun<A>, request: HttpRequest, item: Item<A> | undefined, way: Way): void {
		const { life, execution } = run;
		const renewing = way === 'renewing';
		const { now } = this.time;
		const { limits } = execution;
		if (!life.alive) return;
		if (now < life.notBefore) {
			this.find('Retry-After', `leaves ${life.notBefore - now} ms too early: ${request.url}`);
		}
		if (limits.concurrency > 0 && life.inFlight >= limits.concurrency) {
			this.find('concurrency', `${life.inFlight + 1} in flight, ${limits.concurrency} allowed`);
		}
		if (run.renewing && way !== 'plain') {
			this.find('sign-in', `${request.url} does not wait for the renewal`);
		}
		const wrongSession = this.wrongSession?.(run, request, way);
		if (wrongSession !== undefined) this.find('session', `${wrongSession}: ${request.url}`);
		if (run.cancelled) this.find('cancelled', `${request.method} after the cancellation`);
		this.checkMinute(life.requestStarts, limits.requestsPerMinute, 'requests');
		life.inFlight += 1;
		life.requestStarts.push(now);
		if (request.method !== 'GET') {
			this.checkMinute(life.writeStarts, limits.writesPerMinute, 'writes');
			life.writeStarts.push(now);
		}
		if (!this.isWrite(request)) {
			if (renewing && !this.isProbe(request)) {
				this.find('sign-in', `a renewing transport sends ${request.url}`);
			}
			return;
		}
		if (item === undefined || item.run !== run) return this.find('one outcome', 'a stray write');
		this.checkWrite(run, request, item, renewing);
	}

	private checkWrite(
		run: NodeRun<A>,
		request: HttpRequest,
		item: Item<A>,
		renewing: boolean,
	): void {
		const { now } = this.time;
		const { execution, life } = run;
		if (renewing) this.find('sign-in', 'a write that n8n may repeat');
		const thing = this.thingOf(item.ask);
		if (this.thingIn(request) !== thing) {
			this.find('wrong write', `${request.url} for item ${item.index}`);
		}
		for (const { property, detail } of this.wrongWrite(request, item)) this.find(property, detail);
		if (!this.mayWrite(item)) this.find('plan', `item ${item.index} writes, and must not`);
		const { stopAfterFailures } = execution;
		if (stopAfterFailures > 0 && run.failures >= stopAfterFailures) {
			this.find('stopped', `item ${item.index} writes after ${run.failures} failures`);
		}
		const readAt = run.reads.get(thing) ?? -Infinity;
		if (now - readAt > 30_000) {
			this.find('stale read', `item ${item.index} writes on a read of ${now - readAt} ms ago`);
		}
		if (readAt < (life.writeEnds.get(thing) ?? -Infinity)) {
			this.find('stale read', `item ${item.index} writes without a read after the last write`);
		}
		item.decidedAt = Math.max(now - 30_000, Math.min(readAt, run.firstList));
		if (item.writes === 0) item.firstWriteAt = this.iso(life);
		item.writes += 1;
	}

	private iso(life: ProcessLife): string {
		return new Date(this.time.now + this.scenario.skews[life.index]).toISOString();
	}

	private checkMinute(starts: number[], perMinute: number, what: string): void {
		while (starts.length > 0 && starts[0] <= this.time.now - MINUTE) starts.shift();
		if (perMinute > 0 && starts.length + 1 > perMinute) {
			this.find('pace', `${starts.length + 1} ${what} in a minute, ${perMinute} allowed`);
		}
	}

	/** The reply reaches the run, if there is still one. */
	private arrived(
		run: NodeRun<A>,
		request: HttpRequest,
		item: Item<A> | undefined,
		reply: Reply,
	): Reply | Promise<Reply> {
		const { life } = run;
		if (!life.alive) return new Promise(() => undefined);
		life.inFlight -= 1;
		const retryAfter = this.retryAfterOf(reply, life);
		if (retryAfter > 0) life.notBefore = Math.max(life.notBefore, this.time.now + retryAfter);
		if (item !== undefined) {
			item.lastWrite = this.afterWrite(reply);
			this.gets(reply, item);
			if (item.lastWrite === 'doubt') item.doubted = true;
			if (item.lastWrite !== 'settled') life.writeEnds.set(this.thingOf(item.ask), this.time.now);
		}
		this.received?.(run, request, reply);
		this.note(
			reply.answered ? reply.status : 7,
			() => `  run ${this.runs.indexOf(run)} gets ${shortReply(reply)} to ${this.short(request)}`,
		);
		return reply;
	}

	/** The bound that any client must keep; a date without the vendor's clock depends on ours. */
	private retryAfterOf(reply: Reply, life: ProcessLife): number {
		if (!reply.answered) return 0;
		const text = reply.headers['retry-after'];
		if (text === undefined) return 0;
		if (/^\d+$/.test(text)) return Number(text) * 1000;
		if (reply.headers.date === undefined && this.scenario.skews[life.index] !== 0) return 0;
		return Date.parse(text) - this.time.now;
	}

	/** What a careful client knows after a write. */
	protected afterWrite(reply: Reply): AfterWrite {
		if (!reply.answered) {
			return ['ECONNREFUSED', 'ENOTFOUND', 'NO_SESSION'].includes(reply.code) ? 'settled' : 'doubt';
		}
		if (reply.status >= 500) return 'doubt';
		if (reply.status >= 300) return 'settled';
		if (reply.headers['content-type'] !== undefined) return 'doubt';
		return this.accepts(reply.body);
	}

	/** What the body of a success says. */
	protected abstract accepts(body: unknown): AfterWrite;

	private async signIn(run: NodeRun<A>): Promise<boolean> {
		run.signIns += 1;
		this.note(8, () => `  run ${this.runs.indexOf(run)} signs in`);
		await new Promise<void>((resolve) => {
			this.time.in(this.random.between(30, 300), () => {
				if (run.life.alive) resolve();
			});
		});
		if (!this.scenario.signInWorks) return false;
		this.token = this.epoch;
		return true;
	}

	/** One request over the network, and what befalls it. Resolves with what the client gets. */
	private travel(
		run: NodeRun<A>,
		request: HttpRequest,
		limit: number,
		item: Item<A> | undefined,
		way: Way,
	): Promise<Reply> {
		const step = this.stepOf(run, request, item, way);
		const fault = this.faultFor(step);
		this.note(
			fault ? 100 + this.faultKinds.indexOf(fault) : 9,
			() =>
				`run ${this.runs.indexOf(run)} sends ${this.short(request)}` +
				(item ? ` for item ${item.index}` : '') +
				(fault ? `  ** ${fault}` : ''),
		);
		return new Promise<Reply>((resolve) => {
			const trip = new Trip(this, run, request, limit, item, resolve);
			run.inFlight.add(trip);
			trip.go(fault);
		});
	}

	latency(): number {
		const luck = this.random.next();
		return luck < 0.95 ? 5 + Math.floor(luck * 50) : Math.floor((luck - 0.95) * 20_000);
	}

	status(status: number, headers = {}, body: unknown = ''): Reply {
		const all = { ...this.headers(), ...headers };
		return { answered: true, status, headers: all, body };
	}

	gateway(): Reply {
		return this.status(this.random.pick([502, 503, 504]), {}, '<html>Bad gateway</html>');
	}

	webPage(): Reply {
		return this.status(200, { 'content-type': 'text/html; charset=utf-8' }, '<!doctype html>');
	}

	throttled(fault: Fault): Reply {
		const seconds = this.random.between(0, 20);
		const date = new Date(Math.ceil(this.time.now / 1000 + seconds) * 1000).toUTCString();
		const retryAfter: Partial<Record<Fault, string>> = {
			'throttled, seconds': String(seconds),
			'throttled, date': date,
			'throttled, huge time': '3600',
		};
		const text = retryAfter[fault];
		const headers = text === undefined ? {} : { 'retry-after': text };
		return this.status(this.throttleStatus, headers);
	}

	private faultFor(step: Step): Fault | undefined {
		const { script, faultRate } = this.scenario;
		const scripted = script.get(this.requests);
		this.requests += 1;
		// Writes are few beside the reads, so luck is worse there.
		const rate = Math.max(faultRate, this.worstLuck[step] ?? 0);
		const lucky = faultRate === 0 || !this.random.chance(rate);
		const fault = scripted ?? (lucky ? undefined : this.random.pick(this.faultKinds));
		if (fault !== undefined) {
			this.faults += 1;
			this.hits[this.faultKinds.indexOf(fault) * STEPS.length + STEPS.indexOf(step)] += 1;
		}
		return fault;
	}

	protected stepOf(
		run: NodeRun<A>,
		request: HttpRequest,
		item: Item<A> | undefined,
		way: Way,
	): Step {
		if (way === 'renewing') return 'read to renew';
		if (item) return item.writes > 1 ? 'write again' : 'write';
		const about = this.aboutIn(run, request);
		let step: Step = 'read to plan';
		for (const { ask, lastWrite } of run.items) {
			if (!about.includes(this.thingOf(ask))) continue;
			if (lastWrite === 'doubt') return 'read in doubt';
			if (lastWrite === 'accepted') step = 'read after acceptance';
		}
		return step;
	}

	/** Remembers which things a read covers, and when it left; a list is as old as its first page. */
	noteRead(run: NodeRun<A>, request: HttpRequest, sentAt: number): void {
		if (this.isWrite(request) || this.isPartOfRead(request)) return;
		for (const thing of this.aboutIn(run, request)) run.reads.set(thing, sentAt);
		if (this.thingIn(request) === undefined) run.firstList = Math.min(run.firstList, sentAt);
	}

	private short(request: HttpRequest): string {
		const { pathname, search } = new URL(request.url);
		return `${request.method} ${pathname}${search}${this.isWrite(request) ? ` ${request.body}` : ''}`;
	}
}

export const WORST_LUCK: Partial<Record<Step, number>> = { write: 0.3, 'write again': 0.5 };

const OUTCOMES: ReadonlyArray<AnyOutcome['outcome']> = [
	'changed',
	'unchanged',
	'planned',
	'refused',
	'unknown',
	'notTried',
	'failed',
];

function hasFailed({ outcome }: AnyOutcome): boolean {
	return (
		outcome === 'refused' || outcome === 'unknown' || outcome === 'notTried' || outcome === 'failed'
	);
}

function itemOf<T>(items: readonly T[], limit: number): T | undefined {
	return items[Math.round((limit % 1) * 1024)];
}

function noSession(): Reply {
	return { answered: false, code: 'NO_SESSION', message: 'The sign-in failed' };
}

function shortReply(reply: Reply): string {
	if (!reply.answered) return reply.code;
	const after = reply.headers['retry-after'];
	return `${reply.status}${after === undefined ? '' : ` Retry-After ${after}`}`;
}
