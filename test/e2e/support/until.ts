import { setTimeout as wait } from 'node:timers/promises';

const POLL_INTERVAL = 50;

/** Waits until something holds. Throws with the text when it takes longer, in ms. */
export async function until(
	what: string,
	holds: () => boolean | Promise<boolean>,
	timeout = 60_000,
): Promise<void> {
	const end = Date.now() + timeout;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`Not within ${timeout / 1000} s: ${what}`);
		await wait(POLL_INTERVAL);
	}
}
