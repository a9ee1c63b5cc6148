import { Nexudus } from '../../embedded-n8n/nexudus';
import { READINGS, type FaultCase } from './faultCase';
import type { Fault } from './faults';
import { runCases } from './runCases';
import { failuresOf, hasPassed } from './table';

const node = new Nexudus();
const caseOf = (arrange: Fault['arrange']): FaultCase => ({
	fault: { name: 'made up', group: 'write', arrange },
	operation: 'pause',
	reading: READINGS[0],
	way: 'customer',
	memory: 'new',
	mode: 'continueRegularOutput',
	contracts: 1,
});

const run = async (arrange: Fault['arrange']) => {
	const faultCase = caseOf(arrange);
	const [result] = await runCases([faultCase], node);
	return { faultCase, result };
};

it('a fault that does not strike fails its case, after one more try', async () => {
	const row = await run(({ order }) => order({ kind: 'html', route: 'resume' }));
	expect(row.result).toMatchObject({ retried: true, told: ['changed', 'unchanged'] });
	expect(failuresOf(row)).toEqual(['did not strike: html at resume']);
	expect(hasPassed([row])).toBe(false);
});

it('a fault that strikes at the second try alone is counted as retried', async () => {
	let tries = 0;
	const row = await run(({ order }) =>
		order({ kind: 'html', route: ++tries === 1 ? 'resume' : 'pause' }),
	);
	expect(row.result.retried).toBe(true);
	expect(hasPassed([row])).toBe(true);
});

it('no cases are no pass', () => expect(hasPassed([])).toBe(false));
