import type { Readings } from '../../../sandbox/vendor/readings';
import {
	CONTINUE,
	failure,
	MADRID,
	NEW_YORK,
	only,
	tellOperatorStory,
	WEEKLY,
} from './operatorStory';

const READINGS: Array<Partial<Readings>> = [
	{ offCycleDates: 'snapped' },
	{ offCycleDates: 'accepted' },
	{ overlappingPeriods: 'accepted' },
	{ sortDirection: 'oneDescends' },
	{ adminRows: 'full' },
	{ adminRows: 'keyFields' },
	{ adminRows: 'keyFields', periodBatch: 'unknown', adminFilters: 'ignored' },
	{ adminFilters: 'ignored' },
	{ adminPageSize: 'atMost25' },
	{ localDates: 'withZ' },
	{ throttleStatus: 429 },
];

describe.each(READINGS)('where the vendor is so: %p', (readings) => {
	it('a pause is created, changed and deleted, each once, and nothing is done twice', async () => {
		const story = await tellOperatorStory({ readings });
		const made = only(await story.create(NEW_YORK, { options: { notes: 'N' } }));
		expect(made).toMatchObject({ outcome: 'changed', verified: true });
		expect(only(await story.create(NEW_YORK)).outcome).toBe('unchanged');
		const id = made.pausePeriodId;
		const longer = { updateFields: { pauseUntil: '2027-10-01' } };
		expect(only(await story.update(id, longer))).toMatchObject({
			outcome: 'changed',
			verified: true,
			after: { pausedUntilLocal: '2027-10-01', notes: 'N' },
		});
		expect(only(await story.update(id, longer)).outcome).toBe('unchanged');
		expect(only(await story.remove(id))).toMatchObject({ outcome: 'changed', verified: true });
		expect(only(await story.remove(id)).outcome).toBe('unchanged');
		expect(story.writesSent()).toEqual(['createPeriod', 'updatePeriod', 'deletePeriod']);
		expect(story.pauses(NEW_YORK)).toEqual([]);
	});

	it('another pause at that time and a day off the cycle are never sent', async () => {
		const story = await tellOperatorStory({ readings });
		await story.create(MADRID);
		const overlap = { pauseUntil: '2027-10-01' };
		expect(failure(await story.create(MADRID, overlap, CONTINUE)).code).toBe('pausedDifferently');
		const off = { pauseFrom: '2027-11-03', pauseUntil: '2027-12-01' };
		expect(failure(await story.create(WEEKLY, off, CONTINUE)).code).toBe('offCycle');
		expect(story.writesSent()).toEqual(['createPeriod']);
	});
});

describe('a billing cycle that is not what the node takes it for', () => {
	/** The vendor's own cycle begins on another day than the record tells. */
	async function misled(readings: Partial<Readings>) {
		const story = await tellOperatorStory({ readings });
		const contract = only(
			await story.contracts({ filters: { pricePlan: 9003 }, simplify: false, limit: 1 }),
		);
		expect(contract.Id).toBe(700_102);
		story.sandbox.faults.order({
			route: 'adminContract',
			times: Infinity,
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				Id: MADRID,
				IssuedById: 4100,
				Active: true,
				Cancelled: false,
				TariffInvoiceEvery: 1,
				RenewalDate: '2027-07-04T22:00:00Z',
				RenewalDateLocal: '2027-07-05T00:00:00',
			}),
		});
		const days = { pauseFrom: '2027-08-05', pauseUntil: '2027-09-05' };
		const result = await story.create(MADRID, days, CONTINUE);
		return { story, result };
	}

	it('is refused by a vendor that rejects such days, with its reason', async () => {
		const { story, result } = await misled({});
		expect(failure(result)).toMatchObject({ outcome: 'refused' });
		expect(failure(result).message).toContain('PauseFrom: must be the first day');
		expect(story.pauses(MADRID)).toEqual([]);
	});

	it('is no success where the vendor takes other days: they are named', async () => {
		const { story, result } = await misled({ offCycleDates: 'snapped' });
		expect(failure(result)).toMatchObject({ code: 'contradicted', outcome: 'failed' });
		expect(failure(result).description).toContain('2027-09-01 to 2027-10-01');
		expect(story.writesSent()).toEqual(['createPeriod']);
	});

	it('is a pause of those days where the vendor takes them', async () => {
		const { story, result } = await misled({ offCycleDates: 'accepted' });
		expect(only(result)).toMatchObject({ outcome: 'changed', verified: true });
		expect(story.pauses(MADRID)).toEqual(['2027-08-05 2027-09-05']);
	});
});
