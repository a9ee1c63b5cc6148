import type { IDataObject } from 'n8n-workflow';
import {
	CANCELLED,
	CONTINUE,
	DEDICATED_DESK,
	ENDING,
	failure,
	HOT_DESK,
	NO_PAUSING,
	only,
	PAUSE_SCHEDULED,
	PAUSED_NOW,
	tellStory,
	YEAR_USED_UP,
} from './story';

describe('Pause refuses, without sending anything,', () => {
	it.each([
		[
			'when the terms are not accepted',
			HOT_DESK,
			{ termsAccepted: false },
			'termsNotAccepted',
			/terms are not accepted.*Terms Accepted/,
		],
		[
			'when the price plan does not allow pausing',
			NO_PAUSING,
			{},
			'notEligible',
			/cannot be paused now.*Virtual Office Yearly/s,
		],
		['when the contract is cancelled', CANCELLED, {}, 'cancelled', /is cancelled/],
		['when the contract is ending', ENDING, {}, 'ending', /ends on \d{4}-\d\d-\d\d/],
		['when the pauses of the year are used up', YEAR_USED_UP, {}, 'notEligible', /used up: 2 of 2/],
		[
			'when the cycles exceed what the price plan offers',
			DEDICATED_DESK,
			{ pauseCycles: 4 },
			'tooManyCycles',
			/is 4, and price plan "Dedicated Desk Monthly" allows at most 3.*1 to 3/s,
		],
	])('%s, and says which and what is allowed', async (_, contractId, parameters, code, words) => {
		const story = await tellStory();
		const error = failure(await story.pause(contractId, parameters, CONTINUE));
		expect(error).toMatchObject({
			code,
			outcome: 'refused',
			contractId,
			before: { state: 'none' },
			attempts: 0,
			audit: { attempts: [] },
		});
		expect(`${String(error.message)}\n${String(error.description)}`).toMatch(words);
		expect(story.writesSent()).toEqual([]);
		expect(story.done()).toEqual([]);
	});

	it('and names all that stands in the way at once', async () => {
		const story = await tellStory();
		const error = failure(
			await story.pause(CANCELLED, { pauseCycles: 9, termsAccepted: false }, CONTINUE),
		);
		expect(error.message).toMatch(/terms are not accepted.*; .*is cancelled.*; .*is 9.*at most 6/);
		expect(story.done()).toEqual([]);
	});
});

/** A pause of so many cycles that is there, and whether two cycles are asked for again. */
describe('If Already Paused', () => {
	const SAME = 3; // Private Office: paused for three cycles, one of them gone.

	it.each([
		// option, cycles asked for, outcome, sameAsAsked, code
		['unchanged', SAME, 'unchanged', true, null],
		['unchanged', 2, 'refused', false, 'pausedDifferently'],
		['accept', SAME, 'unchanged', true, null],
		['accept', 2, 'unchanged', false, null],
		['fail', SAME, 'refused', true, 'alreadyPaused'],
		['fail', 2, 'refused', false, 'alreadyPaused'],
	] as const)(
		'%s, with %d cycles asked for and 3 there: %s',
		async (ifAlreadyPaused, pauseCycles, outcome, sameAsAsked, code) => {
			const story = await tellStory();
			const result = await story.pause(
				PAUSED_NOW,
				{ pauseCycles, options: { ifAlreadyPaused } },
				CONTINUE,
			);
			if (code === null) {
				expect(only(result)).toMatchObject({
					outcome,
					changed: false,
					verified: true,
					sameAsAsked,
					attempts: 0,
					after: { state: 'active' },
				});
			} else {
				expect(failure(result)).toMatchObject({ outcome, code, after: { state: 'active' } });
			}
			expect(story.writesSent()).toEqual([]);
		},
	);

	it('takes a scheduled pause for a pause', async () => {
		const story = await tellStory();
		expect(only(await story.pause(PAUSE_SCHEDULED))).toMatchObject({
			outcome: 'unchanged',
			sameAsAsked: true,
			after: { state: 'scheduled' },
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('refuses another pause with both dates, the one there and the one asked for', async () => {
		const story = await tellStory();
		const error = failure(await story.pause(PAUSED_NOW, { pauseCycles: 1 }, CONTINUE));
		const { pausedFromUtc, pausedUntilUtc } = error.before as Record<string, string>;
		expect(error.message).toContain(`${pausedFromUtc} to ${pausedUntilUtc}`);
		expect(error.description).toMatch(/Asked for: \d{4}-\S+ to \d{4}-/);
	});

	/** Nexudus shows a pause without its dates. */
	async function withoutDates() {
		const story = await tellStory();
		const first = only(
			await story.run({ operation: 'get', contractId: PAUSED_NOW, simplify: false }),
		);
		const contract = { ...first, InPausedPeriodFromUtc: null, InPausedPeriodUntilUtc: null };
		const fixed = (route: 'contract' | 'meta', body: IDataObject) =>
			story.sandbox.faults.order({
				route,
				times: 9,
				kind: 'status',
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
		fixed('contract', contract);
		fixed('meta', { IsPausedNow: true, InPausedPeriod: true, CanBePausedNow: false });
		return story;
	}

	it.each([
		['unchanged', 'unchanged'],
		['accept', 'unchanged'],
	])('%s, where the two cannot be compared: success, null and a hint', async (ifAlreadyPaused) => {
		const story = await withoutDates();
		expect(only(await story.pause(PAUSED_NOW, { options: { ifAlreadyPaused } }))).toMatchObject({
			outcome: 'unchanged',
			sameAsAsked: null,
			hint: expect.stringContaining('no dates or cycle to compare'),
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('fail, where the two cannot be compared: refused', async () => {
		const story = await withoutDates();
		const error = failure(
			await story.pause(PAUSED_NOW, { options: { ifAlreadyPaused: 'fail' } }, CONTINUE),
		);
		expect(error).toMatchObject({ code: 'alreadyPaused', outcome: 'refused' });
	});

	it('needs neither terms nor eligibility where there is nothing to send', async () => {
		const story = await tellStory();
		const output = only(await story.pause(PAUSED_NOW, { pauseCycles: 3, termsAccepted: false }));
		expect(output.outcome).toBe('unchanged');
	});
});
