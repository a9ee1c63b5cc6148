/** How a change travels. All times in milliseconds; 0 switches a limit off. */
export interface RequestSettings {
	/** For a whole read, body included. */
	timeout: number;
	/** For a whole write: a short limit on a billing write only makes unknowns. */
	writeTimeout: number;
	/** Sends of one request at the most, the first one included. */
	maxAttempts: number;
	retryInterval: number;
	backoffRate: number;
	/** For one item from its first request, waits for pace and throttle not counted. */
	deadline: number;
	/** The longest the vendor may make one item wait. */
	maxThrottleWait: number;
}

/** How the requests of a run share the vendor. */
export interface PaceLimits {
	/** Requests in flight at the same time. */
	concurrency: number;
	requestsPerMinute: number;
	writesPerMinute: number;
	/** Between the starts of two requests. */
	minSpacing: number;
}

export const DEFAULT_SETTINGS: RequestSettings = {
	timeout: 10_000,
	writeTimeout: 60_000,
	maxAttempts: 3,
	retryInterval: 1_000,
	backoffRate: 2,
	deadline: 120_000,
	maxThrottleWait: 300_000,
};

/** Nothing older than this decides a write. */
export const OLDEST_READ = 30_000;
