import { carryOut } from '../../guarded-change/carryOut';
import type { Change, System } from '../../guarded-change/change';
import { DEFAULT_SETTINGS } from '../../guarded-change/settings';
import { Memory, type Clock, type Run } from '../../guarded-change/world';

/** The same change twice in one process, at a vendor that takes it and then shows this. */
async function twice(shows: 'it' | 'something else') {
	let now = 1_000_000;
	let writes = 0;
	const clock: Clock = {
		now: () => now,
		sleep: async (ms) => {
			now += ms;
			return await Promise.resolve();
		},
		random: () => 0.5,
	};
	const plans: number[] = [];
	let confirmedAt = 0;
	const system: System<Change, boolean> = {
		replays: false,
		read: async (_, notBefore, purpose) => {
			now += 1_000;
			if (purpose === 'plan') plans.push(notBefore);
			else confirmedAt = now;
			return await Promise.resolve({
				known: true,
				value: shows === 'it' && writes > 0,
				askedAt: now,
				waited: 0,
			});
		},
		rules: (_, state) =>
			state ? { do: 'nothing', sameAsAsked: true, proven: true } : { do: 'write' },
		planFacts: (change) => [['change', change.key]],
		send: async () => {
			writes += 1;
			return await Promise.resolve({ answered: true, status: 200, headers: {}, body: {} });
		},
		sees: () => (shows === 'it' ? 'there' : 'differs'),
		absenceProves: () => false,
		hiddenUntil: () => now + 300_000,
		settles: () => false,
		renewSession: async () => await Promise.resolve(false),
	};
	const run: Run = {
		clock,
		memory: new Memory(clock),
		account: 'me',
		cancelled: () => false,
		stopped: () => false,
		failuresLeft: () => Infinity,
	};
	const limits = { concurrency: 0, requestsPerMinute: 0, writesPerMinute: 0, minSpacing: 0 };
	const change = { id: '1', operation: 'add', key: 'k', lane: 'l', dryRun: false };
	const tools = { system, run, limits, settings: DEFAULT_SETTINGS };
	const first = await carryOut(change, tools);
	const second = await carryOut(change, tools);
	return { first, second, writes, plans, confirmedAt };
}

it('decides on no read that is older than the one that confirmed the change before', async () => {
	const { first, second, plans, confirmedAt } = await twice('it');
	expect([first.verification, second.outcome]).toEqual(['confirmed', 'unchanged']);
	expect(plans).toHaveLength(2);
	expect(plans[1]).toBeGreaterThanOrEqual(confirmedAt);
});

it('does not send again what was accepted while a read shows something else', async () => {
	const { first, second, writes } = await twice('something else');
	expect(first).toMatchObject({ outcome: 'failed', reason: { code: 'contradicted' } });
	expect(second).toMatchObject({ verification: 'notVisible', reason: { code: 'sentBefore' } });
	expect(writes).toBe(1);
});
