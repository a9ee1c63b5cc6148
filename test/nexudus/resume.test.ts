import { CONTINUE, failure, HOT_DESK, only, PAUSE_SCHEDULED, PAUSED_NOW, tellStory } from './story';

const NOW = { resumeWhen: 'immediately' };

describe('Resume immediately', () => {
	it('ends a pause that is on, in one write', async () => {
		const story = await tellStory();
		const { before, after, audit, planId, ...rest } = only(await story.resume(PAUSED_NOW, NOW));
		expect(rest).toEqual({
			system: 'nexudus',
			id: '700104',
			contractId: 700104,
			operation: 'resume',
			outcome: 'changed',
			changed: true,
			verified: true,
			verification: 'confirmed',
			sameAsAsked: true,
			request: {
				method: 'PUT',
				url: `${story.sandbox.url}/api/public/billing/coworkerContracts/v2/700104/resume?immediate=true`,
				body: {},
			},
			attempts: 1,
		});
		expect(before).toMatchObject({ state: 'active' });
		expect(after).toMatchObject({ state: 'none' });
		expect(planId).toMatch(/^[0-9a-f]{12}-[0-9a-f]+$/);
		expect(audit).not.toHaveProperty('termsAccepted');
		expect(story.done()).toEqual(['resumeNow 700104']);
		expect(story.sandbox.contract(PAUSED_NOW).state).toBe('none');
	});

	it('undoes a pause that has not begun', async () => {
		const story = await tellStory();
		expect(only(await story.resume(PAUSE_SCHEDULED, NOW))).toMatchObject({
			outcome: 'changed',
			verified: true,
			before: { state: 'scheduled' },
			after: { state: 'none' },
		});
		expect(story.sandbox.contract(PAUSE_SCHEDULED).state).toBe('none');
	});

	it('once more changes nothing', async () => {
		const story = await tellStory();
		await story.resume(PAUSED_NOW, NOW);
		expect(only(await story.resume(PAUSED_NOW, NOW))).toMatchObject({ outcome: 'unchanged' });
		expect(story.done()).toEqual(['resumeNow 700104']);
	});
});

describe('Resume at the end of the pause', () => {
	it('is the default, and sends immediate=false', async () => {
		const story = await tellStory();
		await story.resume(PAUSED_NOW);
		expect(story.writesSent().map(({ query }) => query)).toEqual([{ immediate: 'false' }]);
		expect(story.done()).toEqual(['resumeAtEnd 700104']);
	});

	it('is not visible where it means the end that is set anyway', async () => {
		const story = await tellStory({ readings: { resumeAtEnd: 'periodEnd' } });
		const output = only(await story.resume(PAUSED_NOW));
		expect(output).toMatchObject({
			outcome: 'changed',
			verified: false,
			verification: 'notVisible',
			after: { state: 'active' },
		});
		expect((output.after as { pausedUntilUtc: string }).pausedUntilUtc).toBe(
			(output.before as { pausedUntilUtc: string }).pausedUntilUtc,
		);
	});

	it('is confirmed where it means the next billing cycle', async () => {
		const story = await tellStory({ readings: { resumeAtEnd: 'nextCycle' } });
		const output = only(await story.resume(PAUSED_NOW));
		expect(output).toMatchObject({ outcome: 'changed', verification: 'confirmed' });
		const { after, before } = output as Record<string, Record<string, string>>;
		expect(Date.parse(after!.pausedUntilUtc!)).toBeLessThan(Date.parse(before!.pausedUntilUtc!));
	});

	it.each(['periodEnd', 'nextCycle'] as const)(
		'asked for twice sends one write, where it means %s',
		async (resumeAtEnd) => {
			const story = await tellStory({ readings: { resumeAtEnd } });
			const first = only(await story.resume(PAUSED_NOW));
			const second = await story.resume(PAUSED_NOW, {}, CONTINUE);
			expect(first.outcome).toBe('changed');
			if (resumeAtEnd === 'periodEnd') {
				expect(only(second)).toMatchObject({ outcome: 'unchanged', verification: 'notVisible' });
				expect(story.done()).toEqual(['resumeAtEnd 700104']);
			} else {
				// Seen by a read, so nothing is kept; a second one has no effect at the vendor.
				expect(story.sandbox.committed.filter((write) => write.changedSomething)).toHaveLength(1);
			}
		},
	);
});

describe('If Not Paused', () => {
	it('unchanged, the default, succeeds without a write and tells that a hidden pause may be', async () => {
		const story = await tellStory();
		expect(only(await story.resume(HOT_DESK, NOW))).toMatchObject({
			outcome: 'unchanged',
			verification: 'notVisible',
			sameAsAsked: true,
			attempts: 0,
			hint: expect.stringContaining('scheduled'),
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('is confirmed once the portal has been seen to show scheduled pauses', async () => {
		const story = await tellStory();
		await story.pause(PAUSE_SCHEDULED);
		const output = only(await story.resume(HOT_DESK, NOW));
		expect(output).toMatchObject({ outcome: 'unchanged', verification: 'confirmed' });
		expect(output).not.toHaveProperty('hint');
	});

	it('fail refuses', async () => {
		const story = await tellStory();
		const error = failure(
			await story.resume(HOT_DESK, { ...NOW, options: { ifNotPaused: 'fail' } }, CONTINUE),
		);
		expect(error).toMatchObject({ code: 'notPaused', outcome: 'refused', attempts: 0 });
		expect(story.writesSent()).toEqual([]);
	});

	it.each(['unchanged', 'fail'])(
		'%s never takes a scheduled pause for "not paused"',
		async (ifNotPaused) => {
			const story = await tellStory();
			const output = only(
				await story.resume(PAUSE_SCHEDULED, { ...NOW, options: { ifNotPaused } }),
			);
			expect(output.outcome).toBe('changed');
			expect(story.done()).toEqual(['resumeNow 700108']);
		},
	);

	it('sends the resume of a hidden pause that this n8n has sent itself', async () => {
		const story = await tellStory({ readings: { scheduledPause: 'hidden' } });
		await story.pause(HOT_DESK);
		await story.resume(HOT_DESK, { ...NOW, options: { ifNotPaused: 'fail' } });
		expect(story.done()).toEqual(['pause 700100', 'resumeNow 700100']);
		expect(story.sandbox.contract(HOT_DESK).state).toBe('none');
	});

	it('fails with the start date where the vendor refuses to resume a scheduled pause', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({
			route: 'resume',
			kind: 'status',
			status: 400,
			body: 'ContractNotPaused',
		});
		const error = failure(await story.resume(PAUSE_SCHEDULED, NOW, CONTINUE));
		const { pausedFromUtc } = error.before as Record<string, string>;
		expect(error).toMatchObject({ outcome: 'refused', code: 'ContractNotPaused' });
		expect(`${String(error.message)} ${String(error.description)}`).toContain(pausedFromUtc);
	});
});
