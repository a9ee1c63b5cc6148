/** Something to come; one that is off does not happen. */
export interface Timer {
	off: boolean;
}

interface Event extends Timer {
	at: number;
	order: number;
	happen: () => void;
}

/** Time that passes only from event to event; a binary heap holds what is to come. */
export class VirtualTime {
	/** ms since 1970 */
	now: number;
	private readonly heap: Event[] = [];
	private order = 0;

	constructor(start: number) {
		this.now = start;
	}

	/** Events of the same instant happen in the order in which they were asked for. */
	in(ms: number, happen: () => void): Timer {
		const { heap } = this;
		const event = { at: this.now + Math.max(0, ms), order: this.order++, happen, off: false };
		let i = heap.length;
		heap.push(event);
		while (i > 0) {
			const parent = (i - 1) >> 1;
			if (!before(event, heap[parent])) break;
			heap[i] = heap[parent];
			i = parent;
		}
		heap[i] = event;
		return event;
	}

	/** Lets the next event happen; false when there is none. Microtasks are for the caller to drain. */
	step(): boolean {
		for (;;) {
			const first = this.take();
			if (first === undefined) return false;
			if (first.off) continue;
			this.now = first.at;
			first.happen();
			return true;
		}
	}

	private take(): Event | undefined {
		const { heap } = this;
		const first = heap[0];
		if (first === undefined) return undefined;
		const last = heap.pop() as Event;
		if (heap.length > 0) {
			let i = 0;
			for (;;) {
				let child = 2 * i + 1;
				if (child >= heap.length) break;
				if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child += 1;
				if (!before(heap[child], last)) break;
				heap[i] = heap[child];
				i = child;
			}
			heap[i] = last;
		}
		return first;
	}
}

function before(a: Event, b: Event): boolean {
	return a.at < b.at || (a.at === b.at && a.order < b.order);
}
