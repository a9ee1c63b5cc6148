import type { Outcome } from '../../guarded-change/change';
import { changeMany, type ItemChange } from '../../guarded-change/changeMany';
import type { ReadTools } from '../../guarded-change/readWell';
import { contractReader } from './contractReader';
import { nexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { nexudusSystem } from './nexudusSystem';
import type { ContractState } from './pauseState';
import { sessionTools, type Session } from './sessionTools';

export interface NexudusSession extends Session {
	portal: string;
}

/** How a customer's session reads. */
export function readTools(session: NexudusSession): ReadTools {
	return sessionTools(session, nexudusApi(session.portal).profiles());
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
