import type { SandboxOptions } from '../../sandbox/createSandbox';
import { documentedLimits } from '../../sandbox/vendor/throttle';
import { hotDesk } from '../../sandbox/seeds/pricePlans';
import type { Readings } from '../../sandbox/vendor/readings';
import { watchStory } from './watch';

const CONTRACTS = 2_000;
const SOMEBODY = 'crowd@example.test';

/** A location of 2,000 contracts, so many of them paused, and what one quiet poll asks. */
async function quietPoll(
	paused: number,
	readings: Partial<Readings>,
	options: Pick<SandboxOptions, 'throttle'> = {},
) {
	const watch = await watchStory({ actAs: 'operator', readings, ...options });
	const { sandbox } = watch.story;
	sandbox.addAccounts([
		{
			...{ id: 19_000, email: SOMEBODY, password: 'open-sesame-7', fullName: 'Crowd' },
			...{ registeredHere: true, profiles: [] },
		},
	]);
	sandbox.addContracts(
		SOMEBODY,
		Array.from({ length: CONTRACTS }, (_, index) => ({
			id: 900_000 + index,
			pricePlan: hotDesk,
			...(index < paused && { pauses: [{ fromCycle: 1, cycles: 1 }] }),
		})),
	);
	await watch.activate(options.throttle ? { requestSettings: {} } : {});
	const before = sandbox.requests.length;
	const began = Date.now();
	expect(await watch.told()).toBeNull();
	const asked = sandbox.requests.slice(before);
	return { requests: asked.length, ms: Date.now() - began, asked };
}

describe('one poll of an operator with 2,000 contracts, when nothing has changed', () => {
	it.each<[string, number, Partial<Readings>, number]>([
		['200 paused', 200, {}, 1],
		['all paused', 2_000, {}, 5],
		['200 paused, 25 rows a page', 200, { adminPageSize: 'atMost25' }, 9],
		['200 paused, rows without their contract', 200, { adminRows: 'keyFields' }, 4],
		[
			'200 paused, rows without their contract, one by one',
			200,
			{ adminRows: 'keyFields', periodBatch: 'unknown' },
			204,
		],
	])('%s', async (_, paused, readings, requests) => {
		expect((await quietPoll(paused, readings)).requests).toBeLessThanOrEqual(requests + 1);
	});

	it('is not refused under the documented limits', async () => {
		const { asked, ms } = await quietPoll(
			200,
			{ adminPageSize: 'atMost25' },
			{ throttle: documentedLimits },
		);
		expect(asked.filter(({ status }) => status === 409)).toEqual([]);
		expect(ms).toBeLessThan(10_000);
	});
});
