import type { HttpRequest, Outcome, Reply } from '../../../guarded-change/change';
import type { ReadTools, Transport } from '../../../guarded-change/readWell';
import { DEFAULT_SETTINGS } from '../../../guarded-change/settings';
import { Memory, type Clock, type Run } from '../../../guarded-change/world';
import { NEXUDUS_LIMITS } from '../../../nodes/Nexudus/limits';
import { adminApi } from '../../../nodes/Nexudus/operator/adminApi';
import { changePeriods } from '../../../nodes/Nexudus/pausePeriod/changePeriods';
import { periodChange } from '../../../nodes/Nexudus/pausePeriod/periodChange';
import type { PeriodState } from '../../../nodes/Nexudus/pausePeriod/periodState';
import { judgeRead } from '../../../nodes/Nexudus/vendorAnswer';
import { pauseRoutes } from '../../../sandbox/admin/pauseRoutes';
import { hotDesk } from '../../../sandbox/seeds/pricePlans';
import { placeContracts } from '../../../sandbox/seeds/seed';
import { defaultReadings } from '../../../sandbox/vendor/readings';
import { documentedLimits, Throttle } from '../../../sandbox/vendor/throttle';
import { addAdmins, addContracts, emptyWorld, type World } from '../../../sandbox/vendor/world';
import { Random } from '../../guarded-change/simulation/random';
import { VirtualTime } from '../../guarded-change/simulation/virtualTime';

const ADMIN = 'https://spaces.nexudus.test';
const OLGA = 'olga@example.test';
const CONTRACTS = 1_000;
const MINUTE = 60_000;
/** ms, each way */
const TRAVEL = 80;

/** The stand-in's admin routes and its throttle under virtual time, without a network between. */
class Vendor {
	readonly time = new VirtualTime(Date.UTC(2027, 5, 10, 10));
	readonly world: World;
	readonly throttle = new Throttle(documentedLimits);
	readonly token: string;
	requests = 0;
	throttled = 0;

	constructor() {
		const now = () => new Date(this.time.now);
		const clock = { now, advance: () => undefined, set: () => undefined };
		this.world = emptyWorld(clock, defaultReadings());
		addAdmins(this.world, [{ id: 1, email: OLGA, password: 'x', fullName: 'Olga', roles: 'all' }]);
		const seeds = Array.from({ length: CONTRACTS }, (_, i) => ({
			id: 900_001 + i,
			pricePlan: hotDesk,
			currentCycleFrom: '2027-06-01',
		}));
		addContracts(this.world, placeContracts('member@example.test', seeds, now()));
		const issue = { clientId: 'test', now: now(), seconds: 86_400 };
		this.token = this.world.sessions.issue(OLGA, issue).accessToken;
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
}

/** One n8n process. When it is dead, nothing in it goes on; what has left is on its way. */
class Process {
	alive = true;
	private readonly random = new Random(7);
	private readonly clock: Clock;
	private readonly tools: ReadTools;

	constructor(private readonly vendor: Vendor) {
		const { time } = vendor;
		const later = async (ms: number) =>
			await new Promise<void>((resolve) => time.in(ms, () => this.alive && resolve()));
		this.clock = { now: () => time.now, sleep: later, random: () => this.random.next() };
		const memory = new Memory(this.clock);
		const run: Run = {
			clock: this.clock,
			memory,
			account: OLGA,
			cancelled: () => false,
			stopped: () => false,
			failuresLeft: () => Infinity,
		};
		const transport: Transport = async (request) =>
			await new Promise((resolve) => {
				time.in(TRAVEL, () => {
					const reply = vendor.answer(request);
					time.in(TRAVEL, () => this.alive && resolve(reply));
				});
			});
		this.tools = {
			transport,
			run,
			limits: NEXUDUS_LIMITS,
			settings: DEFAULT_SETTINGS,
			judge: judgeRead,
		};
	}

	/** Freezes everybody for August; stops when the vendor has done so many, as a crash would. */
	async freeze(dryRun: boolean, crashAfter = Infinity): Promise<Record<string, number>> {
		const { time, world } = this.vendor;
		const changes = [...world.contracts.keys()].map((contractId) => ({
			settings: DEFAULT_SETTINGS,
			change: periodChange({
				operation: 'create',
				contractId,
				from: '2027-08-01',
				until: '2027-09-01',
				notes: null,
				onOffCycleDate: 'refuse',
				ifAlreadyPaused: 'unchanged',
				timeZone: null,
				portal: ADMIN,
				account: OLGA,
				reason: null,
				requestedBy: null,
				dryRun,
			}),
		}));
		const tally: Record<string, number> = {};
		let over = false;
		void changePeriods({
			api: adminApi(ADMIN),
			tools: this.tools,
			changes,
			ended: ({ outcome }: Outcome<PeriodState>) => {
				tally[outcome] = (tally[outcome] ?? 0) + 1;
			},
		}).then(() => {
			over = true;
		});
		while (!over && world.committed.length < crashAfter) {
			await new Promise((resolve) => setImmediate(resolve));
			if (!over && !time.step()) throw new Error('Nothing more happens');
		}
		this.alive = !(world.committed.length >= crashAfter) || over;
		return tally;
	}
}

/** What has happened between two looks. */
function since(vendor: Vendor) {
	const { requests, throttled } = vendor;
	const { now } = vendor.time;
	return () => ({
		requests: vendor.requests - requests,
		throttled: vendor.throttled - throttled,
		minutes: (vendor.time.now - now) / MINUTE,
	});
}

describe('1,000 contracts under the documented limits', () => {
	it('are frozen in the time of their writes, without one throttled request', async () => {
		const vendor = new Vendor();
		const first = new Process(vendor);
		let spent = since(vendor);
		expect(await first.freeze(true)).toEqual({ planned: CONTRACTS });
		expect(spent().minutes).toBeLessThan(2);
		expect(vendor.world.committed).toHaveLength(0);

		spent = since(vendor);
		expect(await first.freeze(false)).toEqual({ changed: CONTRACTS });
		// 60 writes a minute: 1,000 of them take 16 minutes and a half.
		expect(spent().minutes).toBeLessThan(19);
		expect(spent().requests).toBeLessThan(1_500);
		expect(vendor.throttled).toBe(0);
		expect(new Set(vendor.world.committed.map(({ contractId }) => contractId)).size).toBe(
			CONTRACTS,
		);
		expect(vendor.world.committed).toHaveLength(CONTRACTS);
	}, 120_000);

	it('go on after a crash where they were: the rest is done, nothing twice', async () => {
		const vendor = new Vendor();
		const first = await new Process(vendor).freeze(false, 400);
		expect(first.changed).toBeLessThanOrEqual(400);

		const spent = since(vendor);
		const tally = await new Process(vendor).freeze(false);
		const done = CONTRACTS - tally.changed;
		expect(tally).toEqual({ changed: CONTRACTS - done, unchanged: done });
		// Those in flight when it crashed may have arrived after it.
		expect(done).toBeGreaterThanOrEqual(400);
		expect(done).toBeLessThanOrEqual(404);
		expect(vendor.world.committed).toHaveLength(CONTRACTS);
		expect(new Set(vendor.world.committed.map(({ contractId }) => contractId)).size).toBe(
			CONTRACTS,
		);
		expect(spent().minutes).toBeLessThan(13);
	}, 120_000);
});
