import { virtualOffice } from '../../../sandbox/seeds/pricePlans';
import { documentedLimits } from '../../../sandbox/vendor/throttle';
import { since, tally, VirtualVendor } from '../pausePeriod/virtualOperator';
import { pauseForMembers } from './virtualMembers';

const CONTRACTS = 1_000;
const MEMBERS = 400;
/** The same in an hour, whichever kind of request. */
const PER_HOUR = 5_000;

/** The contracts of a member lie far apart in the list. */
const vendorOfMany = () =>
	new VirtualVendor({
		contracts: CONTRACTS,
		members: MEMBERS,
		limits: documentedLimits,
		seedOf: (index) =>
			[{ cancelled: true }, { endsWithCycle: 2 }, { pricePlan: virtualOffice }][index - 100] ?? {},
	});
const WONT = { cancelled: 1, ending: 1, notEligible: 1 };
const WILL = CONTRACTS - 3;

const kindsAsked = (vendor: VirtualVendor) => {
	const count = (kind: string) => vendor.kinds.filter((one) => one === kind).length;
	return { sessions: count('exchange'), writes: count('pause') };
};

describe('1,000 contracts of 400 members, each in the session of its member', () => {
	it('are planned and paused under the documented limits, with one session for each', async () => {
		const vendor = vendorOfMany();
		let spent = since(vendor);
		const plan = await pauseForMembers(vendor, { dryRun: true });
		expect(tally(plan)).toEqual({ planned: WILL, ...WONT });
		expect(spent().minutes).toBeLessThan(18);
		expect(kindsAsked(vendor)).toEqual({ sessions: MEMBERS, writes: 0 });

		vendor.kinds.length = 0;
		spent = since(vendor);
		expect(tally(await pauseForMembers(vendor))).toEqual({ changed: WILL, ...WONT });
		// 60 writes a minute alone take 16 minutes and a half, two requests for each session seven.
		expect(spent().minutes).toBeLessThan(28);
		expect(spent().requests).toBeLessThan(PER_HOUR);
		expect(kindsAsked(vendor)).toEqual({ sessions: MEMBERS, writes: WILL });
		expect(vendor.world.committed).toHaveLength(WILL);
		expect(new Set(vendor.world.committed.map(({ contractId }) => contractId)).size).toBe(WILL);
	}, 180_000);

	it('are gone on with after a crash: only what is missing is sent', async () => {
		const vendor = vendorOfMany();
		const { committed } = vendor.world;
		const first = await pauseForMembers(vendor, { crashed: () => committed.length >= 400 });
		expect(tally(first).changed).toBeLessThanOrEqual(400);

		vendor.kinds.length = 0;
		const second = tally(await pauseForMembers(vendor));
		const done = WILL - second.changed;
		expect(second).toEqual({ changed: WILL - done, unchanged: done, ...WONT });
		// Those in flight when it crashed may have arrived after it.
		expect(done).toBeGreaterThanOrEqual(400);
		expect(done).toBeLessThanOrEqual(404);
		expect(kindsAsked(vendor).writes).toBe(second.changed);
		expect(new Set(committed.map(({ contractId }) => contractId)).size).toBe(WILL);
		expect(committed).toHaveLength(WILL);
	}, 180_000);
});
