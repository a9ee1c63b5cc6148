import { backoff, step } from './backoff';
import type { Reason, Reply, Verdict } from './change';
import type { Turn } from './pacer';
import type { RetryBudget } from './retryBudget';
import type { RequestSettings } from './settings';
import type { Stopwatch } from './stopwatch';
import type { Clock } from './world';

/** Even a Retry-After of 0 is waited for a little, so that a wait always comes to its bound. */
const SHORTEST_THROTTLE = 250;

/**
 * How much longer one request is worth trying: attempts, deadline, retry budget and the vendor's
 * waits, for reads and writes alike. Each method answers with a reason to give up, or undefined.
 */
export class Patience {
	private sends = 1;
	private throttles = 0;
	private throttleWaited = 0;
	/** Milliseconds waited before the next send because of the last reply. */
	lastWait = 0;

	constructor(
		private readonly clock: Clock,
		private readonly budget: RetryBudget,
		private readonly settings: RequestSettings,
		private readonly watch: Stopwatch,
	) {}

	/** A throttle uses no attempt. The pacer does the waiting, for everybody. */
	throttled(verdict: Verdict, turn: Turn): Reason | undefined {
		this.throttles += 1;
		const own = step(this.throttles, this.settings) * (0.5 + this.clock.random() / 2);
		const wait = Math.max(SHORTEST_THROTTLE, verdict.retryAfter ?? Math.round(own));
		this.throttleWaited += wait;
		this.lastWait = wait;
		turn.throttled(wait);
		return this.throttleWaited > this.settings.maxThrottleWait
			? { code: 'throttledTooLong', until: this.clock.now() + wait }
			: undefined;
	}

	/** Waits with back-off and full jitter before the same request goes out again. */
	async again(reply: Reply, verdict: Verdict): Promise<Reason | undefined> {
		if (this.sends >= this.settings.maxAttempts) return { code: 'attemptsUsed', reply };
		const wait = backoff(this.sends, this.settings, () => this.clock.random());
		if (this.watch.passes(this.settings.deadline, wait)) return { code: 'deadline', reply };
		const slow = verdict.class === 'ambiguous' && !verdict.finished;
		if (!this.budget.take(slow)) return { code: 'budgetUsed', reply };
		this.sends += 1;
		this.lastWait = wait;
		await this.clock.sleep(wait);
		return undefined;
	}
}
