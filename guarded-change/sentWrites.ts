import type { SentWrite } from './change';

/** More lanes than this are not remembered; the oldest goes first. */
const MOST_LANES = 10_000;

/**
 * Writes of this process whose end no read has told. Where a vendor hides a scheduled pause, this
 * is all that stands between a repeated call and a second effect. Lost when the process ends.
 */
export class SentWrites {
	private readonly lanes = new Map<string, SentWrite[]>();

	/** The unsettled writes of a lane that can still be hidden. */
	of(lane: string, now: number): readonly SentWrite[] {
		const held = this.lanes.get(lane);
		if (!held) return [];
		const open = held.filter((write) => write.keepUntil > now);
		this.put(lane, open);
		return open;
	}

	/** Takes the place of those that it replaces: an earlier one of the same change, unless told otherwise. */
	add(
		lane: string,
		write: SentWrite,
		replaces = (other: SentWrite) => other.key === write.key,
	): void {
		const others = (this.lanes.get(lane) ?? []).filter((other) => !replaces(other));
		// Deleting first keeps the map in the order of the last write, which is the order of forgetting.
		this.lanes.delete(lane);
		this.put(lane, [...others, write]);
		if (this.lanes.size > MOST_LANES) {
			const [oldest] = this.lanes.keys();
			this.lanes.delete(oldest);
		}
	}

	/** Forgets the writes of a lane for which `settled` holds. */
	settle(lane: string, settled: (write: SentWrite) => boolean): void {
		const held = this.lanes.get(lane);
		if (held)
			this.put(
				lane,
				held.filter((write) => !settled(write)),
			);
	}

	private put(lane: string, writes: SentWrite[]): void {
		if (writes.length > 0) this.lanes.set(lane, writes);
		else this.lanes.delete(lane);
	}
}
