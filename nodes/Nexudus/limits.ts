import type { PaceLimits } from '../../guarded-change/settings';

/** Documented for all of Nexudus (developers.nexudus.com, api limitations [D]); newest copy. */
export const NEXUDUS_LIMITS: PaceLimits = {
	concurrency: 4,
	requestsPerMinute: 120,
	writesPerMinute: 60,
	minSpacing: 100,
};

const PER_HOUR = 5_000;
const WRITES_PER_DAY = 2_500;

/**
 * What to say before a run that must exceed the hourly or daily limits, which are not waited for.
 * The older copy of the daily limit of writes is the lower one, so it counts. Pure.
 */
export function limitWarning(items: number): string | undefined {
	if (items > WRITES_PER_DAY) {
		return `${items} items may need more than ${WRITES_PER_DAY} writes, which Nexudus documents as a daily limit (5,000 in newer copies). Split the run over several days.`;
	}
	if (items * 2 > PER_HOUR) {
		return `${items} items may need more than ${PER_HOUR} requests an hour, which Nexudus documents as a limit. Split the run.`;
	}
	return undefined;
}
