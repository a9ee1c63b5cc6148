import { documentedLimits } from '../../../sandbox/vendor/throttle';
import {
	OperatorProcess,
	pauseFor,
	since,
	tally,
	VirtualVendor,
	type Asked,
} from './virtualOperator';

const CONTRACTS = 1_000;

/** A few of them cannot be paused for August. */
const vendorOfMany = () =>
	new VirtualVendor({
		contracts: CONTRACTS,
		members: 400,
		limits: documentedLimits,
		seedOf: (index) =>
			[{ cancelled: true }, { endsWithCycle: 2 }, { currentCycleFrom: '2027-06-08' }][
				index - 100
			] ?? {},
	});
const WONT = { cancelled: 1, ending: 1, offCycle: 1 };
const WILL = CONTRACTS - 3;

const paused = ({ world }: VirtualVendor) =>
	new Set(world.committed.map(({ contractId }) => contractId)).size;

describe('1,000 contracts of 400 members under the documented limits', () => {
	it('are frozen in the time of their writes, without one throttled request', async () => {
		const vendor = vendorOfMany();
		const first = new OperatorProcess(vendor);
		let spent = since(vendor);
		const plan = await first.run(pauseFor(vendor.ids, { dryRun: true }));
		expect(tally(plan)).toEqual({ planned: WILL, ...WONT });
		expect(spent().minutes).toBeLessThan(2);
		expect(vendor.world.committed).toHaveLength(0);

		spent = since(vendor);
		expect(tally(await first.run(pauseFor(vendor.ids)))).toEqual({ changed: WILL, ...WONT });
		// 60 writes a minute: 1,000 of them take 16 minutes and a half.
		expect(spent().minutes).toBeLessThan(18);
		expect(spent().requests).toBeLessThan(1_400);
		expect(vendor.throttled).toBe(0);
		expect(paused(vendor)).toBe(WILL);
		expect(vendor.world.committed).toHaveLength(WILL);
	}, 180_000);

	it('go on after a crash where they were: the rest is done, nothing twice', async () => {
		const vendor = vendorOfMany();
		const { committed } = vendor.world;
		const first = await new OperatorProcess(vendor).run(
			pauseFor(vendor.ids),
			() => committed.length >= 400,
		);
		expect(tally(first).changed).toBeLessThanOrEqual(400);

		const spent = since(vendor);
		const second = tally(await new OperatorProcess(vendor).run(pauseFor(vendor.ids)));
		const done = WILL - second.changed;
		expect(second).toEqual({ changed: WILL - done, unchanged: done, ...WONT });
		// Those in flight when it crashed may have arrived after it.
		expect(done).toBeGreaterThanOrEqual(400);
		expect(done).toBeLessThanOrEqual(404);
		expect(committed).toHaveLength(WILL);
		expect(paused(vendor)).toBe(WILL);
		expect(spent().minutes).toBeLessThan(13);
	}, 180_000);
});

describe('40 pauses of one contract among those of 200 others under the documented limits', () => {
	const month = (number: number) => new Date(Date.UTC(2027, number, 1)).toISOString().slice(0, 10);

	it('are made, made longer and deleted one after the other, and nobody waits for them', async () => {
		const vendor = new VirtualVendor({
			contracts: 201,
			limits: documentedLimits,
			readings: { overlappingPeriods: 'accepted' },
		});
		const [many, ...others] = vendor.ids;
		const process = new OperatorProcess(vendor);
		const periods = (id: number) => vendor.world.contracts.get(id)!.pauses;
		const run = async (asked: Asked[]) => {
			const spent = since(vendor);
			const ended = tally(await process.run(asked));
			return { ended, ...spent() };
		};

		const made = await run([
			...Array.from({ length: 40 }, (_, i) =>
				pauseFor([many], { from: month(7 + 2 * i), until: month(8 + 2 * i) }),
			).flat(),
			...pauseFor(others),
		]);
		expect(made.ended).toEqual({ changed: 240 });
		expect(periods(many)).toHaveLength(40);

		const dates = { onOffCycleDate: 'refuse', dryRun: false } as const;
		const longer = await run(
			[many, ...others].flatMap((id) =>
				periods(id).map(({ id: pausePeriodId = 0, until }) => ({
					operation: 'update' as const,
					...dates,
					pausePeriodId,
					until: month((Number(until.slice(0, 4)) - 2027) * 12 + Number(until.slice(5, 7))),
				})),
			),
		);
		expect(longer.ended).toEqual({ changed: 240 });
		const days = periods(many);
		for (let i = 1; i < days.length; i++) expect(days[i].from >= days[i - 1].until).toBe(true);

		const gone = await run(
			[many, ...others].flatMap((id) =>
				periods(id).map(({ id: pausePeriodId = 0 }) => ({
					operation: 'delete' as const,
					pausePeriodId,
					ifAlreadyDeleted: 'unchanged' as const,
					dryRun: false,
				})),
			),
		);
		expect(gone.ended).toEqual({ changed: 240 });
		// 240 writes take four minutes at the vendor's limit.
		for (const { minutes, requests } of [made, longer, gone]) {
			expect(minutes).toBeLessThan(6);
			expect(requests).toBeLessThan(600);
		}
		expect(vendor.throttled).toBe(0);
	}, 120_000);
});
