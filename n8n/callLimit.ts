import type { Clock } from '../guarded-change/world';

/** How often open calls are looked at, in ms: one timer for all of them, none when there are none. */
const TICK = 50;

interface OpenCall {
	until: number;
	giveUp: () => void;
}

/**
 * Bounds whole calls. n8n's own time-out ends a call only when the connection is silent, so a body
 * that drips in outlives it. The call given up goes on unheard: what it did is for the caller to find out.
 */
export function callLimit(clock: Clock) {
	const open = new Set<OpenCall>();
	let ticking = false;

	const tick = async () => {
		ticking = true;
		while (open.size > 0) {
			await clock.sleep(TICK);
			const now = clock.now();
			for (const call of open) if (call.until <= now) call.giveUp();
		}
		ticking = false;
	};

	/** The result of the call, or `late` when it has not come after `limit` ms; 0 is no limit. */
	return async <T, L>(call: Promise<T>, limit: number, late: L): Promise<T | L> => {
		if (limit <= 0) return await call;
		let entry: OpenCall | undefined;
		const given = new Promise<L>((resolve) => {
			entry = { until: clock.now() + limit, giveUp: () => resolve(late) };
			open.add(entry);
		});
		if (!ticking) void tick();
		try {
			return await Promise.race([call, given]);
		} finally {
			if (entry) open.delete(entry);
		}
	};
}
