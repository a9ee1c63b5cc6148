import { createSandbox } from '../../sandbox/createSandbox';
import type { FaultCase } from './faultCase';
import { runCase, type CaseResult, type Processes } from './runCase';

/** Runs cases, so many at the same time, each with a stand-in to itself; results in their order. */
export async function runCases(
	cases: readonly FaultCase[],
	processes: Processes,
	{
		width = 12,
		ended,
	}: { width?: number; ended?: (result: CaseResult, index: number) => void } = {},
): Promise<CaseResult[]> {
	const results = new Array<CaseResult>(cases.length);
	let next = 0;
	const worker = async () => {
		const sandbox = await createSandbox();
		try {
			while (next < cases.length) {
				const index = next++;
				results[index] = await runCase(cases[index], sandbox, processes);
				ended?.(results[index], index);
			}
		} finally {
			await sandbox.close();
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, cases.length) }, worker));
	return results;
}
