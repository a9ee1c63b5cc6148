import {
	NO_ANSWER,
	type HttpRequest,
	type Outcome,
	type Reply,
} from '../../../guarded-change/change';
import type { ReadTools, Transport } from '../../../guarded-change/readWell';
import { DEFAULT_SETTINGS } from '../../../guarded-change/settings';
import { Memory, type Clock, type Run } from '../../../guarded-change/world';
import { NEXUDUS_LIMITS } from '../../../nodes/Nexudus/limits';
import { adminApi } from '../../../nodes/Nexudus/operator/adminApi';
import { changePeriods } from '../../../nodes/Nexudus/pausePeriod/changePeriods';
import {
	periodChange,
	type PeriodChange,
	type PeriodRequest,
} from '../../../nodes/Nexudus/pausePeriod/periodChange';
import type { PeriodState } from '../../../nodes/Nexudus/pausePeriod/periodState';
import { judgeRead } from '../../../nodes/Nexudus/vendorAnswer';
import { hotDesk } from '../../../sandbox/seeds/pricePlans';
import { placeContracts, type ContractSeed } from '../../../sandbox/seeds/seed';
import { defaultReadings, type Readings } from '../../../sandbox/vendor/readings';
import type { RouteKind } from '../../../sandbox/vendor/route';
import { vendorRoutes } from '../../../sandbox/vendor/routes';
import { Throttle, type ThrottleLimits } from '../../../sandbox/vendor/throttle';
import {
	addAccounts,
	addAdmins,
	addContracts,
	emptyWorld,
	type World,
} from '../../../sandbox/vendor/world';
import { Random } from '../../guarded-change/simulation/random';
import { VirtualTime } from '../../guarded-change/simulation/virtualTime';
import { memberAccount } from '../operator/memberAccount';

export const ADMIN = 'https://spaces.nexudus.test';
export const PORTAL = 'https://desk.spaces.nexudus.test';
export const OLGA = 'olga@example.test';
const FIRST_CONTRACT = 900_001;
const FIRST_COWORKER = 16_000;
/** ms, each way */
const TRAVEL = 80;

/** What goes wrong with one request. Times in ms. */
export type Trouble =
	| 'neverSent'
	| 'lostOnTheWay'
	| 'answerLost'
	| '500 before'
	| '500 after'
	| '502 before'
	| '502 after'
	| { actsAfter: number };

export interface VirtualVendorOptions {
	contracts: number;
	/** Whose they are, taking turns; 1 unless given. */
	members?: number;
	/** What is special about the contract at this place. */
	seedOf?: (index: number) => Partial<ContractSeed>;
	limits: ThrottleLimits;
	readings?: Partial<Readings>;
	trouble?: (request: HttpRequest) => Trouble | undefined;
}

/** The stand-in's routes and its throttle under virtual time, without a network between. */
export class VirtualVendor {
	readonly time = new VirtualTime(Date.UTC(2027, 5, 10, 10));
	readonly world: World;
	readonly ids: number[];
	private readonly members: number;
	requests = 0;
	throttled = 0;
	/** What was asked for and not throttled, in the stand-in's names. */
	readonly kinds: RouteKind[] = [];
	trouble: VirtualVendorOptions['trouble'];
	private readonly throttle: Throttle;
	private readonly token: string;

	constructor(options: VirtualVendorOptions) {
		const { contracts, members = 1, seedOf, limits, readings, trouble } = options;
		const now = () => new Date(this.time.now);
		const clock = { now, advance: () => undefined, set: () => undefined };
		this.trouble = trouble;
		this.throttle = new Throttle(limits);
		this.world = emptyWorld(clock, { ...defaultReadings(), ...readings });
		addAdmins(this.world, [{ id: 1, email: OLGA, password: 'x', fullName: 'Olga', roles: 'all' }]);
		this.ids = Array.from({ length: contracts }, (_, i) => FIRST_CONTRACT + i);
		this.members = members;
		for (let member = 0; member < members; member++) {
			const email = `member${member}@example.test`;
			addAccounts(this.world, [memberAccount(6_000 + member, FIRST_COWORKER + member, email)]);
			const own = this.ids.map((id, i) => ({ id, i })).filter(({ i }) => i % members === member);
			const seeds = own.map(({ id, i }): ContractSeed => ({
				id,
				pricePlan: hotDesk,
				currentCycleFrom: '2027-06-01',
				...seedOf?.(i),
			}));
			addContracts(this.world, placeContracts(email, seeds, now()));
		}
		const issue = { clientId: 'test', now: now(), seconds: 86_400 * 30 };
		this.token = this.world.sessions.issue(OLGA, issue).accessToken;
	}

