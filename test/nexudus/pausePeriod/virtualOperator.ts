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
import { pauseRoutes } from '../../../sandbox/admin/pauseRoutes';
import { hotDesk } from '../../../sandbox/seeds/pricePlans';
import { placeContracts } from '../../../sandbox/seeds/seed';
import { defaultReadings, type Readings } from '../../../sandbox/vendor/readings';
import { Throttle, type ThrottleLimits } from '../../../sandbox/vendor/throttle';
import { addAdmins, addContracts, emptyWorld, type World } from '../../../sandbox/vendor/world';
import { Random } from '../../guarded-change/simulation/random';
import { VirtualTime } from '../../guarded-change/simulation/virtualTime';

const ADMIN = 'https://spaces.nexudus.test';
const OLGA = 'olga@example.test';
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
	limits: ThrottleLimits;
	readings?: Partial<Readings>;
	trouble?: (request: HttpRequest) => Trouble | undefined;
}

/** The stand-in's admin routes and its throttle under virtual time, without a network between. */
export class VirtualVendor {
	readonly time = new VirtualTime(Date.UTC(2027, 5, 10, 10));
	readonly world: World;
	readonly ids: number[];
	requests = 0;
	throttled = 0;
	trouble: VirtualVendorOptions['trouble'];
	private readonly throttle: Throttle;
	private readonly token: string;

	constructor({ contracts, limits, readings, trouble }: VirtualVendorOptions) {
		const now = () => new Date(this.time.now);
		const clock = { now, advance: () => undefined, set: () => undefined };
		this.trouble = trouble;
		this.throttle = new Throttle(limits);
		this.world = emptyWorld(clock, { ...defaultReadings(), ...readings });
		addAdmins(this.world, [{ id: 1, email: OLGA, password: 'x', fullName: 'Olga', roles: 'all' }]);
		this.ids = Array.from({ length: contracts }, (_, i) => 900_001 + i);
		const seeds = this.ids.map((id) => ({
			id,
			pricePlan: hotDesk,
			currentCycleFrom: '2027-06-01',
		}));
		addContracts(this.world, placeContracts('member@example.test', seeds, now()));
		const issue = { clientId: 'test', now: now(), seconds: 86_400 * 30 };
		this.token = this.world.sessions.issue(OLGA, issue).accessToken;
	}

	/** Days of the pauses of a contract. */
	pauses(id: number): string[] {
		return this.world.contracts.get(id)!.pauses.map(({ from, until }) => `${from} ${until}`);
	}

	answer({ method, url, body = '' }: HttpRequest): Reply {
		const { pathname, searchParams } = new URL(url);
		this.requests += 1;
		const date = new Date(this.time.now).toUTCString();
		const wait = this.throttle.admit(OLGA, method !== 'GET', this.time.now);
		if (wait > 0) {
			this.throttled += 1;
			return { answered: true, status: 409, headers: { date, 'retry-after': `${wait}` }, body: '' };
		}
		const id = Number(/\/(\d+)$/.exec(pathname)?.[1] ?? NaN);
		const path = (pattern: string) => pattern.replace(/:\w+$/, String(id));
		const route = pauseRoutes.find((one) => one.method === method && path(one.path) === pathname);
		if (!route) throw new Error(`The vendor has no ${method} ${pathname}`);
		const answer = route.answer(this.world, {
			n: this.requests,
			query: searchParams,
			headers: { authorization: `Bearer ${this.token}`, accept: 'application/json' },
			body,
			contractId: id,
			recordId: id,
		});
		return {
			answered: true,
			status: answer.status,
			headers: { date, ...answer.headers },
			body: JSON.parse(answer.body) as unknown,
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
export type Asked = Omit<
	Extract<PeriodRequest, { operation: 'create' }>,
	'portal' | 'account' | 'reason' | 'requestedBy' | 'timeZone' | 'notes'
>;

export interface Ended {
	change: PeriodChange;
	outcome: Outcome<PeriodState>;
}

/** One n8n process. When it is dead, nothing in it goes on; what has left is on its way. */
export class OperatorProcess {
	alive = true;
	private readonly tools: ReadTools;

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
				notes: null,
				timeZone: null,
				portal: ADMIN,
				account: OLGA,
				reason: null,
				requestedBy: null,
			}),
		}));
		let over = false;
		void changePeriods({
			api: adminApi(ADMIN),
			tools: this.tools,
			changes,
			ended: (outcome, index) => ended.push({ change: changes[index].change, outcome }),
		}).then(() => {
			over = true;
		});
		await new Promise((resolve) => setImmediate(resolve));
		while (!over && !crashed()) {
			await this.vendor.step();
			await new Promise((resolve) => setImmediate(resolve));
		}
		this.alive = over;
		return ended;
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

/** The same pause for every contract. */
export function pauseFor(ids: readonly number[], more: Partial<Asked> = {}): Asked[] {
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

/** How many changes came to what. */
export function tally(ended: readonly Ended[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { outcome } of ended) counts[outcome.outcome] = (counts[outcome.outcome] ?? 0) + 1;
	return counts;
}
