import type { IDataObject } from 'n8n-workflow';
import { HOT_DESK, only, tellStory, WEEKLY_CREDITS } from './story';

const STATE_FIELDS = [
	'state',
	'pausedFromUtc',
	'pausedUntilUtc',
	'pausedFromLocal',
	'pausedUntilLocal',
	'canBePaused',
	'raw',
];

describe('what Pause puts out', () => {
	it('is one record with the fields that are an interface for ever', async () => {
		const story = await tellStory({ now: new Date('2027-03-20T12:00:00Z') });
		const output = only(await story.pause(HOT_DESK, { pauseCycles: 2 }));

		const { before, after, audit, planId, ...rest } = output;
		expect(rest).toEqual({
			system: 'nexudus',
			id: '700100',
			contractId: 700100,
			operation: 'pause',
			outcome: 'changed',
			changed: true,
			verified: true,
			verification: 'confirmed',
			sameAsAsked: true,
			request: {
				method: 'PUT',
				url: `${story.sandbox.url}/api/public/billing/coworkerContracts/v2/700100/pause`,
				body: { PauseCycles: 2 },
			},
			attempts: 1,
		});
		expect(planId).toMatch(/^[0-9a-f]{12}-[0-9a-f]+$/);
		expect(audit).toMatchObject({ attempts: [{ class: 'ok', status: 200 }], termsAccepted: true });
		for (const state of [before, after]) expect(Object.keys(state as object)).toEqual(STATE_FIELDS);
		expect(before).toMatchObject({ state: 'none', pausedFromUtc: null, canBePaused: true });
		expect(after).toMatchObject({
			state: 'scheduled',
			pausedFromUtc: '2027-04-09T22:00:00.000Z',
			pausedUntilUtc: '2027-06-09T22:00:00.000Z',
			pausedFromLocal: '2027-04-10T00:00:00',
			pausedUntilLocal: '2027-06-10T00:00:00',
			canBePaused: false,
		});
		expect(story.sandbox.contract(HOT_DESK)).toMatchObject({ state: 'scheduled', pausedCycles: 2 });
		expect(story.done()).toEqual(['pause 700100']);
	});

	it("holds the vendor's own records under raw", async () => {
		const story = await tellStory();
		const { before, after } = only(await story.pause(HOT_DESK));
		const raw = (state: unknown) => (state as { raw: Record<string, IDataObject> }).raw;
		expect(raw(before).contract).toMatchObject({ Id: 700100, TariffName: 'Hot Desk Monthly' });
		expect(raw(before).meta).toMatchObject({ CanBePausedNow: true, PauseCyclesLimit: 6 });
		expect(raw(after).meta).toMatchObject({ CanBePausedNow: false });
	});

	it('sends one billing cycle unless told otherwise', async () => {
		const story = await tellStory();
		await story.pause(HOT_DESK);
		expect(story.writesSent().map(({ body }) => body)).toEqual([{ PauseCycles: 1 }]);
	});

	it('counts in the billing cycles of the price plan', async () => {
		const story = await tellStory();
		const { after, sameAsAsked } = only(await story.pause(WEEKLY_CREDITS, { pauseCycles: 3 }));
		const { pausedFromUtc, pausedUntilUtc } = after as Record<string, string>;
		const days = (Date.parse(pausedUntilUtc!) - Date.parse(pausedFromUtc!)) / 86_400_000;
		expect(Math.round(days)).toBe(21);
		expect(sameAsAsked).toBe(true);
	});

	it.each(['empty', 'confirmation', '204'] as const)(
		'takes a write answered by %s for accepted',
		async (writeReply) => {
			const story = await tellStory({ readings: { writeReply } });
			expect(only(await story.pause(HOT_DESK))).toMatchObject({
				outcome: 'changed',
				verified: true,
			});
		},
	);

	it('reads a contract in an envelope as well as a bare one', async () => {
		const story = await tellStory({ readings: { contractEnvelope: 'Resource' } });
		const { before } = only(await story.pause(HOT_DESK));
		expect((before as IDataObject).raw).toMatchObject({ contract: { Id: 700100 } });
	});
});

