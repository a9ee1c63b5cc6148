import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ContractSeed } from '../../../sandbox/seeds/seed';
import { dedicatedDesk, hotDesk } from '../../../sandbox/seeds/pricePlans';
import { memberAccount } from '../operator/memberAccount';
import {
	AUGUST,
	CONTINUE,
	itemsOf,
	tellOperatorStory,
	type OperatorOptions,
	type OperatorStory,
} from './operatorStory';

const EACH = { ...AUGUST, contractId: '={{ $json.id }}' };

/** Members with contracts of one price plan, a few of which cannot be paused for August. */
async function tellMany(
	memberCount: number,
	contracts: number,
	options: OperatorOptions = {},
): Promise<{ story: OperatorStory; ids: number[] }> {
	const story = await tellOperatorStory(options);
	const members = Array.from({ length: memberCount }, (_, i) =>
		memberAccount(6_000 + i, 16_000 + i, `member${i}@example.test`),
	);
	story.sandbox.addAccounts(members);
	const ids = Array.from({ length: contracts }, (_, i) => 900_001 + i);
	members.forEach(({ email }, m) => {
		const own = ids.filter((_, i) => i % memberCount === m);
		const seeds = own.map((id): ContractSeed => ({
			id,
			pricePlan: id === 900_002 ? dedicatedDesk : hotDesk,
			// Bills on another day than the others.
			currentCycleFrom: id === 900_003 ? '2027-06-08' : '2027-06-01',
			...(id === 900_004 && { cancelled: true }),
			...(id === 900_005 && { endsWithCycle: 2 }),
		}));
		story.sandbox.addContracts(email, seeds);
	});
	return { story, ids };
}

const SPEEDY = { concurrency: 16 };

async function freeze(
	story: OperatorStory,
	ids: number[],
	parameters = {},
	extras = {},
): Promise<INodeExecutionData[]> {
	const given = { requestSettings: SPEEDY, ...parameters };
	const result = await story.run(
		'create',
		{ ...EACH, ...given },
		{
			...CONTINUE,
			items: itemsOf(ids),
			...extras,
		},
	);
	return result.items;
}

/** How many items came to what; of failures the code. */
function tally(items: INodeExecutionData[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of items) {
		const error = json.error as { code?: string } | undefined;
		const [refusal] = (json.refusals ?? []) as Array<{ code: string }>;
		const what = String(error?.code ?? (json.wouldDo === 'refuse' ? refusal.code : json.outcome));
		counts[what] = (counts[what] ?? 0) + 1;
	}
	return counts;
}

/** Contract, member and reason of those that a dry run says will not be paused. */
function whoWont(items: INodeExecutionData[]): unknown[] {
	return items
		.filter(({ json }) => json.wouldDo === 'refuse')
		.map(({ json }) => {
			const [refusal] = json.refusals as Array<{ message: string }>;
			return [json.contractId, (json.before as IDataObject).coworkerName, refusal.message];
		});
}

const counted = (asked: string[], line: string) => asked.filter((one) => one === line).length;

/** Everybody but three can be paused for August. */
const WONT = { offCycle: 1, cancelled: 1, ending: 1 };

describe('everyone on a price plan for August: 1,000 contracts of 400 members', () => {
	it('is planned first, done once, and done no more', async () => {
		const { story, ids } = await tellMany(400, 1_000);
		const plan = await story.contracts({
			returnAll: true,
			filters: { pricePlan: 'Hot Desk Monthly', active: 'yes' },
		});
		const onPlan = plan.items
			.map(({ json }) => Number(json.contractId))
			.filter((id) => id >= 900_000);
		expect(onPlan).toHaveLength(998);

		const dry = await freeze(story, ids, { dryRun: true });
		expect(tally(dry)).toEqual({ planned: 997, ...WONT });
		expect(story.writesSent()).toEqual([]);
		expect(whoWont(dry)).toEqual([
			[900_003, 'Member 16002', expect.stringContaining("'Pause From' is 2027-08-01")],
			[900_004, 'Member 16003', expect.stringContaining('is cancelled and cannot be paused')],
			[900_005, 'Member 16004', expect.stringContaining('ends on 2027-08-01')],
		]);
		const will = dry.filter(({ json }) => json.wouldDo === 'write').map(({ json }) => json);
		expect(will.map(({ contractId }) => contractId)).toEqual(
			ids.filter((id) => ![900_003, 900_004, 900_005].includes(id)),
		);
		for (const { expectedDates, before: now } of will) {
			expect(now).toMatchObject({
				coworkerName: expect.any(String),
				pricePlan: expect.any(String),
			});
			expect(expectedDates).toMatchObject({
				pausedFromLocal: AUGUST.pauseFrom,
				pausedUntilLocal: AUGUST.pauseUntil,
			});
		}

		const before = story.asked().length;
		expect(tally(await freeze(story, ids))).toEqual({ changed: 997, ...WONT });
		const asked = story.asked().slice(before);
		expect(counted(asked, 'POST createPeriod')).toBe(997);
		expect(new Set(story.committed().map(({ contractId }) => contractId)).size).toBe(997);
		// Reads are shared: with the writes at their limit of 60 a minute they fit beside them.
		expect(asked.length - 997).toBeLessThanOrEqual(400);
		expect(counted(asked, 'GET business')).toBe(1);

		const after = story.asked().length;
		expect(tally(await freeze(story, ids))).toEqual({ unchanged: 997, ...WONT });
		expect(story.writesSent()).toHaveLength(997);
		expect(story.asked().length - after).toBeLessThanOrEqual(150);
	}, 180_000);
});

