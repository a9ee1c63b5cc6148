/** ms */
const RSS_EVERY = 20;
const HEAP_EVERY = 250;

export interface MemoryPeaks {
	/** Bytes of resident memory beyond the beginning. */
	peakRss: number;
	/** Bytes of live heap beyond the beginning; 0 where it was not watched. */
	peakHeap: number;
}

/**
 * Watches the memory of this process. The heap is looked at right after a garbage collection, so
 * that only what is really held counts; this needs --expose-gc.
 */
export function watchMemory(watchHeap: boolean): { stop(): MemoryPeaks } {
	const { gc } = globalThis;
	gc?.();
	const begun = process.memoryUsage();
	const peaks: MemoryPeaks = { peakRss: 0, peakHeap: 0 };
	const lookAtRss = () => {
		peaks.peakRss = Math.max(peaks.peakRss, process.memoryUsage.rss() - begun.rss);
	};
	const lookAtHeap = () => {
		gc?.();
		const { heapUsed, external } = process.memoryUsage();
		const held = heapUsed + external - begun.heapUsed - begun.external;
		peaks.peakHeap = Math.max(peaks.peakHeap, held);
	};
	const look = watchHeap ? lookAtHeap : lookAtRss;
	const timer = setInterval(look, watchHeap ? HEAP_EVERY : RSS_EVERY);
	return {
		stop() {
			clearInterval(timer);
			look();
			return peaks;
		},
	};
}
