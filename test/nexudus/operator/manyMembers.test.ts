import { CONTINUE } from '../story';
import { hotDesk, virtualOffice } from '../../../sandbox/seeds/pricePlans';
import type { ContractSeed } from '../../../sandbox/seeds/seed';
import { manyContracts } from '../../../sandbox/seeds/story';
import {
	addMembers,
	EACH,
	forget,
	itemsOfMembers,
	OLGA,
	requests,
	tellOperatorStory,
} from './members';

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

	it('lists who will and who will not, and why; cut short, the same run does what is missing', async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 40, 2);
		const special: ContractSeed[] = [
			{ id: 980_001, pricePlan: virtualOffice },
			{ id: 980_002, pricePlan: hotDesk, cancelled: true },
			{ id: 980_003, pricePlan: hotDesk, endsWithCycle: 1 },
		];
		story.sandbox.addContracts(members[0]!.email, special.concat(manyContracts(37, 981_001)));
		const own = story.sandbox.contracts(members[0]!.email).map(({ id }) => id);
		const items = itemsOfMembers([{ ...members[0]!, contracts: own }, ...members.slice(1)]);
		expect(items).toHaveLength(120);
		const run = async (more: object, extras: object = {}) =>
			(
				await story.pause(
					EACH.contractId,
					{ ...EACH, requestSettings: { concurrency: 4 }, ...more },
					{ items, ...CONTINUE, ...extras },
				)
			).items.map(({ json }) => json);

		const plan = await run({ dryRun: true });
		expect(story.writesSent()).toEqual([]);
		const wont = plan.filter(({ wouldDo }) => wouldDo === 'refuse');
		expect(wont).toMatchObject([
			{
				contractId: 980_001,
				coworkerId: members[0]!.coworkerId,
				refusals: [{ code: 'notEligible' }],
			},
			{ contractId: 980_002, refusals: [{ code: 'cancelled', message: expect.any(String) }] },
			{ contractId: 980_003, refusals: [{ code: 'ending', message: expect.any(String) }] },
		]);
		expect(plan.filter(({ wouldDo }) => wouldDo === 'write')).toHaveLength(117);

		const stop = new AbortController();
		const running = run({}, { signal: stop.signal });
		await story.until(() => story.done().length >= 30);
		stop.abort();
		await running.catch(() => undefined);
		await new Promise((over) => setTimeout(over, 300));
		const done = story.done().length;
		expect(done).toBeLessThan(115);

		// Another process, which remembers nothing.
		forget(story);
		const second = await run({});
		const tally = (outcome: string) => second.filter((one) => one.outcome === outcome).length;
		expect([tally('changed'), tally('unchanged')]).toEqual([117 - done, done]);
		expect(second.filter(({ error }) => error)).toHaveLength(3);
		expect(story.done()).toHaveLength(117);
		expect(new Set(story.done()).size).toBe(117);
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
