import type { IDataObject } from 'n8n-workflow';
import { CONTINUE, MARIA, PASSWORD, TOM, type Story } from '../story';
import { addMembers, EACH, itemsOfMembers, OLGA, requests, tellOperatorStory } from './members';

/** Index of the last item of those that are at work from the beginning: `widthOf` a short run. */
const LAST_AT_WORK = 23;
const ONE_BY_ONE = { ...EACH, requestSettings: { concurrency: 1 } };

/** The one member whom Nexudus does not let the operator act for: refused with 401, as an expired session is. */
function refuse(story: Story, coworkerId: number): void {
	const always = { route: 'impersonate', times: Infinity } as const;
	story.sandbox.faults.order({ ...always, coworkerId, kind: 'status', status: 401 });
}

describe('a member whose impersonation is refused with 401', () => {
	it("does not end the renewal of the operator's session for the others", async () => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 30, 1);
		// The last of those who are asked for at once: their request is the one that renews.
		refuse(story, members[LAST_AT_WORK]!.coworkerId);
		const items = itemsOfMembers(members);
		const running = story.pause(EACH.contractId, ONE_BY_ONE, { ...CONTINUE, items });
		await story.until(() => requests(story, 'exchange').length >= 3);
		story.sandbox.expireSessions(OLGA);
		const { items: output } = await running;
		const [refused] = output.splice(LAST_AT_WORK, 1);
		expect(output.map(({ json }) => json.outcome)).toEqual(Array(29).fill('changed'));
		expect(refused!.json.error).toMatchObject({ code: 'mayNotActForMembers', attempts: 0 });
		expect(story.done()).toHaveLength(29);
		// At the start, and when the session has expired: not for the one who is refused.
		expect(story.sandbox.signIns).toHaveLength(2);
	});

	it.each([1, 4])('fails alone, %d requests at a time', async (concurrency) => {
		const story = await tellOperatorStory();
		const members = addMembers(story, 8, 2);
		for (const at of [0, 3, 4]) refuse(story, members[at]!.coworkerId);
		const result = await story.pause(
			EACH.contractId,
			{ ...EACH, requestSettings: { concurrency } },
			{ ...CONTINUE, items: itemsOfMembers(members) },
		);
		const failed = result.items.filter(({ json }) => 'error' in json);
		expect(failed).toHaveLength(6);
		for (const { json } of failed) {
			expect(json.error).toMatchObject({ code: 'mayNotActForMembers' });
		}
		expect(story.done()).toHaveLength(10);
		// Once more at the most, after a look whether the session is good.
		expect(requests(story, 'impersonate').length).toBeLessThanOrEqual(5 + 3 * 2);
		expect(requests(story, 'coworkers').length).toBeLessThanOrEqual(3);
		expect(story.sandbox.signIns).toHaveLength(1);
	});
});

it('a second one is refused in one request where no other has succeeded since the sign-in', async () => {
	const story = await tellOperatorStory();
	for (const coworker of [MARIA, TOM]) refuse(story, coworker);
	const items = [MARIA, TOM, MARIA].map((coworker) => ({ json: { coworker } as IDataObject }));
	const { items: output } = await story.run(
		{
			operation: 'get',
			contractId: 700100,
			coworkerId: EACH.coworkerId,
			requestSettings: { concurrency: 1 },
		},
		{ ...CONTINUE, items },
	);
	expect(output.every(({ json }) => 'error' in json)).toBe(true);
	expect(story.sandbox.signIns).toHaveLength(1);
	// Refused, and sent again after a look whether the session is good; then one for the other member.
	expect(requests(story, 'impersonate')).toHaveLength(3);
});

it('an operator who may act for members but not list them has the session renewed all the same', async () => {
	const story = await tellOperatorStory({ operator: { email: 'ida@example.test' } });
	story.sandbox.addAdmins([
		{
			id: 96,
			email: 'ida@example.test',
			password: PASSWORD,
			fullName: 'Ida',
			roles: ['Coworker-Impersonate'],
		},
	]);
	const members = addMembers(story, 30, 1);
	const running = story.pause(EACH.contractId, ONE_BY_ONE, { items: itemsOfMembers(members) });
	await story.until(() => requests(story, 'exchange').length >= 3);
	story.sandbox.expireSessions('ida@example.test');
	const { items: output } = await running;
	expect(output.map(({ json }) => json.outcome)).toEqual(Array(30).fill('changed'));
	expect(story.sandbox.signIns).toHaveLength(2);
});