	/** Whose contract it is. */
	coworkerOf(contractId: number): number {
		return FIRST_COWORKER + ((contractId - FIRST_CONTRACT) % this.members);
	}

	/** Days of the pauses of a contract. */
	pauses(id: number): string[] {
		return this.world.contracts.get(id)!.pauses.map(({ from, until }) => `${from} ${until}`);
	}

	/** Whom the vendor counts in a member's session is not documented [?]: here all are one client. */
	answer({ method, url, headers = {}, body = '' }: HttpRequest): Reply {
		const { pathname, searchParams } = new URL(url);
		this.requests += 1;
		const date = new Date(this.time.now).toUTCString();
		const wait = this.throttle.admit(OLGA, method !== 'GET', this.time.now);
		if (wait > 0) {
			this.throttled += 1;
			return { answered: true, status: 409, headers: { date, 'retry-after': `${wait}` }, body: '' };
		}
		const id = Number(/\/(\d+)(\/|$)/.exec(pathname)?.[1] ?? NaN);
		const path = (pattern: string) => pattern.replace(/:\w+/, String(id));
		const route = vendorRoutes.find((one) => one.method === method && path(one.path) === pathname);
		if (!route) throw new Error(`The vendor has no ${method} ${pathname}`);
		this.kinds.push(route.kind);
		const answer = route.answer(this.world, {
			n: this.requests,
			query: searchParams,
			headers: {
				authorization: headers.Authorization ?? `Bearer ${this.token}`,
				accept: 'application/json',
				client_id: headers.client_id,
			},
			body,
			contractId: id,
			recordId: id,
		});
		return {
			answered: true,
			status: answer.status,
			headers: { date, ...answer.headers },
			body: answer.body === '' ? '' : (JSON.parse(answer.body) as unknown),
		};
	}

	/** Lets time pass. */
	async pass(ms: number): Promise<void> {
		let over = false;
		this.time.in(ms, () => {
			over = true;
		});
		while (!over) await this.step();
	}

	/** The next thing happens. Throws when there is none. */
	async step(): Promise<void> {
		await new Promise((resolve) => setImmediate(resolve));
		if (!this.time.step()) throw new Error('Nothing more happens');
	}
}

/** What an operator asks for, without who asks. */
export type Asked = AskedOf<PeriodRequest>;
export type AskedCreate = AskedOf<Extract<PeriodRequest, { operation: 'create' }>>;

type Given = 'portal' | 'account' | 'reason' | 'requestedBy' | 'timeZone' | 'notes';
type AskedOf<R> = R extends unknown ? Omit<R, Given> : never;

export interface Ended {
	change: PeriodChange;
	outcome: Outcome<PeriodState>;
}

/** One n8n process. When it is dead, nothing in it goes on; what has left is on its way. */
export class OperatorProcess {
	alive = true;
	readonly tools: ReadTools;

	constructor(
		private readonly vendor: VirtualVendor,
		random = new Random(7),
	) {
		const { time } = vendor;
		const clock: Clock = {
			now: () => time.now,
			sleep: async (ms) =>
				await new Promise<void>((resolve) => time.in(ms, () => this.alive && resolve())),
			random: () => random.next(),
		};
		const run: Run = {
			clock,
			memory: new Memory(clock),
			account: OLGA,
			cancelled: () => false,
			stopped: () => false,
			failuresLeft: () => Infinity,
		};
		const transport: Transport = async (request, limit) =>
			await new Promise((resolve) => {
				const end = (reply: Reply) => this.alive && resolve(reply);
				if (limit > 0) time.in(limit, () => end({ answered: false, code: NO_ANSWER.timedOut }));
				this.send(request, end);
			});
		this.tools = {
			transport,
			run,
			limits: NEXUDUS_LIMITS,
			settings: DEFAULT_SETTINGS,
			judge: judgeRead,
		};
	}

