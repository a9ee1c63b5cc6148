import type { Change, SentWrite } from './change';
import type { Unsettled } from './plan';
import type { SentWrites } from './sentWrites';

/**
 * What the process remembers of the writes of one change. In its own lane: one record, which tells
 * whether it may be sent again. In the lane it shares: one of every request that may still act, also
 * where sending the change again would be safe.
 */
export class Traces {
	/** Known once the state is read. */
	sharedLane: string | undefined;
	private lastSentAt = 0;
	private readonly isOfChange = ({ key }: SentWrite) => key === this.change.key;
	private readonly isLastRequest = (write: SentWrite) =>
		this.isOfChange(write) && write.sentAt === this.lastSentAt;

	/** @param actsFor see `SharedLane` */
	constructor(
		private readonly change: Change,
		private readonly sent: SentWrites,
		private readonly actsFor = 0,
	) {}

	/** Writes of which no read that left at `askedAt` (ms since 1970) can tell the end. */
	unsettled(askedAt: number): Unsettled {
		const { lane } = this.change;
		const isOwn = (write: SentWrite) => write.lane === lane;
		const inShared = this.sharedLane === undefined ? [] : this.sent.of(this.sharedLane, askedAt);
		return {
			sent: this.sent.of(lane, askedAt).filter(isOwn),
			others: inShared.filter((write) => !this.isOfChange(write)),
		};
	}

	remember(details: Omit<SentWrite, 'key' | 'lane' | 'operation'>): void {
		const { key, operation, lane } = this.change;
		const write = { key, lane, operation, ...details };
		this.sent.add(lane, write);
		this.lastSentAt = write.sentAt;
		// What a read has shown is in the state that others read too.
		if (write.left !== undefined) return;
		const request = { ...write, keepUntil: write.sentAt + this.actsFor };
		this.inShared((shared) => this.sent.add(shared, request, this.isLastRequest));
	}

	/** A read has told how the last request ended. One before it that was given up may still act. */
	forget(): void {
		this.forgetOwn();
		this.forgetRequest();
	}

	/** The change may be sent again. */
	forgetOwn(): void {
		this.sent.settle(this.change.lane, this.isOfChange);
	}

	/** The last request will not act any more. */
	forgetRequest(): void {
		this.inShared((shared) => this.sent.settle(shared, this.isLastRequest));
	}

	/** The writes of its own lane for which `isVoid` holds can have no effect any more. */
	settle(isVoid: (write: SentWrite) => boolean): void {
		const { lane } = this.change;
		const settled = (write: SentWrite) => write.lane === lane && isVoid(write);
		this.sent.settle(lane, settled);
		this.inShared((shared) => this.sent.settle(shared, settled));
	}

	private inShared(act: (lane: string) => void): void {
		const { sharedLane, change } = this;
		if (sharedLane !== undefined && sharedLane !== change.lane) act(sharedLane);
	}
}
