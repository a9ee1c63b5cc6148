import { NEXUDUS } from './simulation/nexudus';
import { runHistories } from './simulation/runHistories';
import { smallWorlds } from './simulation/smallWorlds';

jest.setTimeout(300_000);

describe('Two executions, one contract, one fault at any step, in each reading', () => {
	it('keep every property, in every small world there is', async () => {
		const engine = NEXUDUS.loadEngine();
		const tally = await runHistories({ of: NEXUDUS, engine, scenarios: smallWorlds() });
		expect(tally.failures).toEqual([]);
		expect(tally.histories).toBeGreaterThan(20_000);
	});
});
