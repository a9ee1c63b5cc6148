import type { Admin } from './admin/admins';
import { createClock, type Clock } from './clock';
import { addControlRoutes } from './control/controlRoutes';
import { addPageRoutes } from './page/pageRoutes';
import { placeContracts, type ContractSeed, type Seed } from './seeds/seed';
import { storySeed } from './seeds/story';
import type { Account } from './vendor/accounts';
import { viewOf, type Contract, type ContractView, type PausePeriod } from './vendor/contract';
import { decideResume, inOrder, schedulePause } from './vendor/pauseRules';
import { checkReadings, defaultReadings, type Readings } from './vendor/readings';
import type { SignInEntry } from './vendor/signIn';
import { noLimits, Throttle, type ThrottleLimits } from './vendor/throttle';
import {
	addAccounts,
	addAdmins,
	addContracts,
	changeByOtherHand,
	emptyWorld,
	plant,
	type CommittedWrite,
} from './vendor/world';
import { FaultOrders } from './wire/faults';
import { loopbackServer } from './wire/loopbackServer';
import { RequestLog, type RequestEntry } from './wire/requestLog';
import { Timers } from './wire/timers';
import { addVendorRoutes } from './wire/vendorServer';

export interface SandboxOptions {
	/** 0, the default, takes a free port. */
	port?: number;
	/** Only addresses of the loopback are taken. */
	host?: string;
	/** What the vendor's clock starts at; real time unless given. */
	now?: Date;
	/** Off unless given. */
	throttle?: Partial<ThrottleLimits>;
	readings?: Partial<Readings>;
	/** Whether requests are kept in `requests`; true unless given. */
	recordRequests?: boolean;
}

/** A running stand-in for Nexudus. */
export interface Sandbox {
	/** `http://127.0.0.1:PORT`, without a slash at the end. */
	readonly url: string;
	/** Stops at once; open connections are cut. */
	close(): Promise<void>;
	/**
	 * Back to the seed story, or to another seed: logs, faults, sessions, limits' counters and the
	 * clock start anew, and requests that a fault holds are cut. Readings and limits stay.
	 */
	reset(seed?: Seed): void;
	/** Every write that took effect at the vendor, oldest first; another hand's are not in it. */
	readonly committed: readonly CommittedWrite[];
	/** Every request that arrived at the vendor's endpoints. */
	readonly requests: readonly RequestEntry[];
	/** Every `POST /api/token` that was decided. */
	readonly signIns: readonly SignInEntry[];
	/** Every token given out, of sign-ins and between their steps: secrets to search for. */
	readonly tokens: readonly string[];
	recordRequests: boolean;
	/** What is true of a contract, whatever reading is on. Throws when there is none. */
	contract(id: number): ContractView;
	/** All contracts, or those of one login. */
	contracts(account?: string): ContractView[];
	/** All pauses of a contract, oldest first, by the days of its location. */
	pausesOf(id: number): ReadonlyArray<Readonly<PausePeriod>>;
	readonly readings: Readonly<Readings>;
	setReadings(readings: Partial<Readings>): void;
	readonly clock: Clock;
	readonly faults: Pick<FaultOrders, 'order' | 'clear' | 'pending'>;
	readonly throttle: {
		readonly limits: Readonly<ThrottleLimits>;
		/** Changes the limits named; the counters start anew. */
		set(limits: Partial<ThrottleLimits>): void;
		off(): void;
	};
	/** Nothing listens any more, or again on the same port. Resolves when it is so. */
	refuseConnections(refuse: boolean): Promise<void>;
	/** Every token given out answers 401 from now on. */
	expireSessions(account?: string): void;
	addAccounts(accounts: readonly Account[]): void;
	addAdmins(admins: readonly Admin[]): void;
	addContracts(account: string, contracts: readonly ContractSeed[]): void;
	/** Somebody else at the vendor, whom no limit of a price plan binds. */
	readonly otherHand: {
		pause(contractId: number, cycles: number): void;
		/** At once; does nothing when there is no pause. */
		resume(contractId: number): void;
		/** Leaves the contract with these pauses. */
		setPauses(contractId: number, pauses: readonly PausePeriod[]): void;
	};
}

