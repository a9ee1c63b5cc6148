import { executionClock } from '../../n8n/processMemory';

describe('the clock of an execution', () => {
	it('ends a wait when the execution is cancelled', async () => {
		const cancel = new AbortController();
		const began = Date.now();
		const waiting = executionClock(cancel.signal).sleep(3_000);
		cancel.abort();
		await waiting;
		expect(Date.now() - began).toBeLessThan(2_000);
	});

	it('leaves the process free for others after the execution was cancelled', async () => {
		const cancel = new AbortController();
		const clock = executionClock(cancel.signal);
		cancel.abort();
		let othersRan = false;
		setTimeout(() => (othersRan = true), 10);
		for (let waits = 0; waits < 10_000 && !othersRan; waits++) await clock.sleep(50);
		expect(othersRan).toBe(true);
	});
});
