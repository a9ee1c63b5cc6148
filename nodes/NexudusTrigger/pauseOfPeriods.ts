import type { PausePeriod } from '../Nexudus/pausePeriod/periodState';
import { NO_PAUSE, type PauseSide } from './pauseEvents';

/** A contract's pause, and the period that it stands in. */
export interface PauseOfPeriods extends PauseSide {
	period: PausePeriod | null;
}

interface Run {
	from: number;
	until: number;
	periods: PausePeriod[];
}

/**
 * Of a contract's pause periods the pause that is on, else the next one. Periods that follow each
 * other without a gap are one pause: nothing is charged in between. Pure.
 *
 * @param now the vendor's clock, ms since 1970
 */
export function pauseOfPeriods(periods: readonly PausePeriod[], now: number): PauseOfPeriods {
	const runs: Run[] = [];
	const dated = periods.filter(({ fromUtc, untilUtc }) => fromUtc !== null && untilUtc !== null);
	for (const period of dated.sort((a, b) => startOf(a) - startOf(b))) {
		const [from, until] = [startOf(period), endOf(period)];
		const last = runs[runs.length - 1];
		if (last && from <= last.until) {
			last.until = Math.max(last.until, until);
			last.periods.push(period);
		} else {
			runs.push({ from, until, periods: [period] });
		}
	}
	const run = runs.find(({ until }) => until > now);
	if (run === undefined) return { ...NO_PAUSE, period: null };
	const open = run.periods.find((period) => endOf(period) > now);
	return {
		state: run.from > now ? 'scheduled' : 'active',
		pausedFromUtc: new Date(run.from).toISOString(),
		pausedUntilUtc: new Date(run.until).toISOString(),
		period: open ?? null,
	};
}

function startOf({ fromUtc }: PausePeriod): number {
	return Date.parse(fromUtc ?? '');
}

function endOf({ untilUtc }: PausePeriod): number {
	return Date.parse(untilUtc ?? '');
}
