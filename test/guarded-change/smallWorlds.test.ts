import { loadEngine } from './simulation/engine';
import { runHistories } from './simulation/runHistories';
import { smallWorlds } from './simulation/smallWorlds';

jest.setTimeout(300_000);

describe('Two executions, one contract, one fault at any step, in each reading', () => {
	it('keep every property, in every small world there is', async () => {
		const tally = await runHistories({ engine: loadEngine(), scenarios: smallWorlds() });
		expect(tally.failures).toEqual([]);
		expect(tally.histories).toBeGreaterThan(20_000);
	});
});
