/**
 * Writes of a run whose reply may turn out to be a failure. Where the run stops after failures, no
 * further write begins while so many are in doubt that they could be the last ones allowed.
 */
export class Doubts {
	private raised = 0;

	constructor(
		private readonly failuresLeft: () => number,
		private readonly cleared: () => void,
	) {}

	/** The view of one item: its own doubt holds the others, not itself. */
	ofItem(): ItemDoubt {
		let mine = 0;
		return {
			raise: () => {
				this.raised += 1 - mine;
				mine = 1;
			},
			clear: () => {
				if (mine === 0) return;
				this.raised -= 1;
				mine = 0;
				this.cleared();
			},
			held: () => this.raised > mine && this.raised - mine >= this.failuresLeft(),
		};
	}
}

export interface ItemDoubt {
	raise(): void;
	clear(): void;
	/** The item's write has to wait for the others' doubts. */
	held(): boolean;
}
