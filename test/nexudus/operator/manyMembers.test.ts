import { CONTINUE } from '../story';
import { manyContracts } from '../../../sandbox/seeds/story';
import { addMembers, EACH, itemsOfMembers, OLGA, requests, tellOperatorStory } from './members';

describe('a run for many members', () => {
	it.each([1, 4, 16])(
		'signs in once and exchanges once for each, %d requests at a time',
		async (concurrency) => {
			const story = await tellOperatorStory();
			const members = addMembers(story, 6, 4);
			const items = itemsOfMembers(members);
			const result = await story.pause(
				EACH.contractId,
				{ ...EACH, requestSettings: { concurrency } },
				{ items },
			);
			expect(result.items.map(({ json }) => json.outcome)).toEqual(Array(24).fill('changed'));
			expect(story.sandbox.signIns).toMatchObject([{ email: OLGA }]);
			expect(requests(story, 'impersonate')).toHaveLength(6);
			expect(requests(story, 'exchange')).toHaveLength(6);
			expect(story.done().sort()).toEqual(items.map(({ json }) => `pause ${json.id}`).sort());
			for (const { email, contracts } of members) {
				const own = story.sandbox.committed.filter(({ account }) => account === email);
				expect(own.map(({ contractId }) => contractId).sort()).toEqual(contracts);
			}
		},
	);

	it('reads the list of each member for their several contracts', async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 3, 5);
		await story.pause(EACH.contractId, EACH, { items: itemsOfMembers(members) });
		expect(story.writesSent()).toHaveLength(15);
		// A list before and after for each, and the limits of its one price plan.
		for (const { email } of members) {
			const asked = story.sandbox.requests.filter(({ account }) => account === email);
			const count = (kind: string) => asked.filter((request) => request.kind === kind).length;
			expect(count('list')).toBeLessThanOrEqual(4);
			expect(count('contract')).toBe(0);
		}
	});

	it('pairs every output with its own item', async () => {
		const story = await tellOperatorStory();
		const items = itemsOfMembers(addMembers(story, 5, 2)).reverse();
		const result = await story.pause(EACH.contractId, EACH, { items });
		result.items.forEach(({ json, pairedItem }, index) => {
			expect(json).toMatchObject({
				contractId: items[index]!.json.id,
				coworkerId: items[index]!.json.coworker,
			});
			expect(pairedItem).toEqual({ item: index });
		});
	});

	it('does the items of the others where one member is unknown', async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 3, 3);
		const stranger = { email: '', coworkerId: 99_999, contracts: [1, 2, 3] };
		const items = itemsOfMembers([members[0]!, stranger, ...members.slice(1)]);
		const result = await story.pause(EACH.contractId, EACH, { items, ...CONTINUE });
		const failed = result.items.filter(({ json }) => 'error' in json);
		expect(failed.map(({ json }) => json.error)).toEqual(
			Array(3).fill(
				expect.objectContaining({
					code: 'coworkerUnknown',
					outcome: 'failed',
					coworkerId: 99_999,
					message: 'Nexudus does not know coworker 99999 (status 404 ("Customer not found."))',
				}),
			),
		);
		expect(story.done()).toHaveLength(9);
		// One refusal is the answer for all items of that member.
		expect(requests(story, 'impersonate').filter(({ status }) => status === 404)).toHaveLength(1);
	});

	it('sends the changes of one contract one after the other, through whomever they come', async () => {
		const story = await tellOperatorStory();
		const [member] = addMembers(story, 1, 1);
		const { coworkerId, contracts } = member!;
		const items = Array.from({ length: 4 }, () => ({
			json: { id: contracts[0]!, coworker: coworkerId },
		}));
		const result = await story.pause(EACH.contractId, EACH, { items });
		expect(result.items.map(({ json }) => json.outcome).sort()).toEqual([
			'changed',
			'unchanged',
			'unchanged',
			'unchanged',
		]);
		expect(story.writesSent()).toHaveLength(1);
	});

	it('has no more requests under way than one client may, whoever it acts for', async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 6, 1);
		story.sandbox.faults.order({ route: 'any', kind: 'slowButOk', ms: 10, times: Infinity });
		await story.pause(
			EACH.contractId,
			{ ...EACH, requestSettings: { concurrency: 2 } },
			{ items: itemsOfMembers(members) },
		);
		expect(story.done()).toHaveLength(6);
		const underWay = story.sandbox.requests.map(
			({ arrived }) =>
				story.sandbox.requests.filter(
					(other) => other.arrived <= arrived && arrived < other.arrived + other.ms!,
				).length,
		);
		expect(Math.max(...underWay)).toBe(2);
	});

	it('works for the contracts of a member who has several hundred', async () => {
		const story = await tellOperatorStory();
		const [member] = addMembers(story, 1, 0);
		const contracts = manyContracts(200, 950_001);
		story.sandbox.addContracts(member!.email, contracts);
		const items = contracts.map(({ id }) => ({ json: { id, coworker: member!.coworkerId } }));
		const result = await story.pause(EACH.contractId, EACH, { items });
		expect(result.items).toHaveLength(200);
		expect(story.done()).toHaveLength(200);
		expect(requests(story, 'exchange')).toHaveLength(1);
	});
});
