import { tellStory } from './story';

describe('the list of contracts in the editor', () => {
	it('shows price plan, state and id', async () => {
		const story = await tellStory();
		const { results } = await story.search();
		expect(results).toHaveLength(9);
		expect(results.slice(0, 5)).toEqual([
			{ name: 'Hot Desk Monthly · 700100 · not paused', value: '700100' },
			{ name: 'Dedicated Desk Monthly · 700101 · not paused', value: '700101' },
			{ name: 'Meeting Room Credits Weekly · 700102 · not paused', value: '700102' },
			{ name: 'Virtual Office Yearly · 700103 · not paused', value: '700103' },
			{ name: 'Private Office Monthly · 700104 · paused', value: '700104' },
		]);
		expect(results.at(-1)!.name).toBe('Team Desk Quarterly · 700108 · pause scheduled');
	});

	it.each([
		['desk', ['700100', '700101', '700105', '700108']],
		['DESK monthly', ['700100', '700101', '700105']],
		['scheduled', ['700108']],
		['700104', ['700104']],
		['  ', undefined],
		['nothing like it', []],
	])('filtered by "%s"', async (filter, ids) => {
		const story = await tellStory();
		const { results } = await story.search(filter);
		if (ids === undefined) expect(results).toHaveLength(9);
		else expect(results.map(({ value }) => value)).toEqual(ids);
	});

	it.each(['Contracts', 'Records', 'array'] as const)(
		'reads a list in the form %s',
		async (shape) => {
			const story = await tellStory({ readings: { listShape: shape } });
			expect((await story.search()).results).toHaveLength(9);
		},
	);

	it('says why it is empty when nobody can sign in', async () => {
		const story = await tellStory({ credential: { password: 'wrong' } });
		await expect(story.search()).rejects.toThrow(/e-mail or the password is not right/);
		expect(story.sandbox.signIns).toHaveLength(1);
	});

	it('says why it is empty when the portal answers with a web page', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'list', kind: 'html', times: 9 });
		await expect(story.search()).rejects.toThrow(/web page/);
	});
});
