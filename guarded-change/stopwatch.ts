/** The time an item has used of its deadline: waits for pace and throttle are taken off. */
export class Stopwatch {
	private startedAt: number | undefined;
	private excluded = 0;

	constructor(private readonly now: () => number) {}

	/** Starts with the first request of the item; later calls do nothing. */
	start(): void {
		this.startedAt ??= this.now();
	}

	/** Takes off a wait that has just ended. One before the start is not counted anyway. */
	exclude(ms: number): void {
		if (this.startedAt !== undefined) this.excluded += ms;
	}

	/** Would waiting `ms` more end after the deadline? A deadline of 0 never ends. */
	passes(deadline: number, ms = 0): boolean {
		if (deadline <= 0 || this.startedAt === undefined) return false;
		return this.now() - this.startedAt - this.excluded + ms > deadline;
	}
}
