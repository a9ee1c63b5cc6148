import { carryOut } from './carryOut';
import type { Change, Outcome, System } from './change';
import { Doubts } from './doubts';
import { runAll } from './runAll';
import type { PaceLimits, RequestSettings } from './settings';
import type { Run } from './world';

export interface ItemChange<C extends Change> {
	change: C;
	settings: RequestSettings;
}

export interface ChangeMany<C extends Change, S> {
	changes: ReadonlyArray<ItemChange<C>>;
	run: Run;
	limits: PaceLimits;
	/** Makes the system for this run; `width` is how many items are at work at the most. */
	system(width: number): BulkSystem<C, S>;
	/** Told once for every change, as soon as its outcome is known; `index` is its place. */
	ended(outcome: Outcome<S>, index: number): void;
}

/** A system that may read for many items at once. */
export interface BulkSystem<C extends Change, S> extends System<C, S> {
	/** An item is at work from now on. */
	begins?(change: C): void;
	/** It has come to its end: others may wait for its company no longer. */
	ends?(change: C): void;
}

/** Items at work for each request in flight: enough that one read of a list serves many. */
const ITEMS_PER_REQUEST = 4;
const FEWEST_AT_WORK = 24;
const MOST_AT_WORK = 400;

/** How many items are at work at the same time. Long runs read longer lists, so more items share one. Pure. */
function widthOf(items: number, concurrency: number): number {
	const wide = Math.max(FEWEST_AT_WORK, concurrency * ITEMS_PER_REQUEST, Math.ceil(items / 25));
	return Math.min(wide, MOST_AT_WORK);
}

/** Carries out the changes of one run. Keeps no outcome: what `ended` does not keep is gone. */
export async function changeMany<C extends Change, S>(options: ChangeMany<C, S>): Promise<void> {
	const { changes, run, limits } = options;
	const width = widthOf(changes.length, limits.concurrency);
	const system = options.system(width);
	const { pacer } = run.memory.paceOf(run.account);
	const doubts = new Doubts(
		() => run.failuresLeft(),
		() => pacer.nudge(),
	);

	await runAll<ItemChange<C>, void>({
		items: changes,
		width,
		stopped: () => run.stopped(),
		skipped: (_, index) => options.ended(notTried<S>(), index),
		work: async ({ change, settings }, index) => {
			system.begins?.(change);
			const doubt = doubts.ofItem();
			options.ended(await carryOut(change, { system, run, limits, settings, doubt }), index);
			// A failure is counted before others may write again.
			doubt.clear();
			system.ends?.(change);
		},
	});
}

function notTried<S>(): Outcome<S> {
	return {
		outcome: 'notTried',
		verification: 'notRead',
		sameAsAsked: null,
		before: null,
		after: null,
		plan: null,
		attempts: [],
		reason: { code: 'stopped' },
	};
}
