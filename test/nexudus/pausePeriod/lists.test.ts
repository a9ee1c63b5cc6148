import type { Readings } from '../../../sandbox/vendor/readings';
import {
	AUCKLAND,
	CANCELLED,
	CONTINUE,
	failure,
	MADRID,
	NEW_YORK,
	only,
	tellOperatorStory,
	WEEKLY,
	type OperatorStory,
} from './operatorStory';

/** Everything that the documents leave open about lists. */
const READINGS: Array<Partial<Readings>> = [
	{},
	{ adminRows: 'full' },
	{ adminRows: 'keyFields' },
	{ adminRows: 'keyFields', periodBatch: 'unknown' },
	{ adminRows: 'keyFields', contractBatch: 'rows' },
	{ sortDirection: 'oneDescends' },
	{ adminFilters: 'ignored' },
	{ adminPageSize: 'atMost25' },
	{ adminPageSize: 'atMost25', sortDirection: 'oneDescends' },
	{ localDates: 'withZ' },
];

async function withPauses(readings: Partial<Readings> = {}): Promise<OperatorStory> {
	const story = await tellOperatorStory();
	await story.create(NEW_YORK, { pauseFrom: '2027-10-01', pauseUntil: '2027-11-01' });
	await story.create(MADRID);
	await story.create(AUCKLAND, { pauseFrom: '2027-07-01', pauseUntil: '2027-08-01' });
	story.sandbox.setReadings(readings);
	return story;
}

describe('Get Many of pause periods', () => {
	it.each(READINGS)('brings them whole and by their first day with %p', async (readings) => {
		const story = await withPauses(readings);
		const { items } = await story.run('getAll', { filters: { pauseState: 'scheduled' } });
		const own = items.filter(({ json }) => Number(json.contractId) > 710_000);
		expect(own.map(({ json }) => json)).toMatchObject([
			{ contractId: AUCKLAND, pausedFromLocal: '2027-07-01', state: 'scheduled' },
			{ contractId: MADRID, pausedFromLocal: '2027-08-01', coworkerName: 'Maria Sol' },
			{ contractId: NEW_YORK, pausedFromLocal: '2027-10-01', pausedUntilLocal: '2027-11-01' },
		]);
	});

	it.each(READINGS)('filters what the vendor may not filter with %p', async (readings) => {
		const story = await withPauses(readings);
		const of = async (filters: object) => {
			const { items } = await story.run('getAll', { filters: filters as never, returnAll: true });
			return items.map(({ json }) => json.contractId);
		};
		expect(await of({ contractId: MADRID })).toEqual([MADRID]);
		const time = { endsAfter: '2027-08-01', beginsBefore: '2027-10-01', coworkerId: '15001' };
		expect(await of({ ...time, pauseState: 'scheduled' })).toContain(MADRID);
		expect(await of({ ...time, pauseState: 'scheduled' })).not.toContain(AUCKLAND);
		expect(await of({ coworkerId: 15_002 })).toEqual([]);
	});

	it('brings so many as asked for, or all', async () => {
		const story = await withPauses();
		expect((await story.run('getAll', { limit: 2 })).items).toHaveLength(2);
		const all = (await story.run('getAll', { returnAll: true })).items;
		expect(all.length).toBeGreaterThan(5);
		expect(new Set(all.map(({ json }) => json.pausePeriodId)).size).toBe(all.length);
	});

	it('brings the records as they are without Simplify', async () => {
		const story = await withPauses();
		const filters = { contractId: MADRID };
		const record = only(await story.run('getAll', { filters, simplify: false }));
		expect(record).toMatchObject({ CoworkerContractId: MADRID, PauseFrom: '2027-07-31T22:00:00Z' });
	});
});

describe('Get of a pause period', () => {
	it('brings it, or says that there is none', async () => {
		const story = await withPauses();
		const { pausePeriodId } = only(await story.run('getAll', { filters: { contractId: MADRID } }));
		const one = only(await story.run('get', { pausePeriodId: pausePeriodId as number }));
		expect(one).toMatchObject({
			pausePeriodId,
			contractId: MADRID,
			pausedUntilLocal: '2027-09-01',
		});
		expect(failure(await story.run('get', { pausePeriodId: 1 }, CONTINUE))).toMatchObject({
			code: 'periodUnknown',
			pausePeriodId: 1,
		});
	});
});

describe('Get Many of contracts for an operator', () => {
	it.each(READINGS)('brings those of all members with their pause with %p', async (readings) => {
		const story = await withPauses(readings);
		const { items } = await story.contracts({ returnAll: true });
		const of = (id: number) => items.find(({ json }) => json.contractId === id)?.json;
		expect(of(MADRID)).toMatchObject({
			coworkerId: 15_001,
			coworkerName: 'Maria Sol',
			pricePlan: 'Hot Desk Monthly',
			state: 'scheduled',
			pausedFromUtc: '2027-07-31T22:00:00.000Z',
			active: true,
		});
		expect(of(800_200)).toMatchObject({ coworkerId: 15_002, state: 'none', pausePeriodId: null });
		expect(of(700_104)).toMatchObject({ state: 'active' });
		const ids = items.map(({ json }) => Number(json.contractId));
		expect(ids).toEqual([...ids].sort((a, b) => a - b));
	});

	it.each(READINGS)('by member, price plan, state and activity with %p', async (readings) => {
		const story = await withPauses(readings);
		const of = async (filters: object) => {
			const { items } = await story.contracts({ filters: filters as never, returnAll: true });
			return items.map(({ json }) => json.contractId);
		};
		expect(await of({ coworkerId: 15_002 })).toEqual([800_200]);
		expect(await of({ pricePlan: 'meeting room credits weekly' })).toEqual([700_102, WEEKLY]);
		expect(await of({ pricePlan: '9003' })).toEqual([700_102, WEEKLY]);
		expect(await of({ pricePlan: 9001, pauseState: 'scheduled' })).toEqual([
			MADRID,
			NEW_YORK,
			AUCKLAND,
		]);
		expect(await of({ active: 'no' })).toEqual([700_106, CANCELLED]);
		expect(await of({ pricePlan: 9001, active: 'yes' })).not.toContain(CANCELLED);
	});

	it('reads two lists, not one record each', async () => {
		const story = await withPauses();
		const before = story.asked().length;
		await story.contracts({ returnAll: true });
		expect(story.asked().slice(before)).toEqual(['GET adminContractList', 'GET periodList']);
	});
});

describe('a list that changes while its pages are read', () => {
	it('is read again where it got shorter', async () => {
		const story = await withPauses({ adminPageSize: 'atMost25' });
		const { manyContracts } = await import('../../../sandbox/seeds/story');
		const many = manyContracts(60).map((contract) => ({
			...contract,
			pauses: [{ fromCycle: 2, cycles: 1 }],
		}));
		story.sandbox.addContracts('tom@example.test', many);
		story.sandbox.faults.order({ route: 'periodList', skip: 1, kind: 'delay', ms: 150 });
		const listing = story.run('getAll', { returnAll: true, filters: { coworkerId: 15_002 } });
		await story.until(
			() => story.asked().filter((line) => line === 'GET periodList').length >= 2 + 6,
		);
		story.sandbox.otherHand.resume(MADRID);
		const { items } = await listing;
		expect(items).toHaveLength(60);
		const pages = story.sandbox.requests
			.filter(({ kind }) => kind === 'periodList')
			.map(({ query }) => query.page)
			.slice(6);
		expect(pages).toEqual(['1', '2', '3', '1', '2', '3']);
	});
});
