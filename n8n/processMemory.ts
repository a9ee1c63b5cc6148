import { sleep } from 'n8n-workflow';
import { Memory, type Clock } from '../guarded-change/world';

const clock: Clock = {
	now: () => Date.now(),
	sleep: async (ms) => await sleep(ms),
	random: () => Math.random(),
};

/** One for all executions of this n8n process: n8n loads a package's modules once. */
export const processMemory = new Memory(clock);

/** The clock of one execution: cancelling it ends every wait. */
export function executionClock(signal: AbortSignal | undefined): Clock {
	if (signal === undefined) return clock;
	const cancelled = new Promise<void>((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
	return {
		...clock,
		// A cut-short wait still lets n8n run: a loop of waits that end at once would stop everything.
		sleep: async (ms) => await (signal.aborted ? sleep(0) : Promise.race([sleep(ms), cancelled])),
	};
}
