import { OLDEST_READ } from './settings';

export interface Lane {
	/** When the last write of this lane came to its end (ms since 1970); 0 for none remembered. */
	lastWriteAt: number;
}

/** One thing changes at a time: the changes of a lane run in the order they were asked for. */
export class Lanes {
	private readonly tails = new Map<string, { tail: Promise<unknown>; lane: Lane; users: number }>();

	constructor(private readonly now: () => number) {}

	async inOrder<T>(key: string, work: (lane: Lane) => Promise<T>): Promise<T> {
		const entry = this.tails.get(key) ?? {
			tail: Promise.resolve(),
			lane: { lastWriteAt: 0 },
			users: 0,
		};
		this.tails.set(key, entry);
		entry.users += 1;
		const turn = entry.tail.then(async () => await work(entry.lane));
		entry.tail = turn.catch(() => undefined);
		try {
			return await turn;
		} finally {
			entry.users -= 1;
			this.sweep();
		}
	}

	/** Forgets idle lanes whose last write no usable read can predate, oldest first. */
	private sweep(): void {
		for (const [key, { users, lane }] of this.tails) {
			if (users > 0) continue;
			if (lane.lastWriteAt > this.now() - OLDEST_READ) return;
			this.tails.delete(key);
		}
	}
}
