import type { INodeType } from 'n8n-workflow';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import type { FaultCase } from './faultCase';
import { runCase, type CaseResult } from './runCase';

export interface Result extends CaseResult {
	/** Run once more because the fault had not struck. */
	retried: boolean;
}

interface Options {
	width?: number;
	ended?: (result: Result, index: number) => void;
}

/**
 * Runs cases, so many at the same time, each with a stand-in to itself; results in their order.
 * A case whose fault did not strike, as may be when the machine is busy, runs once more by itself;
 * but what it has shown to be wrong stays.
 */
export async function runCases(
	cases: readonly FaultCase[],
	node: INodeType,
	{ width = 12, ended }: Options = {},
): Promise<Result[]> {
	const results = new Array<Result>(cases.length);
	const alone: number[] = [];
	const all = cases.map((_, index) => index);
	await shared(all, Math.min(width, cases.length), async (index, sandbox) => {
		const result = await runCase(cases[index], sandbox, node);
		if (result.notStruck.length > 0 && !isWrong(result)) {
			alone.push(index);
			return;
		}
		results[index] = { ...result, retried: false };
		ended?.(results[index], index);
	});
	await shared(alone, 1, async (index, sandbox) => {
		results[index] = { ...(await runCase(cases[index], sandbox, node)), retried: true };
		ended?.(results[index], index);
	});
	return results;
}

const isWrong = ({ doubleEffects, wrongReports, lostItems, lostFields, leaks }: CaseResult) =>
	[doubleEffects, wrongReports, lostItems, lostFields, leaks].some((found) => found.length > 0);

async function shared(
	indices: readonly number[],
	width: number,
	run: (index: number, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		const sandbox = await createSandbox();
		try {
			while (next < indices.length) await run(indices[next++], sandbox);
		} finally {
			await sandbox.close();
		}
	};
	await Promise.all(Array.from({ length: width }, worker));
}
