/** Limits of one client; 0 switches a limit off. */
export interface ThrottleLimits {
	requestsPerMinute: number;
	/** POST, PUT and DELETE. */
	writesPerMinute: number;
	minSpacingMs: number;
	/** Length of the rolling "minute"; shorter in tests. */
	windowMs: number;
}

/** developers.nexudus.com api-limitations: 1 request in 100 ms, 120 and 60 writes a minute [D]. */
export const documentedLimits: ThrottleLimits = {
	requestsPerMinute: 120,
	writesPerMinute: 60,
	minSpacingMs: 100,
	windowMs: 60_000,
};

export const noLimits: ThrottleLimits = {
	requestsPerMinute: 0,
	writesPerMinute: 0,
	minSpacingMs: 0,
	windowMs: 60_000,
};

/** Times of one client's requests that were let through, in order. */
class Window {
	private times: number[] = [];
	private first = 0;

	add(time: number): void {
		this.times.push(time);
	}

	last(): number | undefined {
		return this.times.at(-1);
	}

	/** How long until one more fits under the limit; 0 when it fits now. */
	waitFor(limit: number, windowMs: number, now: number): number {
		while ((this.times[this.first] ?? Infinity) <= now - windowMs) this.first++;
		if (this.first > 1000) {
			this.times = this.times.slice(this.first);
			this.first = 0;
		}
		const excess = this.times.length - this.first - limit;
		if (limit === 0 || excess < 0) return 0;
		const mustLeave = this.times[this.first + excess] ?? now;
		return mustLeave + windowMs - now;
	}
}

/**
 * Lets requests through in a rolling window, by client. It measures real time, because a client
 * that waits for `Retry-After` waits in real time, whatever the vendor's clock was moved to. A
 * refused request does not count; whether it does at the vendor is not documented [?].
 */
export class Throttle {
	private readonly clients = new Map<string, { all: Window; writes: Window }>();

	constructor(public limits: ThrottleLimits) {}

	/**
	 * @param now real time in ms
	 * @returns the seconds for `Retry-After`, at least 1; 0 when the request may pass
	 */
	admit(client: string, isWrite: boolean, now: number): number {
		const { requestsPerMinute, writesPerMinute, minSpacingMs, windowMs } = this.limits;
		if (requestsPerMinute + writesPerMinute + minSpacingMs === 0) return 0;
		let windows = this.clients.get(client);
		if (!windows) {
			windows = { all: new Window(), writes: new Window() };
			this.clients.set(client, windows);
		}
		const last = windows.all.last();
		const wait = Math.max(
			windows.all.waitFor(requestsPerMinute, windowMs, now),
			isWrite ? windows.writes.waitFor(writesPerMinute, windowMs, now) : 0,
			last === undefined ? 0 : last + minSpacingMs - now,
		);
		if (wait > 0) return Math.ceil(wait / 1000);
		windows.all.add(now);
		if (isWrite) windows.writes.add(now);
		return 0;
	}

	forget(): void {
		this.clients.clear();
	}
}
