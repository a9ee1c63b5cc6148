import type { ContenderName, Pacing } from './contenders';
import type { Runner } from './runner';
import type { Scene, StandIn, VendorView } from './standIn';
import type { TrialOrder, TrialResult } from './trial';

/** One run: what n8n measured, and what the vendor saw. */
export interface Measurement extends Omit<TrialResult, 'sample'>, VendorView {}

export interface Measured {
	measurement: Measurement;
	/** The first item, as JSON. */
	sample: string;
}

export interface Trial {
	node: ContenderName;
	scene: Scene;
	pacing: Pacing;
}

/** Runs one contender over a stand-in that begins anew. */
export async function measure(
	{ node, scene, pacing }: Trial,
	{ standIn, runner }: { standIn: StandIn; runner: Runner },
	more: Partial<TrialOrder> = {},
): Promise<Measured> {
	const contractIds = await standIn.prepare(scene);
	const token = await standIn.token();
	const order = { node, portal: standIn.url, token, contractIds, pacing, ...more };
	const { sample, ...result } = await runner.run(order);
	return { measurement: { ...result, ...(await standIn.view()) }, sample };
}
