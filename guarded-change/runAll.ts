/** Many items in one run: so many at work at the same time, in order of their start. */
export interface RunAll<T, R> {
	items: readonly T[];
	/** Items at work at the same time. */
	width: number;
	/** Never throws. */
	work(item: T, index: number): Promise<R>;
	/** No new item begins once this is true; `skipped` gives its result. */
	stopped(): boolean;
	skipped(item: T, index: number): R;
}

/** Results in the order of the items. */
export async function runAll<T, R>(plan: RunAll<T, R>): Promise<R[]> {
	const results = new Array<R>(plan.items.length);
	let next = 0;
	const worker = async () => {
		while (next < plan.items.length) {
			const index = next++;
			const item = plan.items[index];
			results[index] = plan.stopped() ? plan.skipped(item, index) : await plan.work(item, index);
		}
	};
	const workers = Math.min(Math.max(1, plan.width), plan.items.length);
	await Promise.all(Array.from({ length: workers }, worker));
	return results;
}
