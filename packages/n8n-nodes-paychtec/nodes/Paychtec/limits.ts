import type { PaceLimits } from '../../../../guarded-change/settings';

/** Paychtec documents no limits [?]: a modest pace, and what the vendor asks for by Retry-After. */
export const PAYCHTEC_LIMITS: PaceLimits = {
	concurrency: 4,
	requestsPerMinute: 0,
	writesPerMinute: 0,
	minSpacing: 100,
};
