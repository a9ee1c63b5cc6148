import { OLDEST_READ } from './settings';

export interface Lane {
	/** When the last write of this lane came to its end, or the read that showed it had left (ms since 1970); 0 for none remembered. */
	lastWriteAt: number;
}

/** A place in the line of one lane. */
export interface Place {
	readonly key: string;
	readonly lane: Lane;
	/** Somebody else stands before it. */
	readonly mustWait: boolean;
	/** Resolves when everybody before it has left. */
	readonly turn: Promise<void>;
	/** Lets the next one go on. To be told once, in the end. */
	leave(): void;
}

interface Entry {
	tail: Promise<void>;
	lane: Lane;
	users: number;
}

/** One thing changes at a time: the changes of a lane run in the order they were asked for. */
export class Lanes {
	private readonly entries = new Map<string, Entry>();

	constructor(private readonly now: () => number) {}

	/** The last place in the line of a lane. */
	enter(key: string): Place {
		const entry = this.entries.get(key) ?? {
			tail: Promise.resolve(),
			lane: { lastWriteAt: 0 },
			users: 0,
		};
		this.entries.set(key, entry);
		const turn = entry.tail;
		let end: () => void = () => undefined;
		entry.tail = new Promise((resolve) => (end = resolve));
		entry.users += 1;
		return {
			key,
			lane: entry.lane,
			mustWait: entry.users > 1,
			turn,
			leave: () => {
				end();
				entry.users -= 1;
				this.sweep();
			},
		};
	}

	/** Forgets idle lanes whose last write no usable read can predate, oldest first. */
	private sweep(): void {
		for (const [key, { users, lane }] of this.entries) {
			if (users > 0) continue;
			if (lane.lastWriteAt > this.now() - OLDEST_READ) return;
			this.entries.delete(key);
		}
	}
}
