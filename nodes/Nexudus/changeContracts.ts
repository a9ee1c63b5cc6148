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
	const { access } = options;
	const { portal, run, limits } = access;
	const order = memberAfterMember(options.changes.map(({ change }) => change));
	const changes = order.map((place) => options.changes[place]);
	await changeMany<NexudusChange, ContractState>({
		changes,
		run,
		limits,
		ended: (outcome, index) => options.ended(outcome, order[index]),
		system: (width) =>
			nexudusSystem({ portal, run, memberOf: membersAtWork(access, changes, width) }),
	});
}

/**
 * The places of changes in the order in which they are made: those of one member together, so that
 * one session and one list serve them, and neither is old before the last of them. Pure.
 */
export function memberAfterMember(changes: readonly NexudusChange[]): number[] {
	const places = changes.map((_, place) => place);
	const memberOf = new Map(changes.map((change) => [change.contractId, memberIdOf(change)]));
	// Changes of one contract through several members keep their order: the last one decides.
	if (changes.some((change) => memberOf.get(change.contractId) !== memberIdOf(change))) {
		return places;
	}
	const ofMembers = new Map<number | null, number[]>();
	for (const place of places) {
		const id = memberIdOf(changes[place]);
		const own = ofMembers.get(id);
		if (own) own.push(place);
		else ofMembers.set(id, [place]);
	}
	return [...ofMembers.values()].flat();
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
