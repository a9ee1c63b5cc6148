import { loadEngine } from './simulation/engine';
import { huntMutant, MUTANTS } from './simulation/mutants';
import { emptyCells, OPEN_COLUMNS } from './simulation/properties';
import { failureText } from './simulation/report';
import { runHistories, scenariosOf, seedsFrom, traceOf } from './simulation/runHistories';
import { scenarioOf } from './simulation/scenario';

jest.setTimeout(300_000);
const engine = loadEngine();

describe('The engine, lived through on virtual time', () => {
	it('keeps every property in 5 000 random histories', async () => {
		const tally = await runHistories({ engine, scenarios: scenariosOf(seedsFrom(1, 5_000)) });
		expect(tally.failed === 0 ? '' : failureText(tally)).toBe('');
		expect(tally.histories).toBe(5_000);
		const seldom = emptyCells(tally.hits).filter((cell) => !cell.endsWith('write again'));
		expect(seldom).toEqual([]);
		// What stays open is met, or the histories would prove nothing about it.
		expect(tally.open[OPEN_COLUMNS[0]]).toBeGreaterThan(0);
		expect(tally.open[OPEN_COLUMNS[1]]).toBeGreaterThan(0);
	});

	it('lives the same history for the same seed', async () => {
		const twice = [await traceOf(scenarioOf(7), engine), await traceOf(scenarioOf(7), engine)];
		expect(twice[0].length).toBeGreaterThan(3);
		expect(twice[0]).toEqual(twice[1]);
		const hash = async () =>
			(await runHistories({ engine, scenarios: scenariosOf(seedsFrom(1, 200)) })).hash;
		expect(await hash()).toBe(await hash());
	});
});

describe('A mistake in the engine is found', () => {
	it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('that %s', async (_, mutant) => {
		const { killedBy } = await huntMutant(mutant, 1);
		expect(killedBy).toBeDefined();
	});
});
