import type { INodeExecutionData } from 'n8n-workflow';
import type { RequestEntry } from '../../../sandbox/wire/requestLog';
import { manyContracts } from '../../../sandbox/seeds/story';
import { namePortal } from '../../faults/portalNames';
import { OPERATOR_CREDENTIAL, tellStory, type Story, type StoryOptions } from '../story';
import { memberAccount } from './memberAccount';

export const OLGA = 'olga@example.test';

/** A story in which the node acts as Olga, the operator. */
export async function tellOperatorStory({ operator = {}, ...options }: StoryOptions = {}) {
	return await tellStory({ operator, ...options });
}

/** A member with contracts of their own. */
export interface Member {
	email: string;
	coworkerId: number;
	contracts: number[];
}

/** Adds members with so many contracts each: coworkers 21001, 21002, …, contracts 910101, 910102, … */
export function addMembers(story: Story, members: number, contractsEach: number): Member[] {
	return Array.from({ length: members }, (_, index): Member => {
		const number = index + 1;
		const email = `member-${number}@example.test`;
		const coworkerId = 21_000 + number;
		const contracts = manyContracts(contractsEach, 910_001 + number * 100);
		story.sandbox.addAccounts([memberAccount(6_000 + number, coworkerId, email)]);
		story.sandbox.addContracts(email, contracts);
		return { email, coworkerId, contracts: contracts.map(({ id }) => id) };
	});
}

/** One input item for each contract of each member, the members taking turns. */
export function itemsOfMembers(members: readonly Member[]): INodeExecutionData[] {
	const most = Math.max(...members.map(({ contracts }) => contracts.length));
	return Array.from({ length: most }, (_, turn) =>
		members.flatMap(({ coworkerId, contracts }) =>
			contracts[turn] === undefined
				? []
				: [{ json: { id: contracts[turn], coworker: coworkerId } }],
		),
	).flat();
}

/** Parameters that take both ids from the item. */
export const EACH = { coworkerId: '={{ $json.coworker }}', contractId: '={{ $json.id }}' };

/** Requests of one kind. */
export function requests(story: Story, kind: RequestEntry['kind']): RequestEntry[] {
	return story.sandbox.requests.filter((request) => request.kind === kind);
}

/** From now on the node is another process: it remembers nothing of what it has sent. */
export function forget({ sandbox, store }: Story): void {
	const { port } = new URL(sandbox.url);
	const again = (side: string) =>
		`http://${namePortal(`${side}-${port}-again`, () => undefined)}:${port}`;
	const credential = store.read(OPERATOR_CREDENTIAL);
	store.save(OPERATOR_CREDENTIAL, {
		...credential,
		adminUrl: again('admin'),
		portalUrl: again('portal'),
	});
}
