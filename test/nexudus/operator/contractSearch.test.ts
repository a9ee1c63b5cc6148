import { runListSearch } from '../../../embedded-n8n';
import { Nexudus } from '../../../embedded-n8n/nexudus';
import { manyContracts } from '../../../sandbox/seeds/story';
import { HOT_DESK, TOMS_HOT_DESK, type Story } from '../story';
import { requests, tellOperatorStory } from './members';

const search = async (story: Story, filter?: string, paginationToken?: string) =>
	await runListSearch({
		node: new Nexudus(),
		method: 'searchAllContracts',
		filter,
		paginationToken,
		parameters: { actAs: 'operator', resource: 'pausePeriod', operation: 'create' },
		credentialStore: story.store,
	});

/** A space of so many contracts more, whose pages have 25 rows. */
async function bigSpace(contracts: number): Promise<Story> {
	const story = await tellOperatorStory({ readings: { adminPageSize: 'atMost25' } });
	story.sandbox.addContracts('maria@example.test', manyContracts(contracts, 950_001));
	return story;
}

const pagesRead = (story: Story) => requests(story, 'adminContractList').length;

describe('the list of all contracts in the editor', () => {
	it('of a big space comes in parts', async () => {
		const story = await bigSpace(240);
		const found: unknown[] = [];
		let token: string | undefined;
		let parts = 0;
		do {
			const before = pagesRead(story);
			const list = await search(story, '', token);
			expect(pagesRead(story) - before).toBeLessThanOrEqual(4);
			found.push(...list.results.map(({ value }) => value));
			token = list.paginationToken as string | undefined;
			parts += 1;
		} while (token !== undefined);
		expect(parts).toBe(3);
		expect(new Set(found).size).toBe(found.length);
		expect(found.length).toBeGreaterThanOrEqual(240);
	}, 20_000);

	it('finds a contract by its ID in one request, wherever it stands', async () => {
		const story = await bigSpace(600);
		const { results, paginationToken } = await search(story, ` ${TOMS_HOT_DESK} `);
		expect(results.map(({ value }) => value)).toEqual([String(TOMS_HOT_DESK)]);
		expect(paginationToken).toBe(undefined);
		expect(pagesRead(story)).toBe(0);
	});

	it('goes on with the words where there is no contract of that ID', async () => {
		const story = await tellOperatorStory();
		const { results } = await search(story, String(HOT_DESK).slice(0, 4));
		expect(results.map(({ value }) => value)).toContain(String(HOT_DESK));
	});

	it('reads on until a word is found', async () => {
		const story = await bigSpace(300);
		story.sandbox.addContracts('tom@example.test', manyContracts(1, 999_001));
		const { results } = await search(story, 'tom');
		expect(results.map(({ value }) => value)).toContain('999001');
	}, 20_000);

	it('says after so many pages that there are more', async () => {
		const story = await bigSpace(600);
		await expect(search(story, 'nobody')).rejects.toThrow(
			/^Among the first 500 contracts none has "nobody"/,
		);
		expect(pagesRead(story)).toBe(20);
	}, 20_000);

	it('ends after ten seconds', async () => {
		const story = await bigSpace(600);
		const real = Date.now;
		const late = jest.spyOn(Date, 'now');
		late.mockImplementation(() => real() + Math.floor(pagesRead(story) / 3) * 11_000);
		try {
			await expect(search(story, 'nobody')).rejects.toThrow(/^Among the first 75 contracts/);
		} finally {
			late.mockRestore();
		}
	}, 20_000);

	it('begins anew where the token is none of ours', async () => {
		const story = await tellOperatorStory();
		const { results } = await search(story, '', 'next');
		expect(results.length).toBeGreaterThan(0);
		expect(requests(story, 'adminContractList')[0]!.query.page).toBe('1');
	});

	it('does not wait long where Nexudus asks for it', async () => {
		const story = await tellOperatorStory();
		const headers = { 'retry-after': '60' };
		story.sandbox.faults.order({
			route: 'adminContractList',
			kind: 'status',
			status: 409,
			headers,
		});
		await expect(search(story)).rejects.toThrow(/asks to wait until/);
	});
});
