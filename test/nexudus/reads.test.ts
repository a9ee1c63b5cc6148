import type { IDataObject } from 'n8n-workflow';
import { CONTINUE, failure, HOT_DESK, only, PAUSED_NOW, tellStory, type Story } from './story';

describe('Get', () => {
	it('returns the ten simple fields of a contract', async () => {
		const story = await tellStory({ now: new Date('2027-03-20T12:00:00Z') });
		expect(only(await story.run({ operation: 'get', contractId: PAUSED_NOW }))).toEqual({
			contractId: 700104,
			pricePlan: 'Private Office Monthly',
			state: 'active',
			pausedFromUtc: '2027-02-09T23:00:00.000Z',
			pausedUntilUtc: '2027-05-09T22:00:00.000Z',
			canBePaused: false,
			renewalUtc: '2027-04-09T22:00:00.000Z',
			active: true,
			cancelled: false,
			endsOn: null,
		});
		expect(story.asked()).toEqual(['GET contract 700104']);
	});

	it("returns the vendor's record as it is, not simplified", async () => {
		const story = await tellStory();
		const record = only(
			await story.run({ operation: 'get', contractId: HOT_DESK, simplify: false }),
		);
		expect(record).toMatchObject({ Id: 700100, TariffName: 'Hot Desk Monthly', Price: 180 });
	});
});

describe('Get Many', () => {
	const ids = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.contractId);
	const all = { operation: 'getAll', returnAll: true };

	it.each(['Contracts', 'Records', 'array'] as const)(
		'returns all contracts of the customer from a list answered as %s',
		async (listShape) => {
			const story = await tellStory({ readings: { listShape } });
			const { items } = await story.run(all);
			expect(ids(items)).toEqual([
				700100, 700101, 700102, 700103, 700104, 700105, 700106, 700107, 700108,
			]);
		},
	);

	it.each([
		['any', 9],
		['none', 7],
		['scheduled', 1],
		['active', 1],
	])('filters by pause state %s', async (pauseState, count) => {
		const story = await tellStory();
		const { items } = await story.run({ ...all, filters: { pauseState } });
		expect(items).toHaveLength(count);
		if (pauseState !== 'any') {
			expect(items.every(({ json }) => json.state === pauseState)).toBe(true);
		}
	});

	it('returns no more than the limit, counted after the filter', async () => {
		const story = await tellStory();
		const { items } = await story.run({
			operation: 'getAll',
			limit: 1,
			filters: { pauseState: 'active' },
		});
		expect(ids(items)).toEqual([700104]);
	});

	it('returns raw records, not simplified', async () => {
		const story = await tellStory();
		const { items } = await story.run({ ...all, simplify: false });
		expect(items[0]!.json).toMatchObject({ Id: 700100, TariffId: 9001 });
	});

	it('pairs several records with each input item', async () => {
		const story = await tellStory();
		const { items } = await story.run(
			{ operation: 'getAll', limit: 2 },
			{ items: [{ json: {} }, { json: {} }, { json: {} }] },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1, 2, 2].map((item) => ({ item })),
		);
	});

	it('takes the documented list of plans where a portal does not have the other', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'list', kind: 'status', status: 404 });
		const { items } = await story.run(all);
		expect(items).toHaveLength(9);
		expect(story.sandbox.requests.at(-1)!.path).toBe('/api/public/plans/my');
	});
});

describe('Get Pause Meta', () => {
	it('returns eligibility, limits, terms with their hash, and the record', async () => {
		const story = await tellStory({ now: new Date('2027-03-20T12:00:00Z') });
		const meta = only(await story.run({ operation: 'getPauseMeta', contractId: HOT_DESK }));
		expect(meta).toEqual({
			contractId: 700100,
			canBePaused: true,
			state: 'none',
			pausedFromUtc: null,
			pausedUntilUtc: null,
			pauseCyclesLimit: 6,
			pauseYearlyLimit: 3,
			pausesUsed: 0,
			renewalLocal: '2027-04-10T00:00:00',
			termsAndConditions: expect.stringContaining('no member rates'),
			termsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
			raw: expect.objectContaining({ PauseUntilOptions: expect.any(Array) }),
		});
		expect(story.asked()).toEqual(['GET meta 700100']);
	});
});

describe('Preview Affected Bookings', () => {
	const preview = async (story: Story, parameters: IDataObject) =>
		only(await story.run({ operation: 'previewBookings', ...parameters } as never));

	it("counts the customer's bookings between two dates", async () => {
		const story = await tellStory({ now: new Date('2027-03-20T12:00:00Z') });
		expect(
			await preview(story, {
				from: '2027-04-10T00:00:00+02:00',
				until: '2027-05-10T00:00:00+02:00',
			}),
		).toEqual({
			scope: 'customer',
			from: '2027-04-09T22:00:00.000Z',
			until: '2027-05-09T22:00:00.000Z',
			inferred: false,
			total: 10,
			notCharged: expect.any(Number),
			notInvoiced: expect.any(Number),
			notPaid: expect.any(Number),
		});
		expect(story.sandbox.requests.at(-1)!.query).toEqual({
			start: '2027-04-09T22:00:00.000Z',
			end: '2027-05-09T22:00:00.000Z',
		});
	});

	it('computes the period of a pause from the contract, and says that it is inferred', async () => {
		const story = await tellStory({ now: new Date('2027-03-20T12:00:00Z') });
		expect(await preview(story, { contractId: HOT_DESK, pauseCycles: 2 })).toMatchObject({
			scope: 'customer',
			contractId: 700100,
			pauseCycles: 2,
			from: '2027-04-09T22:00:00.000Z',
			until: '2027-06-09T22:00:00.000Z',
			inferred: true,
		});
	});

	it.each([
		[700102, 3, '2027-03-24T23:00:00.000Z', '2027-04-14T22:00:00.000Z'],
		[700108, 1, '2027-05-18T22:00:00.000Z', '2027-08-18T22:00:00.000Z'],
	])('counts in the cycles of contract %d', async (contractId, pauseCycles, from, until) => {
		const story = await tellStory({ now: new Date('2027-03-20T12:00:00Z') });
		const output = await preview(story, { contractId, pauseCycles });
		const days = (text: unknown) => Math.round(Date.parse(String(text)) / 86_400_000);
		expect(days(output.until) - days(output.from)).toBe(days(until) - days(from));
	});

	it('says so where the period cannot be computed', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({
			route: 'meta',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: '{}',
		});
		const error = failure(
			await story.run({ operation: 'previewBookings', contractId: HOT_DESK }, CONTINUE),
		);
		expect(error).toMatchObject({ code: 'noCycle', contractId: 700100 });
		expect(error.description).toContain("'From' and 'Until'");
	});
});
