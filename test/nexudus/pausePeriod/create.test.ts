import {
	AUCKLAND,
	MADRID,
	NEW_YORK,
	only,
	tellOperatorStory,
} from './operatorStory';

describe('a pause period', () => {
	it.each([
		['Europe/Madrid', MADRID, '2027-07-31T22:00:00.000Z', '2027-08-31T22:00:00.000Z'],
		['America/New_York', NEW_YORK, '2027-08-01T04:00:00.000Z', '2027-09-01T04:00:00.000Z'],
		['Pacific/Auckland', AUCKLAND, '2027-07-31T12:00:00.000Z', '2027-08-31T12:00:00.000Z'],
	])('is created for August in %s with one write, and seen', async (_, id, from, until) => {
		const story = await tellOperatorStory();
		const output = only(await story.create(id));
		expect(output).toMatchObject({
			system: 'nexudus',
			operation: 'create',
			outcome: 'changed',
			verified: true,
			sameAsAsked: true,
			contractId: id,
			before: { state: 'none' },
			after: {
				state: 'scheduled',
				pausedFromLocal: '2027-08-01',
				pausedUntilLocal: '2027-09-01',
				pausedFromUtc: from,
				pausedUntilUtc: until,
			},
		});
		expect(output.pausePeriodId).toEqual(expect.any(Number));
		expect(story.pauses(id)).toEqual(['2027-08-01 2027-09-01']);
		expect(story.done()).toEqual([`createPeriod ${id}`]);
		expect(story.asked()).toEqual([
			'GET adminContract',
			'GET business',
			'GET periodList',
			'POST createPeriod',
			'GET periodList',
		]);
	});
});
