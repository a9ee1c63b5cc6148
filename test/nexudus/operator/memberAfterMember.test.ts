import { memberAfterMember } from '../../../nodes/Nexudus/changeContracts';
import { nexudusChange } from '../../../nodes/Nexudus/nexudusChange';

/** Changes of contracts, each through a member; null is the customer who is signed in. */
const changesOf = (pairs: Array<[contractId: number, coworkerId: number | null]>) =>
	pairs.map(([contractId, coworkerId]) =>
		nexudusChange({
			operation: 'resumeNow',
			ifNotPaused: 'unchanged',
			dryRun: false,
			contractId,
			portal: 'https://desk.spaces.nexudus.test',
			account: 'somebody',
			...(coworkerId !== null && { actingFor: { coworkerId, operator: 'olga@example.test' } }),
		}),
	);

it.each([
	['nobody', [], []],
	[
		'one customer',
		[
			[1, null],
			[2, null],
			[1, null],
		],
		[0, 1, 2],
	],
	[
		'members in turns',
		[
			[1, 7],
			[2, 8],
			[3, 7],
			[4, 9],
			[5, 8],
		],
		[0, 2, 1, 4, 3],
	],
	[
		'a contract twice',
		[
			[1, 7],
			[2, 8],
			[1, 7],
		],
		[0, 2, 1],
	],
	[
		'a contract through two members',
		[
			[1, 7],
			[2, 8],
			[1, 8],
			[3, 7],
		],
		[0, 1, 2, 3],
	],
] as Array<[string, Array<[number, number | null]>, number[]]>)('%s', (_, pairs, order) => {
	expect(memberAfterMember(changesOf(pairs))).toEqual(order);
});
