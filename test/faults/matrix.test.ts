import { Nexudus } from '../../embedded-n8n/nexudus';
import { OPERATIONS, READINGS, type Way } from './faultCase';
import { faults } from './faults';
import { representativePart, wholeMatrix } from './matrix';
import { runCases } from './runCases';
import { failuresOf, totalsOf, type Row } from './table';

describe('a representative part of the fault matrix, through the n8n engine', () => {
	const cases = representativePart();
	let rows: Row[];
	beforeAll(async () => {
		const results = await runCases(cases, new Nexudus());
		rows = results.map((result, index) => ({ faultCase: cases[index], result }));
	}, 180_000);

	it('has no double effect, wrong report or lost item, and every fault struck', () => {
		const bad = rows.filter((row) => failuresOf(row).length > 0);
		expect(bad.map((row) => `${row.result.name}: ${failuresOf(row).join('; ')}`)).toEqual([]);
	});

	it('counts a resume at end apart that was repeated without memory and changed nothing', () => {
		const repeated = rows.filter(({ result }) => result.repeatedWithoutEffect.length > 0);
		expect(repeated.length).toBeGreaterThan(0);
		for (const { faultCase } of repeated) {
			expect(faultCase).toMatchObject({ operation: 'resumeAtEnd', memory: 'lost' });
		}
	});

	it('counts the open column apart: there a second effect is possible', () => {
		const { openCases, openDoubleEffects } = totalsOf(rows);
		expect(openCases).toBeGreaterThan(0);
		expect(openDoubleEffects).toBeGreaterThan(0);
	});

	it('judges every fault in every operation', () => {
		const single = rows.filter(({ faultCase }) => faultCase.contracts === 1);
		const faultsOf = (operation: string, way: Way) =>
			new Set(
				single.flatMap((row) =>
					row.faultCase.operation === operation && row.faultCase.way === way
						? [row.faultCase.fault]
						: [],
				),
			);
		const wanted = faults.filter(({ bulk }) => bulk !== 'only');
		for (const operation of OPERATIONS) {
			const common = wanted.filter(({ way }) => way === undefined);
			expect(faultsOf(operation, 'customer').size).toBe(common.length);
			expect(faultsOf(operation, 'operator').size).toBe(wanted.length);
		}
		expect(wanted.length).toBeGreaterThanOrEqual(30);
	});

	it('judges every reading with every operation', () => {
		for (const operation of OPERATIONS) {
			const seen = new Set(
				cases.filter((one) => one.operation === operation).map(({ reading }) => reading),
			);
			expect(seen.size).toBe(READINGS.length);
		}
	});

	it('tells outcomes of every kind', () => {
		const told = new Set(rows.flatMap(({ result }) => result.told));
		for (const outcome of ['changed', 'accepted', 'unchanged', 'refused', 'failed', 'unknown']) {
			expect(told).toContain(outcome);
		}
	});
});

it('the whole matrix has no case twice', () => {
	const all = wholeMatrix();
	const keys = all.map((one) => JSON.stringify({ ...one, fault: one.fault.name }));
	expect(new Set(keys).size).toBe(all.length);
});
