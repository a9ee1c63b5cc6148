import type { IDataObject } from 'n8n-workflow';
import { tellStory, DEDICATED_DESK, only, WEEKLY_CREDITS, YEAR_USED_UP } from '../nexudus/story';
import { textOf } from './documents';

const tutorial = textOf('docs/tutorial.md');

/** What the tutorial says, so that it cannot say something else than the test shows. */
const says = (...texts: string[]) => {
	for (const text of texts) expect(tutorial).toContain(text);
};

/** What a fault is called on the page of the stand-in. */
const nameOfFault = (kind: string) =>
	new RegExp(`\\b${kind}: \\{\\s*name: '([^']+)'`).exec(textOf('sandbox/page/words.js'))?.[1];

const DRY = { dryRun: true, pauseCycles: 2 };

describe('the tutorial', () => {
	it('can be followed to its end', async () => {
		const story = await tellStory();
		const { sandbox } = story;

		says('`pauseCyclesLimit` is 3', '`termsAndConditions` is what', 'choose _700101_');
		const meta = only(
			await story.run({
				resource: 'contract',
				operation: 'getPauseMeta',
				contractId: DEDICATED_DESK,
			}),
		);
		expect(meta).toMatchObject({
			pauseCyclesLimit: 3,
			termsAndConditions: expect.any(String),
			raw: { PauseCyclesLimit: 3 },
		});

		says('`wouldDo: refuse`', '`wouldDo: write`', 'a `planId`');
		const refused = only(await story.pause(DEDICATED_DESK, { ...DRY, termsAccepted: false }));
		expect(refused).toMatchObject({ wouldDo: 'refuse', refusals: [{ code: 'termsNotAccepted' }] });
		const planned = only(await story.pause(DEDICATED_DESK, { ...DRY, termsAccepted: true }));
		expect(planned).toMatchObject({
			wouldDo: 'write',
			planId: expect.any(String),
			expectedDates: expect.any(Object),
		});
		expect(story.writesSent()).toEqual([]);

		says('`outcome` is `changed`, `verification` is `confirmed`', '`outcome` is `unchanged`');
		const pause = { termsAccepted: true, pauseCycles: 2 };
		const paused = only(await story.pause(DEDICATED_DESK, pause));
		expect(paused).toMatchObject({ outcome: 'changed', verification: 'confirmed' });
		expect(sandbox.contract(DEDICATED_DESK)).toMatchObject({ state: 'scheduled', pausedCycles: 2 });
		expect(only(await story.pause(DEDICATED_DESK, pause))).toMatchObject({ outcome: 'unchanged' });
		expect(story.writesSent()).toHaveLength(1);

		says('Set **Pause Cycles** to 3: refused', 'contract 700105');
		const codeOf = async (contractId: number, pauseCycles: number) => {
			const parameters = { termsAccepted: true, pauseCycles };
			const { errorItems } = await story.pause(contractId, parameters, {
				onError: 'continueErrorOutput',
			});
			return (errorItems[0]!.json.error as IDataObject).code;
		};
		expect(await codeOf(DEDICATED_DESK, 3)).toBe('pausedDifferently');
		expect(await codeOf(YEAR_USED_UP, 1)).toBe('notEligible');
		expect(story.writesSent()).toHaveLength(1);

		says(`**Fault** _${nameOfFault('resetAfterCommit')}_`, 'contract _700102_');
		sandbox.faults.order({ route: 'pause', kind: 'resetAfterCommit' });
		const verified = only(
			await story.pause(WEEKLY_CREDITS, { termsAccepted: true, pauseCycles: 3 }),
		);
		expect(verified).toMatchObject({ outcome: 'changed', verification: 'confirmed' });
		expect(story.done()).toEqual(['pause 700101', 'pause 700102']);
		expect(story.writesSent()).toHaveLength(2);

		says('**At End of Pause Period** leaves the pause as it is', '**Immediately** ends it');
		says('`verification` is `notVisible`');
		const atEnd = await story.resume(DEDICATED_DESK, { resumeWhen: 'endOfPausePeriod' });
		expect(only(atEnd)).toMatchObject({ verification: 'notVisible', hint: expect.any(String) });
		expect(sandbox.contract(DEDICATED_DESK).state).toBe('scheduled');
		await story.resume(DEDICATED_DESK, { resumeWhen: 'immediately' });
		expect(sandbox.contract(DEDICATED_DESK).state).toBe('none');
	});
});
