import { carryOut } from '../../guarded-change/carryOut';
import type { Outcome } from '../../guarded-change/change';
import { readWell, type ReadTools, type Transport } from '../../guarded-change/readWell';
import { runAll } from '../../guarded-change/runAll';
import type { PaceLimits, RequestSettings } from '../../guarded-change/settings';
import { sharedSession } from '../../guarded-change/sharedSession';
import type { Run } from '../../guarded-change/world';
import { contractReader } from './contractReader';
import { nexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { nexudusSystem } from './nexudusSystem';
import type { ContractState } from './pauseState';
import { judge, judgeRead } from './vendorAnswer';

export interface NexudusSession {
	portal: string;
	/** One request in the session. */
	transport: Transport;
	/** The same, but a 401 makes whoever sends it sign in once and send again: for reads only. */
	renewingTransport: Transport;
	run: Run;
	limits: PaceLimits;
	/** For the reads that items share. */
	settings: RequestSettings;
}

/** How a session reads: paced, retried, renewed once on 401. */
export function readTools(session: NexudusSession): ReadTools {
	const { run, limits, settings } = session;
	const api = nexudusApi(session.portal);
	const plain: ReadTools = { transport: session.renewingTransport, run, limits, settings, judge };
	const shared = sharedSession({
		transport: session.transport,
		clock: run.clock,
		renew: async () => (await readWell(api.profiles(), plain)).known,
	});
	return {
		run,
		limits,
		settings,
		transport: shared.transport,
		judge: judgeRead,
		renewSession: shared.renew,
	};
}

export interface ChangeOfItem {
	change: NexudusChange;
	settings: RequestSettings;
}

/** What became of one item; undefined for one that was never begun. */
export type ItemOutcome = Outcome<ContractState>;

export interface ChangeContractsOptions {
	session: NexudusSession;
	changes: readonly ChangeOfItem[];
	/** No new item begins, and no new write. */
	stopped(): boolean;
	ended(outcome: ItemOutcome, done: number): void;
}

/** Items at work for each request in flight: enough that a wave of reads serves many. */
const ITEMS_PER_REQUEST = 4;
const FEWEST_AT_WORK = 16;
const MOST_AT_WORK = 400;

/** How many items are at work at the same time. Long runs read longer lists, so more items share one. Pure. */
export function widthOf(items: number, concurrency: number): number {
	const wide = Math.max(FEWEST_AT_WORK, concurrency * ITEMS_PER_REQUEST, Math.ceil(items / 25));
	return Math.min(wide, MOST_AT_WORK);
}

/** Carries out the changes of one run for one customer; outcomes in the order of the changes. */
export async function changeContracts(options: ChangeContractsOptions): Promise<ItemOutcome[]> {
	const { session, changes } = options;
	const tools = readTools(session);
	const api = nexudusApi(session.portal);
	const width = widthOf(changes.length, session.limits.concurrency);
	let atWork = 0;
	const reader = contractReader({
		api,
		tools,
		width,
		atWork: () => atWork,
		contracts: new Set(changes.map(({ change }) => change.contractId)).size,
	});
	const system = nexudusSystem({
		portal: session.portal,
		api,
		reader,
		tools,
		transport: tools.transport,
		renewSession: async (since) => (await tools.renewSession?.(since)) ?? false,
	});

	return await runAll<ChangeOfItem, ItemOutcome>({
		items: changes,
		width,
		stopped: () => options.stopped(),
		skipped: () => NOT_TRIED,
		ended: (outcome, done) => options.ended(outcome, done),
		work: async ({ change, settings }) => {
			atWork += 1;
			const { run, limits } = session;
			const outcome = await carryOut(change, { system, run, limits, settings });
			atWork -= 1;
			reader.nudge();
			return outcome;
		},
	});
}

const NOT_TRIED: ItemOutcome = {
	outcome: 'notTried',
	verification: 'notRead',
	sameAsAsked: null,
	before: null,
	after: null,
	plan: null,
	attempts: [],
	reason: { code: 'stopped' },
};
