import {
	ended,
	freshPace,
	started,
	throttled,
	waitFor,
	waitForWrites,
	type RequestKind,
} from './pace';
import type { PaceLimits } from './settings';

export interface Turn {
	/** Milliseconds waited for it. */
	waited: number;
	startedAt: number;
	/** The request has come to its end, whatever the end. */
	done(): void;
	/** Nothing was sent. */
	giveBack(): void;
	/** The vendor throttled this request: nothing goes out for `wait` ms. To be told before `done`. */
	throttled(wait: number): void;
}

/** The vendor's wait ends later than the caller wants to wait. */
export interface NoTurn {
	tooLongUntil: number;
	waited: number;
}

/** Who may pass it besides the pace: requests that share a session wait here while it is renewed. */
export interface Gate {
	mayPass(): boolean;
	/** Told in the moment a turn is given, and when that turn has ended. */
	passed(): void;
	left(): void;
}

export interface TurnRequest {
	kind: RequestKind;
	limits: PaceLimits;
	/** There is no turn where the vendor's wait ends later than this many ms from now. */
	longestWait: number;
	/** Before the others: what it rests on went stale while it stood in line, or soon will. */
	front?: boolean;
	gate?: Gate;
	/** Waits while this is true, without holding up others. */
	held?: () => boolean;
	/** Given up at once when this turns true. */
	stopped: () => boolean;
}

interface Waiting extends TurnRequest {
	since: number;
	resolve: (turn: Turn | NoTurn) => void;
}

/**
 * Lets the requests of one account at one vendor go, in line, across all runs of this process:
 * reads first, then writes.
 */
export class Pacer {
	private readonly state = freshPace();
	private readonly line: Waiting[] = [];
	private wakeAt = Infinity;
	private resting = false;

	constructor(
		private readonly now: () => number,
		private readonly sleep: (ms: number) => Promise<void>,
	) {}

	/** Resolves when the request may go; every turn must be ended by `done` or `giveBack`. */
	async turn(request: TurnRequest): Promise<Turn | NoTurn> {
		return await new Promise((resolve) => {
			const waiting = { ...request, since: this.now(), resolve };
			this.join(waiting);
			this.serve();
		});
	}

	/** A request that goes out without a turn, such as a sign-in: it fills the minute all the same. */
	countOne(): void {
		this.state.requests.add(this.now());
		this.state.writes.add(this.now());
	}

	/** Lets those in line look again: a run has stopped, or a gate is open. */
	nudge(): void {
		this.serve();
	}

	private serve(): void {
		if (this.resting) return;
		const blocked: Partial<Record<RequestKind, boolean>> = {};
		let shortest = Infinity;
		const now = this.now();
		for (const waiting of [...this.line]) {
			if (waiting.stopped()) {
				this.leave(waiting);
				waiting.resolve(unused(waiting, now));
				continue;
			}
			if (this.state.notBefore - now > waiting.longestWait) {
				this.leave(waiting);
				waiting.resolve({ tooLongUntil: this.state.notBefore, waited: now - waiting.since });
				continue;
			}
			if (blocked[waiting.kind] || !mayGo(waiting)) continue;
			const wait = waitFor(waiting.kind, this.state, waiting.limits, now);
			const forWrites = wait > 0 || waiting.kind === 'write' ? 0 : this.roomForWrites(waiting, now);
			if (forWrites > 0) {
				blocked.read = true;
				shortest = Math.min(shortest, forWrites);
				continue;
			}
			if (wait <= 0) {
				this.leave(waiting);
				started(waiting.kind, this.state, now);
				waiting.gate?.passed();
				waiting.resolve(this.begin(waiting, now));
				if (waiting.limits.minSpacing === 0) return this.rest();
				continue;
			}
			// A blocked read blocks everybody behind it; a blocked write only other writes.
			if (waiting.kind === 'read') blocked.read = true;
			blocked.write = true;
			shortest = Math.min(shortest, wait);
		}
		this.wakeIn(shortest);
	}

	private roomForWrites({ limits }: Waiting, now: number): number {
		if (limits.requestsPerMinute <= 0) return 0;
		const ready = this.line.filter((waiting) => waiting.kind === 'write' && mayGo(waiting));
		return waitForWrites(this.state, limits, now, ready.length);
	}

	/** Reads stand before writes: many items may wait for what one of them brings. */
	private join(waiting: Waiting): void {
		const rank = ({ kind, front }: Waiting) => (kind === 'read' ? 0 : front ? 1 : 2);
		const behind = this.line.findIndex((other) => rank(other) > rank(waiting));
		this.line.splice(behind >= 0 ? behind : this.line.length, 0, waiting);
	}

	private leave(waiting: Waiting): void {
		this.line.splice(this.line.indexOf(waiting), 1);
	}

	/** Unspaced requests start one by one: many prepared in one go would all leave late, at once. */
	private rest(): void {
		this.resting = true;
		void this.sleep(1).then(() => {
			this.resting = false;
			this.serve();
		});
	}

	/** One timer at a time; an earlier one needs no later one. */
	private wakeIn(ms: number): void {
		if (ms === Infinity) return;
		const at = this.now() + ms;
		if (this.wakeAt <= at && this.wakeAt > this.now()) return;
		this.wakeAt = at;
		void this.sleep(Math.max(1, Math.ceil(ms))).then(() => {
			if (this.wakeAt === at) this.wakeAt = Infinity;
			this.serve();
		});
	}

	private begin({ kind, since, gate }: Waiting, now: number): Turn {
		const end = (sent: boolean) => {
			ended(kind, this.state, this.now(), sent);
			gate?.left();
			this.serve();
		};
		return {
			waited: now - since,
			startedAt: now,
			done: () => end(true),
			giveBack: () => end(false),
			throttled: (wait) => {
				throttled(this.state, now, this.now() + wait);
			},
		};
	}
}

/** Before a closed gate nobody holds a turn, so that whoever opens it can have one. */
function mayGo({ gate, held }: Waiting): boolean {
	return gate?.mayPass() !== false && held?.() !== true;
}

/** A turn for somebody who will not send: the run has stopped. */
function unused({ since }: Waiting, now: number): Turn {
	const nothing = () => undefined;
	return {
		waited: now - since,
		startedAt: now,
		done: nothing,
		giveBack: nothing,
		throttled: nothing,
	};
}
