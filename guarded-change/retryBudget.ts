const FULL = 500;
const COST = 5;
const TIMEOUT_COST = 10;

/**
 * One budget for all retries of an account, so that an outage is not multiplied by its items.
 * Figures as in the AWS SDK's standard mode: a time-out costs more, a success gives a little back.
 */
export class RetryBudget {
	private tokens = FULL;

	/** Takes the price of one retry; false where the budget is used up. */
	take(afterTimeout: boolean): boolean {
		const cost = afterTimeout ? TIMEOUT_COST : COST;
		if (this.tokens < cost) return false;
		this.tokens -= cost;
		return true;
	}

	/** A request has come through: a little comes back. */
	succeeded(): void {
		this.tokens = Math.min(FULL, this.tokens + 1);
	}
}
