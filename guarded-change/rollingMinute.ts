const MINUTE = 60_000;

/** The ends of the requests of the last minute, oldest first; adding and counting cost next to nothing. */
export class RollingMinute {
	private ends: number[] = [];
	private head = 0;

	/** @param at ms since 1970, never before the one added last */
	add(at: number): void {
		this.ends.push(at);
		this.forget(at);
	}

	count(now: number): number {
		this.forget(now);
		return this.ends.length - this.head;
	}

	/** When the `n`th oldest (1 is the oldest) leaves the minute; Infinity where there are fewer. */
	leaves(n: number, now: number): number {
		this.forget(now);
		return (this.ends[this.head + n - 1] ?? Infinity) + MINUTE;
	}

	private forget(now: number): void {
		while (this.head < this.ends.length && this.ends[this.head] <= now - MINUTE) this.head += 1;
		if (this.head > 64 && this.head * 2 > this.ends.length) {
			this.ends = this.ends.slice(this.head);
			this.head = 0;
		}
	}
}