describe('a run that is cut short', () => {
	it('is gone on with by running it again: only what is missing is done', async () => {
		const { story, ids } = await tellMany(40, 120);
		const stop = new AbortController();
		const running = freeze(
			story,
			ids,
			{ requestSettings: { concurrency: 4 } },
			{ signal: stop.signal },
		);
		await story.until(() => story.done().length >= 30);
		stop.abort();
		await running.catch(() => undefined);
		await new Promise((done) => setTimeout(done, 300));
		const done = story.done().length;
		expect(done).toBeGreaterThanOrEqual(30);
		expect(done).toBeLessThan(115);

		// Another process, which remembers nothing.
		story.forget();
		expect(tally(await freeze(story, ids))).toEqual({
			changed: 117 - done,
			unchanged: done,
			...WONT,
		});
		const contracts = story.committed().map(({ contractId }) => contractId);
		expect(contracts).toHaveLength(117);
		expect(new Set(contracts).size).toBe(117);
		for (const id of new Set(contracts)) expect(story.pauses(id)).toHaveLength(1);
	});

	it('by a session that ends goes on after one sign-in', async () => {
		const { story, ids } = await tellMany(20, 80);
		const running = freeze(story, ids);
		await story.until(() => story.done().length >= 20);
		story.sandbox.expireSessions();
		expect(tally(await running)).toEqual({ changed: 77, ...WONT });
		expect(story.sandbox.signIns).toHaveLength(2);
		expect(new Set(story.committed().map(({ contractId }) => contractId)).size).toBe(77);
		expect(story.committed()).toHaveLength(77);
	});
});

describe('a bulk under limits', () => {
	it.each([409, 429] as const)(
		'is slowed by status %s, and nothing is lost',
		async (throttleStatus) => {
			const { story, ids } = await tellMany(20, 90, { readings: { throttleStatus } });
			// Less than a busy machine sends in a second.
			story.sandbox.throttle.set({ requestsPerMinute: 60, writesPerMinute: 8, windowMs: 1_000 });
			expect(tally(await freeze(story, ids))).toEqual({ changed: 87, ...WONT });
			expect(story.sandbox.requests.some(({ throttled }) => throttled)).toBe(true);
			expect(story.committed()).toHaveLength(87);
		},
		60_000,
	);

	it.each([
		{ adminPageSize: 'atMost25' as const },
		{ adminRows: 'keyFields' as const },
		{ adminFilters: 'ignored' as const },
		{ contractBatch: 'rows' as const },
	])('does it once where the lists are so: %p', async (readings) => {
		const { story, ids } = await tellMany(20, 60, { readings });
		expect(tally(await freeze(story, ids))).toEqual({ changed: 57, ...WONT });
		expect(tally(await freeze(story, ids))).toEqual({ unchanged: 57, ...WONT });
		expect(story.committed()).toHaveLength(57);
	});
});

describe('the end of the pauses of all', () => {
	it('is moved and then deleted with shared reads', async () => {
		const { story, ids } = await tellMany(20, 60);
		await freeze(story, ids);
		const periods = (
			await story.run('getAll', { returnAll: true, filters: { endsAfter: '2027-08-31' } })
		).items
			.filter(({ json }) => Number(json.contractId) >= 900_000)
			.map(({ json }) => json.pausePeriodId);
		expect(periods).toHaveLength(57);
		const each = { pausePeriodId: '={{ $json.id }}', requestSettings: SPEEDY };
		const items = itemsOf(periods);
		const updateFields = { pauseUntil: '2027-10-01' };
		const before = story.asked().length;
		const moved = await story.run('update', { ...each, updateFields }, { ...CONTINUE, items });
		expect(tally(moved.items)).toEqual({ changed: 57 });
		expect(counted(story.asked().slice(before), 'GET period')).toBe(0);
		const deleted = await story.run('delete', each, { ...CONTINUE, items });
		expect(tally(deleted.items)).toEqual({ changed: 57 });
		expect(ids.flatMap((id) => story.pauses(id))).toEqual([]);
		expect(story.writesSent()).toHaveLength(3 * 57);
	});
});
