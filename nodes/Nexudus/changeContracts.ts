import type { Outcome } from '../../guarded-change/change';
import { changeMany, type ItemChange } from '../../guarded-change/changeMany';
import { readWell, type ReadTools, type Transport } from '../../guarded-change/readWell';
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
		opened: () => run.memory.paceOf(run.account).pacer.nudge(),
	});
	return {
		run,
		limits,
		settings,
		transport: shared.transport,
		judge: judgeRead,
		renewSession: shared.renew,
		gate: shared.gate,
	};
}

export type ItemOutcome = Outcome<ContractState>;

export interface ChangeContractsOptions {
	session: NexudusSession;
	changes: ReadonlyArray<ItemChange<NexudusChange>>;
	ended(outcome: ItemOutcome, index: number): void;
}

/** Carries out the changes of one run for one customer. */
export async function changeContracts(options: ChangeContractsOptions): Promise<void> {
	const { session, changes } = options;
	const tools = readTools(session);
	const api = nexudusApi(session.portal);
	await changeMany<NexudusChange, ContractState>({
		changes,
		run: session.run,
		limits: session.limits,
		ended: (outcome, index) => options.ended(outcome, index),
		system: (width, atWork) => {
			const contracts = new Set(changes.map(({ change }) => change.contractId)).size;
			const reader = contractReader({ api, tools, width, atWork, contracts });
			return nexudusSystem({
				portal: session.portal,
				api,
				reader,
				tools,
				transport: tools.transport,
				renewSession: async (since) => (await tools.renewSession?.(since)) ?? false,
			});
		},
	});
}
