import type { Admin } from '../admin/admins';
import type { Clock } from '../clock';
import type { Seed } from '../seeds/seed';
import type { Account } from './accounts';
import type { Booking } from './bookings';
import { viewOf, type Contract, type ContractView, type PauseDays } from './contract';
import type { Decision } from './pauseRules';
import type { Readings } from './readings';
import { Sessions } from './sessions';
import type { SignInEntry } from './signIn';

/** A customer's write. */
export type WriteOperation = 'pause' | 'resumeNow' | 'resumeAtEnd';

/** An administrator's write. */
export type PeriodOperation = 'createPeriod' | 'updatePeriod' | 'deletePeriod';

/** A write that the vendor carried out. */
export interface CommittedWrite {
	/** Vendor's time, ISO UTC. */
	at: string;
	/** Number of the request that asked for it, as in `requests`. */
	request: number;
	operation: WriteOperation | PeriodOperation;
	contractId: number;
	account: string;
	/** Of a pause: the cycles asked for. */
	cycles?: number;
	/** Of an administrator's write. */
	pausePeriodId?: number;
	/** Of an administrator's write: the days of that period, which need not be the contract's next one. */
	period?: { before: PauseDays | null; after: PauseDays | null };
	before: ContractView;
	after: ContractView;
	changedSomething: boolean;
}

/** A change that no request made. */
export type OtherHandChange = Pick<
	CommittedWrite,
	'at' | 'operation' | 'contractId' | 'cycles' | 'before' | 'after' | 'changedSomething'
>;

/** A token of the first step, to be exchanged once. */
export interface ImpersonationToken {
	coworkerId: number;
	/** Login of the customer. */
	email: string;
	/** E-mail of the administrator who asked for it. */
	operator: string;
	/** Vendor's time in ms. */
	expires: number;
}

/** Everything the vendor knows. */
export interface World {
	clock: Clock;
	readings: Readings;
	/** Customers by e-mail in lower case. */
	accounts: Map<string, Account>;
	/** Administrators by e-mail in lower case. */
	admins: Map<string, Admin>;
	/** Tokens of the first step of acting for a customer, not exchanged yet. */
	impersonations: Map<string, ImpersonationToken>;
	contracts: Map<number, Contract>;
	contractsOf: Map<string, Contract[]>;
	bookings: Booking[];
	sessions: Sessions;
	committed: CommittedWrite[];
	/** What somebody else did, at the vendor's own side. */
	otherHand: OtherHandChange[];
	signIns: SignInEntry[];
	/** The number that the next pause period gets. */
	nextPeriodId: number;
}

const firstPeriodId = 3_000_001;

export function emptyWorld(clock: Clock, readings: Readings): World {
	return {
		clock,
		readings,
		accounts: new Map(),
		admins: new Map(),
		impersonations: new Map(),
		contracts: new Map(),
		contractsOf: new Map(),
		bookings: [],
		sessions: new Sessions(),
		committed: [],
		otherHand: [],
		signIns: [],
		nextPeriodId: firstPeriodId,
	};
}

export function addAccounts(world: World, accounts: readonly Account[]): void {
	for (const account of accounts) {
		const email = account.email.toLowerCase();
		world.accounts.set(email, { ...account, email });
	}
}

export function addAdmins(world: World, admins: readonly Admin[]): void {
	for (const admin of admins) {
		const email = admin.email.toLowerCase();
		world.admins.set(email, { ...admin, email });
	}
}

/** Adds contracts, or takes the place of those with the same id. */
export function addContracts(world: World, contracts: readonly Contract[]): void {
	for (const given of contracts) {
		// A seed is told to many worlds: what one of them does to a pause stays its own.
		const contract = { ...given, pauses: given.pauses.map((pause) => ({ ...pause })) };
		const earlier = world.contracts.get(contract.id);
		if (earlier) {
			const siblings = world.contractsOf.get(earlier.account)!;
			siblings.splice(siblings.indexOf(earlier), 1);
		}
		world.contracts.set(contract.id, contract);
		const own = world.contractsOf.get(contract.account);
		if (own) own.push(contract);
		else world.contractsOf.set(contract.account, [contract]);
	}
}

/** Forgets everything and begins with a seed; log arrays are emptied in place. */
export function plant(world: World, seed: Seed): void {
	const { accounts, admins, impersonations, contracts, contractsOf } = world;
	for (const map of [accounts, admins, impersonations, contracts, contractsOf]) map.clear();
	world.sessions.expire();
	world.sessions.given.length = 0;
	world.committed.length = 0;
	world.otherHand.length = 0;
	world.signIns.length = 0;
	world.nextPeriodId = firstPeriodId;
	world.bookings = seed.bookings;
	addAccounts(world, seed.accounts);
	addAdmins(world, seed.admins ?? []);
	addContracts(world, seed.contracts);
}

/** Makes a decision true. */
function apply(contract: Contract, decision: Decision, now: Date): void {
	if (decision.refused !== null) return;
	// A pause carries its own time of change, so that a hidden one does not show in `UpdatedOn`.
	if (decision.pauses.length < contract.pauses.length) contract.updatedAt = now.getTime();
	contract.pauses = decision.pauses;
}

/** Makes a customer's write true and records it. */
export function commit(
	world: World,
	{ request, ...write }: Pick<CommittedWrite, 'request' | 'operation' | 'cycles'>,
	contract: Contract,
	decision: Decision,
): void {
	const change = changeBy(world, write, contract, decision);
	world.committed.push({ ...change, request, account: contract.account });
}

/** Makes true what somebody else at the vendor does; a decision that changes nothing leaves no trace. */
export function changeByOtherHand(
	world: World,
	write: Pick<CommittedWrite, 'operation' | 'cycles'>,
	contract: Contract,
	decision: Decision,
): void {
	const change = changeBy(world, write, contract, decision);
	if (change.changedSomething) world.otherHand.push(change);
}

function changeBy(
	world: World,
	write: Pick<CommittedWrite, 'operation' | 'cycles'>,
	contract: Contract,
	decision: Decision,
): OtherHandChange {
	const now = world.clock.now();
	const before = viewOf(contract, now);
	apply(contract, decision, now);
	const after = viewOf(contract, now);
	return {
		at: now.toISOString(),
		...write,
		contractId: contract.id,
		before,
		after,
		changedSomething:
			before.state !== after.state || before.from !== after.from || before.until !== after.until,
	};
}
