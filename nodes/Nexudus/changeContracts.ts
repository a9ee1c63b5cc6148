import type { Outcome } from '../../guarded-change/change';
import { changeMany, type ItemChange } from '../../guarded-change/changeMany';
import type { Access } from './access';
import { contractReader } from './contractReader';
import { nexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { nexudusSystem, type MemberAtWork } from './nexudusSystem';
import type { ContractState } from './pauseState';

export type ItemOutcome = Outcome<ContractState>;

export interface ChangeContractsOptions {
	access: Access;
	changes: ReadonlyArray<ItemChange<NexudusChange>>;
	ended(outcome: ItemOutcome, index: number): void;
}

/** Carries out the changes of one run, each in the session of its member. */
export async function changeContracts(options: ChangeContractsOptions): Promise<void> {
	const { access, changes } = options;
	const { portal, run, limits } = access;
	await changeMany<NexudusChange, ContractState>({
		changes,
		run,
		limits,
		ended: (outcome, index) => options.ended(outcome, index),
		system: (width) =>
			nexudusSystem({ portal, run, memberOf: membersAtWork(access, changes, width) }),
	});
}

/** The members of a run, each with a session and a reader of their own. */
function membersAtWork(
	access: Access,
	changes: ChangeContractsOptions['changes'],
	width: number,
): (change: NexudusChange) => MemberAtWork {
	const api = nexudusApi(access.portal);
	const contracts = new Map<number | null, Set<number>>();
	for (const { change } of changes) {
		const own = contracts.get(memberIdOf(change)) ?? new Set();
		contracts.set(memberIdOf(change), own.add(change.contractId));
	}
	const members = new Map<number | null, MemberAtWork>();
	return (change) => {
		const id = memberIdOf(change);
		const known = members.get(id);
		if (known) return known;
		const session = access.sessionOf(id);
		const member: MemberAtWork = {
			session,
			items: 0,
			reader: contractReader({
				api,
				tools: session.tools,
				width,
				atWork: () => member.items,
				contracts: contracts.get(id)?.size ?? 1,
			}),
		};
		members.set(id, member);
		return member;
	};
}

function memberIdOf({ actingFor }: NexudusChange): number | null {
	return actingFor?.coworkerId ?? null;
}
