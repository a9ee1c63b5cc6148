import { huntMutant } from './simulation/huntMutant';
import { failureText } from './simulation/report';
import { runHistories, scenariosOf, seedsFrom, traceOf } from './simulation/runHistories';
import { emptyCells } from './simulation/simulated';
import { SYSTEMS } from './simulation/systems';

jest.setTimeout(300_000);

describe.each(SYSTEMS.map((of) => [of.name, of] as const))(
	'The engine with %s, lived through on virtual time',
	(_, of) => {
		const engine = of.loadEngine();

		it(`keeps every property in ${of.tested} random histories`, async () => {
			const scenarios = scenariosOf(of, seedsFrom(1, of.tested));
			const tally = await runHistories({ of, engine, scenarios });
			expect(tally.failed === 0 ? '' : failureText(of, tally)).toBe('');
			expect(tally.histories).toBe(of.tested);
			const seldom = emptyCells(of, tally.hits).filter((cell) => !cell.endsWith('write again'));
			expect(seldom).toEqual([]);
			// What stays open is met, or the histories would prove nothing about it.
			for (const column of of.met) expect(tally.open[column]).toBeGreaterThan(0);
		});

		it('lives the same history for the same seed', async () => {
			const trace = async () => await traceOf(of, of.scenarioOf(7), engine);
			const twice = [await trace(), await trace()];
			expect(twice[0].length).toBeGreaterThan(3);
			expect(twice[0]).toEqual(twice[1]);
			const hash = async () =>
				(await runHistories({ of, engine, scenarios: scenariosOf(of, seedsFrom(1, 200)) })).hash;
			expect(await hash()).toBe(await hash());
		});

		describe('finds a mistake', () => {
			it.each(
				of.mutants.filter(({ rare }) => !rare).map((mutant) => [mutant.name, mutant] as const),
			)('that %s', async (_name, mutant) => {
				const { killedBy } = await huntMutant(of, mutant, 1);
				expect(killedBy).toBeDefined();
			});
		});
	},
);