	/** Carries out changes until all have ended, or until `crashed` says so. */
	async run(asked: readonly Asked[], crashed: () => boolean = () => false): Promise<Ended[]> {
		const ended: Ended[] = [];
		const changes = asked.map((one) => ({
			settings: DEFAULT_SETTINGS,
			change: periodChange({
				...one,
				...(one.operation === 'create' && { notes: null }),
				timeZone: null,
				portal: ADMIN,
				account: OLGA,
				reason: null,
				requestedBy: null,
			} as PeriodRequest),
		}));
		await this.drive(
			changePeriods({
				api: adminApi(ADMIN),
				tools: this.tools,
				changes,
				ended: (outcome, index) => ended.push({ change: changes[index].change, outcome }),
			}),
			crashed,
		);
		return ended;
	}

	/** Lets the vendor's time go on until something is done, or until `crashed` says so. */
	async drive(work: Promise<void>, crashed: () => boolean = () => false): Promise<void> {
		let over = false;
		void work.then(() => {
			over = true;
		});
		await new Promise((resolve) => setImmediate(resolve));
		while (!over && !crashed()) {
			await this.vendor.step();
			await new Promise((resolve) => setImmediate(resolve));
		}
		this.alive = over;
	}

	private send(request: HttpRequest, end: (reply: Reply) => unknown): void {
		const { vendor } = this;
		const { time } = vendor;
		const trouble = vendor.trouble?.(request);
		const back = (reply: Reply) => time.in(TRAVEL, () => end(reply));
		const status = (code: number): Reply => {
			const date = new Date(time.now).toUTCString();
			return { answered: true, status: code, headers: { date }, body: '' };
		};
		if (trouble === 'neverSent') {
			time.in(1, () => end({ answered: false, code: 'ECONNREFUSED' }));
			return;
		}
		const travel = typeof trouble === 'object' ? trouble.actsAfter : TRAVEL;
		time.in(travel, () => {
			if (trouble === 'lostOnTheWay') return back({ answered: false, code: 'ECONNRESET' });
			if (trouble === '500 before') return back(status(500));
			if (trouble === '502 before') return back(status(502));
			const reply = vendor.answer(request);
			if (trouble === 'answerLost') return back({ answered: false, code: 'ECONNRESET' });
			if (trouble === '500 after') return back(status(500));
			if (trouble === '502 after') return back(status(502));
			return back(reply);
		});
	}
}

/** What has happened between two looks. */
export function since(vendor: VirtualVendor): () => { requests: number; minutes: number } {
	const { requests } = vendor;
	const { now } = vendor.time;
	return () => ({
		requests: vendor.requests - requests,
		minutes: (vendor.time.now - now) / 60_000,
	});
}

/** The same pause for every contract. */
export function pauseFor(ids: readonly number[], more: Partial<AskedCreate> = {}): AskedCreate[] {
	return ids.map((contractId) => ({
		operation: 'create',
		contractId,
		from: '2027-08-01',
		until: '2027-09-01',
		onOffCycleDate: 'refuse',
		ifAlreadyPaused: 'unchanged',
		dryRun: false,
		...more,
	}));
}

/** How many changes came to what; of those that the rules refuse the first reason. */
export function tally(
	ended: ReadonlyArray<{ outcome: Pick<Outcome<unknown>, 'outcome' | 'reason' | 'plan'> }>,
): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { outcome } of ended) {
		const refusals = outcome.plan?.do === 'refuse' ? outcome.plan.refusals : [];
		const what = refusals[0]?.code ?? outcome.outcome;
		counts[what] = (counts[what] ?? 0) + 1;
	}
	return counts;
}
