import type { IDataObject } from 'n8n-workflow';
import {
	CANCELLED,
	DEDICATED_DESK,
	ENDING,
	HOT_DESK,
	NO_PAUSING,
	only,
	PAUSE_SCHEDULED,
	PAUSED_NOW,
	storedToken,
	tellStory,
	YEAR_USED_UP,
} from './story';

const DRY = { dryRun: true };
const AUTUMN = { now: new Date('2027-03-20T12:00:00Z') };

describe('a dry run of Pause', () => {
	it('is planned, with the exact request, the inferred dates and no write', async () => {
		const story = await tellStory(AUTUMN);
		const output = only(await story.pause(HOT_DESK, { ...DRY, pauseCycles: 2 }));
		expect(output).toMatchObject({
			system: 'nexudus',
			id: '700100',
			operation: 'pause',
			outcome: 'planned',
			changed: false,
			verified: false,
			verification: 'notRead',
			wouldDo: 'write',
			refusals: [],
			expectedDates: {
				pausedFromUtc: '2027-04-09T22:00:00.000Z',
				pausedUntilUtc: '2027-06-09T22:00:00.000Z',
				inferred: true,
			},
			before: { state: 'none' },
			after: null,
			attempts: 0,
			audit: { attempts: [] },
		});
		expect(output.planId).toMatch(/^[0-9a-f]{12}-[0-9a-f]+$/);
		expect(story.writesSent()).toEqual([]);
	});

	it('shows the request that the real run then sends, without the token', async () => {
		const story = await tellStory();
		const { request } = only(await story.pause(HOT_DESK, { ...DRY, pauseCycles: 2 })) as {
			request: { method: string; url: string; body: IDataObject };
		};
		expect(JSON.stringify(request)).not.toContain(storedToken(story.store));
		await story.pause(HOT_DESK, { pauseCycles: 2 });
		const [sent] = story.writesSent();
		expect(request).toEqual({
			method: sent!.method,
			url: story.sandbox.url + sent!.path,
			body: sent!.body,
		});
	});

	it('promises the dates that the real run then brings', async () => {
		const story = await tellStory();
		for (const contractId of [HOT_DESK, 700102]) {
			const planned = only(await story.pause(contractId, { ...DRY, pauseCycles: 3 }));
			const { after } = only(await story.pause(contractId, { pauseCycles: 3 }));
			const { pausedFromUtc, pausedUntilUtc } = after as IDataObject;
			expect(planned.expectedDates).toEqual({ pausedFromUtc, pausedUntilUtc, inferred: true });
		}
	});

	it.each([
		['terms not accepted', HOT_DESK, { termsAccepted: false }, ['termsNotAccepted']],
		['no pausing', NO_PAUSING, {}, ['notEligible']],
		['cancelled', CANCELLED, {}, ['cancelled']],
		['ending', ENDING, {}, ['ending']],
		['year used up', YEAR_USED_UP, {}, ['notEligible']],
		['too many cycles', DEDICATED_DESK, { pauseCycles: 4 }, ['tooManyCycles']],
		[
			'several at once',
			CANCELLED,
			{ termsAccepted: false, pauseCycles: 99 },
			['termsNotAccepted', 'cancelled', 'tooManyCycles'],
		],
		['another pause', PAUSED_NOW, { pauseCycles: 1 }, ['pausedDifferently']],
		['any pause', PAUSED_NOW, { options: { ifAlreadyPaused: 'fail' } }, ['alreadyPaused']],
		['another plan', HOT_DESK, { options: { expectedPlanId: 'abc' } }, ['planChanged']],
	])('says why it would refuse: %s', async (_, contractId, parameters, codes) => {
		const story = await tellStory();
		const output = only(await story.pause(contractId, { ...parameters, ...DRY }));
		expect(output).toMatchObject({ outcome: 'planned', wouldDo: 'refuse' });
		const refusals = output.refusals as Array<Record<string, string>>;
		expect(refusals.map(({ code }) => code)).toEqual(codes);
		for (const { message, description } of refusals) {
			expect(message).toMatch(/\w{4}/);
			expect(description).toMatch(/\w{4}/);
		}
		expect(story.writesSent()).toEqual([]);
	});

	it('says that there is nothing to do', async () => {
		const story = await tellStory();
		expect(only(await story.pause(PAUSED_NOW, { ...DRY, pauseCycles: 3 }))).toMatchObject({
			outcome: 'planned',
			wouldDo: 'nothing',
			refusals: [],
			sameAsAsked: true,
		});
	});

	it('says nothing else than the real run does', async () => {
		for (const contractId of [700100, 700101, 700102, 700103, 700104, 700105, 700106, 700107]) {
			const story = await tellStory();
			const { wouldDo } = only(await story.pause(contractId, DRY));
			const real = await story.pause(contractId, {}, { onError: 'continueRegularOutput' });
			const [{ json }] = real.items as [{ json: IDataObject }];
			const did = json.error ? 'refuse' : json.outcome === 'changed' ? 'write' : 'nothing';
			expect([contractId, wouldDo]).toEqual([contractId, did]);
		}
	});
});

describe('a dry run of Resume', () => {
	it('immediately expects the pause to end now', async () => {
		const story = await tellStory(AUTUMN);
		const output = only(await story.resume(PAUSED_NOW, { ...DRY, resumeWhen: 'immediately' }));
		expect(output).toMatchObject({
			outcome: 'planned',
			wouldDo: 'write',
			request: { method: 'PUT', url: expect.stringMatching(/resume\?immediate=true$/), body: {} },
			expectedDates: { inferred: true, pausedUntilUtc: expect.stringMatching(/^2027-03-20T12:/) },
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('at the end expects the end that is set', async () => {
		const story = await tellStory();
		const output = only(await story.resume(PAUSE_SCHEDULED, DRY));
		const { pausedUntilUtc } = output.before as IDataObject;
		expect(output).toMatchObject({ wouldDo: 'write', expectedDates: { pausedUntilUtc } });
	});

	it('of a contract that is not paused does nothing', async () => {
		const story = await tellStory();
		expect(only(await story.resume(HOT_DESK, DRY))).toMatchObject({
			outcome: 'planned',
			wouldDo: 'nothing',
			expectedDates: null,
		});
	});
});
