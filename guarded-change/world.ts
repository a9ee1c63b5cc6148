import { SpentKeys } from './idempotencyKey';
import { Lanes } from './lanes';
import { Pacer } from './pacer';
import { RetryBudget } from './retryBudget';
import { SentWrites } from './sentWrites';

/** Time and chance, so that the engine also runs on virtual time. */
export interface Clock {
	/** ms since 1970 */
	now(): number;
	sleep(ms: number): Promise<void>;
	/** 0 to 1, 1 excluded */
	random(): number;
}

/** What a process knows across its executions. Lost with the process. */
export class Memory {
	readonly lanes: Lanes;
	readonly sent = new SentWrites();
	readonly spentKeys = new SpentKeys();
	/** What a vendor has been seen to do, where its documents are silent. A handful of short words. */
	readonly observed = new Set<string>();
	private readonly paced = new Map<string, { pacer: Pacer; budget: RetryBudget }>();

	constructor(private readonly clock: Clock) {
		this.lanes = new Lanes(() => clock.now());
	}

	/** One pacer and one retry budget per portal and account. */
	paceOf(account: string): { pacer: Pacer; budget: RetryBudget } {
		let pace = this.paced.get(account);
		if (!pace) {
			pace = {
				pacer: new Pacer(
					() => this.clock.now(),
					async (ms) => await this.clock.sleep(ms),
				),
				budget: new RetryBudget(),
			};
			this.paced.set(account, pace);
		}
		return pace;
	}
}

/** What one run of the node brings along. */
export interface Run {
	clock: Clock;
	memory: Memory;
	/** portal and account; the key of pacer and budget. */
	account: string;
	/** Which execution of which workflow, for the idempotency keys of systems that replay. */
	execution?: string;
	/** The execution was cancelled: no request leaves any more. */
	cancelled(): boolean;
	/** No new write begins (cancelled, or stopped after failures); what is under way is read to its end. */
	stopped(): boolean;
	/** Items that may still fail before the run stops; Infinity where it never does. */
	failuresLeft(): number;
}