describe('the audit record of a pause', () => {
	it('says when, where, who, why, which terms, and every attempt', async () => {
		const story = await tellStory();
		const { audit, before } = only(
			await story.pause(
				HOT_DESK,
				{ options: { reason: 'Parental leave', requestedBy: 'Maria, by web form' } },
				{ mode: 'webhook', executionId: '4711', workflowId: 'wf-9' },
			),
		);
		const meta = (before as { raw: { meta: { TermsAndConditions: string } } }).raw.meta;
		const { createHash } = await import('node:crypto');
		expect(audit).toEqual({
			at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			workflowId: 'wf-9',
			workflowName: 'Workflow',
			executionId: '4711',
			executedBy: 'production',
			requestedBy: 'Maria, by web form',
			reason: 'Parental leave',
			termsAccepted: true,
			termsSha256: createHash('sha256').update(meta.TermsAndConditions).digest('hex'),
			attempts: [
				{ class: 'ok', status: 200, at: expect.stringMatching(/Z$/), waited: expect.any(Number) },
			],
		});
	});

	it('says that a run in the editor is a manual one, and sends none of it to Nexudus', async () => {
		const story = await tellStory();
		const { audit } = only(await story.pause(HOT_DESK, { options: { reason: 'Holidays' } }));
		expect(audit).toMatchObject({ executedBy: 'manual', reason: 'Holidays', requestedBy: null });
		expect(JSON.stringify(story.sandbox.requests)).not.toContain('Holidays');
	});
});

describe('verification of a pause', () => {
	it('is notVisible where Nexudus does not show a scheduled pause, and says so', async () => {
		const story = await tellStory({ readings: { scheduledPause: 'hidden' } });
		const output = only(await story.pause(HOT_DESK));
		expect(output).toMatchObject({
			outcome: 'changed',
			changed: true,
			verified: false,
			verification: 'notVisible',
			sameAsAsked: null,
			after: { state: 'none' },
			hint: expect.stringContaining('does not show it yet'),
		});
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('is notRead where the contract cannot be read afterwards', async () => {
		const story = await tellStory();
		story.sandbox.faults.order({ route: 'meta', skip: 1, times: 9, kind: 'status', status: 503 });
		const output = only(await story.pause(HOT_DESK));
		expect(output).toMatchObject({
			outcome: 'changed',
			verified: false,
			verification: 'notRead',
			after: null,
			hint: expect.stringContaining('could not be read afterwards'),
		});
		expect(story.done()).toEqual(['pause 700100']);
	});

	it('is an error where Nexudus says done and shows another pause', async () => {
		const story = await tellStory();
		const { sandbox } = story;
		// Accepted in words only, while another hand pauses for three cycles.
		sandbox.faults.order({ route: 'pause', kind: 'status', status: 200 });
		sandbox.faults.order({ route: 'meta', skip: 1, kind: 'delay', ms: 150 });
		const running = story.pause(HOT_DESK, { pauseCycles: 1 });
		await story.until(() => story.writesSent().length > 0);
		sandbox.otherHand.pause(HOT_DESK, 3);
		const { error, items } = await running;
		expect(items).toEqual([]);
		expect(error?.message).toContain('Nexudus accepted the pause of contract 700100, but shows');
		expect(story.writesSent()).toHaveLength(1);
	});

	it('is an error where Nexudus says done and a portal that shows scheduled pauses shows none', async () => {
		const story = await tellStory();
		// The portal is known to show what has not begun.
		await story.pause(HOT_DESK);
		story.sandbox.faults.order({ route: 'pause', kind: 'status', status: 200 });
		const { error } = await story.pause(700101);
		expect(error?.message).toContain('accepted the pause of contract 700101, but shows');
		expect(story.done()).toEqual(['pause 700100']);
	});
});
