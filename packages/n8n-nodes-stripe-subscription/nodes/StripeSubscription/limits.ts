import type { PaceLimits } from '../../../../guarded-change/settings';

/**
 * 25 requests a second for each kind of request, whatever subscription they are about; 100 in all
 * with a live key, 25 with a test key (docs.stripe.com, rate-limits [D]). Kept well below, for
 * others use the same account.
 */
export const STRIPE_LIMITS: PaceLimits = {
	concurrency: 4,
	requestsPerMinute: 1_200,
	writesPerMinute: 600,
	minSpacing: 25,
};
