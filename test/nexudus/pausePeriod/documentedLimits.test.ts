import { documentedLimits } from '../../../sandbox/vendor/throttle';
import { OperatorProcess, pauseFor, tally, VirtualVendor } from './virtualOperator';

const CONTRACTS = 1_000;
const MINUTE = 60_000;

/** What has happened between two looks. */
function since(vendor: VirtualVendor) {
	const { requests } = vendor;
	const { now } = vendor.time;
	return () => ({
		requests: vendor.requests - requests,
		minutes: (vendor.time.now - now) / MINUTE,
	});
}

const paused = ({ world }: VirtualVendor) =>
	new Set(world.committed.map(({ contractId }) => contractId)).size;

describe('1,000 contracts under the documented limits', () => {
	it('are frozen in the time of their writes, without one throttled request', async () => {
		const vendor = new VirtualVendor({ contracts: CONTRACTS, limits: documentedLimits });
		const first = new OperatorProcess(vendor);
		let spent = since(vendor);
		const plan = await first.run(pauseFor(vendor.ids, { dryRun: true }));
		expect(tally(plan)).toEqual({ planned: CONTRACTS });
		expect(spent().minutes).toBeLessThan(2);
		expect(vendor.world.committed).toHaveLength(0);

		spent = since(vendor);
		expect(tally(await first.run(pauseFor(vendor.ids)))).toEqual({ changed: CONTRACTS });
		// 60 writes a minute: 1,000 of them take 16 minutes and a half.
		expect(spent().minutes).toBeLessThan(18);
		expect(spent().requests).toBeLessThan(1_400);
		expect(vendor.throttled).toBe(0);
		expect(paused(vendor)).toBe(CONTRACTS);
		expect(vendor.world.committed).toHaveLength(CONTRACTS);
	}, 180_000);

	it('go on after a crash where they were: the rest is done, nothing twice', async () => {
		const vendor = new VirtualVendor({ contracts: CONTRACTS, limits: documentedLimits });
		const { committed } = vendor.world;
		const first = await new OperatorProcess(vendor).run(
			pauseFor(vendor.ids),
			() => committed.length >= 400,
		);
		expect(tally(first).changed).toBeLessThanOrEqual(400);

		const spent = since(vendor);
		const second = tally(await new OperatorProcess(vendor).run(pauseFor(vendor.ids)));
		const done = CONTRACTS - second.changed;
		expect(second).toEqual({ changed: CONTRACTS - done, unchanged: done });
		// Those in flight when it crashed may have arrived after it.
		expect(done).toBeGreaterThanOrEqual(400);
		expect(done).toBeLessThanOrEqual(404);
		expect(committed).toHaveLength(CONTRACTS);
		expect(paused(vendor)).toBe(CONTRACTS);
		expect(spent().minutes).toBeLessThan(13);
	}, 180_000);
});