/**
 * Starts a stand-in for Nexudus on the loopback.
 *
 * Throws when the port is taken, the host is not of the loopback, or a reading is unknown.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const server = loopbackServer(options.port, options.host);
	const clock = createClock(options.now);
	const readings = { ...defaultReadings(), ...checkReadings(options.readings ?? {}) };
	const world = emptyWorld(clock, readings);
	const throttle = new Throttle({ ...noLimits, ...options.throttle });
	const faults = new FaultOrders();
	const log = new RequestLog(options.recordRequests ?? true);
	const timers = new Timers();

	addVendorRoutes(server.app, {
		world,
		throttle,
		faults,
		log,
		timers,
		held: server.held,
		stopListening: (ms) => server.stopFor(ms, timers),
	});

	const contractNumbered = (id: number): Contract => {
		const contract = world.contracts.get(id);
		if (!contract) throw new Error(`There is no contract ${id}`);
		return contract;
	};

	const sandbox: Sandbox = {
		get url() {
			return server.url;
		},
		async close() {
			timers.clear();
			await server.close();
		},
		reset(seed) {
			timers.clear();
			for (const socket of server.held) socket.destroy();
			if (!server.listening) void server.listen();
			faults.clear();
			throttle.forget();
			clock.set(options.now ?? new Date());
			plant(world, seed ?? storySeed(clock.now()));
			log.clear();
		},
		committed: world.committed,
		requests: log.entries,
		signIns: world.signIns,
		tokens: world.sessions.given,
		get recordRequests() {
			return log.recording;
		},
		set recordRequests(recording) {
			log.recording = recording;
		},
		contract: (id) => viewOf(contractNumbered(id), clock.now()),
		pausesOf: (id) => contractNumbered(id).pauses,
		contracts(account) {
			const now = clock.now();
			const wanted =
				account === undefined ? world.contracts.values() : (world.contractsOf.get(account) ?? []);
			return Array.from(wanted, (contract) => viewOf(contract, now));
		},
		get readings() {
			return { ...world.readings };
		},
		setReadings: (wanted) => {
			Object.assign(world.readings, checkReadings(wanted));
		},
		clock,
		faults,
		throttle: {
			get limits() {
				return { ...throttle.limits };
			},
			set(limits) {
				throttle.limits = { ...throttle.limits, ...limits };
				throttle.forget();
			},
			off() {
				throttle.limits = noLimits;
				throttle.forget();
			},
		},
		async refuseConnections(refuse) {
			if (refuse === !server.listening) return;
			if (!refuse) return await server.listen();
			const stopped = server.stop();
			server.cut();
			await stopped;
		},
		expireSessions: (account) => world.sessions.expire(account),
		addAccounts: (accounts) => addAccounts(world, accounts),
		addAdmins: (admins) => addAdmins(world, admins),
		addContracts(account, contracts) {
			addContracts(world, placeContracts(account, contracts, clock.now()));
		},
		otherHand: {
			pause(contractId, cycles) {
				const contract = contractNumbered(contractId);
				const now = clock.now();
				const decision = schedulePause(contract, cycles, now);
				changeByOtherHand(world, { operation: 'pause', cycles }, contract, decision);
			},
			resume(contractId) {
				const contract = contractNumbered(contractId);
				const now = clock.now();
				const decision = decideResume(contract, true, now, 'periodEnd');
				changeByOtherHand(world, { operation: 'resumeNow' }, contract, decision);
			},
			setPauses(contractId, pauses) {
				const decision = { refused: null, pauses: inOrder(pauses.map((pause) => ({ ...pause }))) };
				const contract = contractNumbered(contractId);
				changeByOtherHand(world, { operation: 'updatePeriod' }, contract, decision);
			},
		},
	};

	addControlRoutes(server.app, sandbox, { world, log });
	addPageRoutes(server.app);
	plant(world, storySeed(clock.now()));
	await server.open();
	return sandbox;
}
