import type { ContenderName } from './contenders';
import { measure, type Measurement } from './measure';
import { median } from './median';
import type { NullWork } from './nullNodes';
import { Runner } from './runner';
import { StandIn } from './standIn';

/** From few items to many: what does one item cost? */
export interface SizeRow {
	items: number;
	pause: Measurement;
	http: Measurement;
	/** CPU time of our node for one item beyond a null node that makes the same helper calls, in ms. */
	ownCpuPerItem: number;
	/** Live heap beyond a null node that emits the same items, in bytes. */
	ownHeap: number;
	httpHeap: number;
}

const LATENCY = 20;

/** Every measurement in a fresh process. */
export async function size(items: number, repeats: number): Promise<SizeRow> {
	const standIn = await StandIn.start();
	const scene = { contracts: items, latency: LATENCY };
	const fresh = async (node: ContenderName, watchHeap = false) =>
		await inFreshProcess(async (runner) => {
			const trial = { node, scene, pacing: 'off' } as const;
			return await measure(trial, { standIn, runner }, { watchHeap });
		});
	const nothing = async (nullWork: NullWork, watchHeap = false) =>
		await inFreshProcess(async (runner) => {
			const contractIds = await standIn.prepare(scene);
			const pacing = 'off' as const;
			const order = { node: 'null', portal: standIn.url, token: '', contractIds, pacing } as const;
			return await runner.run({ ...order, nullWork, watchHeap });
		});

	const own: number[] = [];
	const pauses: Measurement[] = [];
	let sample = '{}';
	for (let repeat = 0; repeat < repeats; repeat++) {
		const { measurement: pause, ...measured } = await fresh('nexudusPause');
		({ sample } = measured);
		const requests = await standIn.sent();
		const null_ = await nothing({ sample, portal: standIn.url, requests });
		own.push((pause.cpuMs - null_.cpuMs) / items);
		pauses.push(pause);
	}
	const byTime = [...pauses].sort((a, b) => a.ms - b.ms);
	const pause = byTime[Math.floor(repeats / 2)] as Measurement;
	const { measurement: http } = await fresh('httpPlain');

	const { measurement: heap } = await fresh('nexudusPause', true);
	const { measurement: httpHeap } = await fresh('httpPlain', true);
	const emitted = await nothing({ sample, portal: standIn.url, requests: [] }, true);
	standIn.close();
	return {
		items,
		pause,
		http,
		ownCpuPerItem: median(own),
		ownHeap: heap.peakHeap - emitted.peakHeap,
		httpHeap: httpHeap.peakHeap,
	};
}

async function inFreshProcess<T>(work: (runner: Runner) => Promise<T>): Promise<T> {
	const runner = await Runner.start();
	try {
		return await work(runner);
	} finally {
		runner.close();
	}
}
