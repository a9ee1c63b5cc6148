import type { Lane, Lanes, Place } from './lanes';

/**
 * Where one change stands: first in its own lane, then also in the one that it shares with changes
 * of other kinds. Nobody waits for an own lane while in a shared one, and nobody for one shared lane
 * while in another, so no two can wait for each other.
 */
export class Line implements Lane {
	private own: Place | undefined;
	private shared: Place | undefined;

	/** @param rests told while it must wait; what it returns is called when it goes on. */
	constructor(
		private readonly lanes: Lanes,
		private readonly rests: () => (() => void) | undefined,
	) {}

	/** The latest end of a write in any of its lanes. */
	get lastWriteAt(): number {
		return Math.max(...this.places().map(({ lane }) => lane.lastWriteAt));
	}

	set lastWriteAt(at: number) {
		for (const { lane } of this.places()) lane.lastWriteAt = at;
	}

	async begin(ownLane: string): Promise<void> {
		this.own = this.lanes.enter(ownLane);
		await this.turnOf(this.own);
	}

	/** True where it stands in this lane only from now on, so that what it knows may be old. */
	async alsoIn(sharedLane: string): Promise<boolean> {
		if (this.places().some(({ key }) => key === sharedLane)) return false;
		this.shared?.leave();
		this.shared = this.lanes.enter(sharedLane);
		await this.turnOf(this.shared);
		return true;
	}

	leave(): void {
		for (const place of this.places()) place.leave();
	}

	private places(): Place[] {
		return [this.own, this.shared].filter((place) => place !== undefined);
	}

	private async turnOf({ mustWait, turn }: Place): Promise<void> {
		const goOn = mustWait ? this.rests() : undefined;
		await turn;
		goOn?.();
	}
}
