import { Nexudus } from '../../embedded-n8n/nexudus';
import {
	CONTRACT_OPERATIONS,
	PERIOD_OPERATIONS,
	mayRepeat,
	readingsOf,
	type Operation,
} from './faultCase';
import { meets } from './fault';
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
	}, 400_000);

	it('has no double effect, wrong report, lost item or secret let out, and every fault struck', () => {
		const bad = rows.filter((row) => failuresOf(row).length > 0);
		expect(bad.map((row) => `${row.result.name}: ${failuresOf(row).join('; ')}`)).toEqual([]);
	});

	it('counts a write apart that was repeated for want of knowledge and changed nothing', () => {
		const repeated = rows.filter(({ result }) => result.repeatedWithoutEffect.length > 0);
		expect(repeated.length).toBeGreaterThan(0);
		for (const { faultCase } of repeated) expect(mayRepeat(faultCase)).toBe(true);
	});

	it('counts the open column apart: there a second effect is possible', () => {
		const { openCases, openDoubleEffects } = totalsOf(rows);
		expect(openCases).toBeGreaterThan(0);
		expect(openDoubleEffects).toBeGreaterThan(0);
	});

	it('judges every fault in every operation that meets it', () => {
		const faultsOf = (operation: Operation, way: string) =>
			new Set(
				cases.flatMap((one) =>
					one.contracts === 1 && one.operation === operation && one.way === way ? [one.fault] : [],
				),
			);
		const wanted = (operation: Operation, byOperator: boolean) =>
			faults.filter(
				(fault) =>
					fault.bulk !== 'only' &&
					(byOperator || fault.way === undefined) &&
					meets(fault, operation),
			);
		for (const operation of CONTRACT_OPERATIONS) {
			expect(faultsOf(operation, 'customer').size).toBe(wanted(operation, false).length);
			expect(wanted(operation, false).length).toBeGreaterThanOrEqual(100);
		}
		for (const operation of [...CONTRACT_OPERATIONS, ...PERIOD_OPERATIONS]) {
			expect(faultsOf(operation, 'operator').size).toBe(wanted(operation, true).length);
			expect(wanted(operation, true).length).toBeGreaterThanOrEqual(100);
		}
	});

	it('judges every reading with every operation', () => {
		for (const operation of [...CONTRACT_OPERATIONS, ...PERIOD_OPERATIONS]) {
			const seen = new Set(
				cases.filter((one) => one.operation === operation).map(({ reading }) => reading),
			);
			expect(seen.size).toBe(readingsOf(operation).length);
		}
	});

	it('counts apart what a whole record puts back of another hand', () => {
		const putBack = rows.filter(({ result }) => result.overwritten.length > 0);
		expect(putBack.length).toBeGreaterThan(0);
		for (const { faultCase } of putBack) expect(faultCase.fault.overwrites).toBe(true);
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
