import { HOT_DESK, MARIA, TOM } from '../story';
import { addMembers, requests, tellOperatorStory } from './members';

describe('the list of members in the editor', () => {
	it('shows name, e-mail and ID', async () => {
		const story = await tellOperatorStory();
		const { results } = await story.searchCoworkers();
		expect(results).toContainEqual({
			name: `Maria Sol · maria@example.test · ${MARIA}`,
			value: String(MARIA),
		});
		expect(results).toContainEqual({
			name: 'Weber Drafting · tom@example.test · 15102',
			value: '15102',
		});
		expect(requests(story, 'impersonate')).toEqual([]);
	});

	it.each([
		['tom', ['15002']],
		['WEB', ['15002', '15102']],
		['tom@', ['15002', '15102']],
		['nobody', []],
	])('is searched for %j', async (filter, ids) => {
		const story = await tellOperatorStory();
		const { results } = await story.searchCoworkers(filter);
		expect(results.map(({ value }) => value)).toEqual(ids);
	});

	it('goes on page by page', async () => {
		const story = await tellOperatorStory();
		addMembers(story, 60, 0);
		const found: unknown[] = [];
		let page: string | undefined;
		do {
			const list = await story.searchCoworkers('member', page);
			found.push(...list.results.map(({ value }) => value));
			page = list.paginationToken as string | undefined;
		} while (page !== undefined);
		expect(new Set(found).size).toBe(60);
		expect(requests(story, 'coworkers')).toHaveLength(3);
	});

	it.each([
		['signs in with a wrong password', { password: 'wrong' }, /password is not right/],
		["is a customer's", { email: 'maria@example.test' }, /session of this operator/],
	])('says why it is empty when the account %s', async (_, operator, message) => {
		const story = await tellOperatorStory({ operator });
		await expect(story.searchCoworkers()).rejects.toThrow(message);
	});

	it('says why it is empty when Nexudus answers with something else', async () => {
		const story = await tellOperatorStory();
		story.sandbox.faults.order({ route: 'coworkers', kind: 'html', times: Infinity });
		await expect(story.searchCoworkers()).rejects.toThrow(/web page/);
		story.sandbox.faults.clear();
		story.sandbox.faults.order({ route: 'coworkers', kind: 'status', status: 200, body: '{}' });
		await expect(story.searchCoworkers()).rejects.toThrow(/did not answer with a list/);
	});
});

describe('the list of contracts in the editor', () => {
	it('is the one of the member chosen', async () => {
		const story = await tellOperatorStory();
		const locator = { __rl: true, mode: 'list', value: String(TOM) };
		const { results } = await story.search('', { coworkerId: locator });
		expect(results.map(({ value }) => value)).toEqual(['800200']);
		const marias = await story.search(String(HOT_DESK), { coworkerId: MARIA });
		expect(marias.results).toHaveLength(1);
	});

	it.each([
		['is not chosen yet', { __rl: true, mode: 'list', value: '' }],
		['is an expression', { __rl: true, mode: 'id', value: '={{ $json.coworker }}' }],
	])('says what is missing where the member %s', async (_, coworkerId) => {
		const story = await tellOperatorStory();
		await expect(story.search('', { coworkerId })).rejects.toThrow(
			"Choose the member under 'Coworker' first",
		);
		expect(story.sandbox.requests).toEqual([]);
	});

	it('says which step failed', async () => {
		const story = await tellOperatorStory();
		await expect(story.search('', { coworkerId: 99_999 })).rejects.toThrow(
			'Nexudus does not know coworker 99999',
		);
	});
});
