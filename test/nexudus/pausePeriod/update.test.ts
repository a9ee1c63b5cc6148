import {
	CONTINUE,
	failure,
	MADRID,
	NEW_YORK,
	only,
	tellOperatorStory,
	type OperatorStory,
} from './operatorStory';

async function august(story: OperatorStory, contractId = MADRID, options = {}): Promise<number> {
	const { pausePeriodId } = only(await story.create(contractId, { options }));
	return pausePeriodId as number;
}

describe('update', () => {
	it('sends the whole record: what is not named stays as it is', async () => {
		const story = await tellOperatorStory();
		const id = await august(story, NEW_YORK, { notes: 'Keep me' });
		const updateFields = { pauseUntil: '2027-10-01' };
		const output = only(await story.update(id, { updateFields }));
		expect(output).toMatchObject({
			outcome: 'changed',
			verified: true,
			pausePeriodId: id,
			contractId: NEW_YORK,
			before: { pausedUntilLocal: '2027-09-01' },
			after: { pausedFromLocal: '2027-08-01', pausedUntilLocal: '2027-10-01', notes: 'Keep me' },
			request: {
				method: 'PUT',
				body: {
					Id: id,
					CoworkerContractId: NEW_YORK,
					PauseFrom: '2027-08-01T04:00:00Z',
					PauseUntil: '2027-10-01T04:00:00Z',
					PauseUntilLocal: '2027-10-01T00:00:00',
					Notes: 'Keep me',
				},
			},
		});
		expect(story.pauses(NEW_YORK)).toEqual(['2027-08-01 2027-10-01']);
		expect(story.done()).toEqual([`createPeriod ${NEW_YORK}`, `updatePeriod ${NEW_YORK}`]);
	});

	it('of the notes alone reads the period, writes, and reads it', async () => {
		const story = await tellOperatorStory();
		const id = await august(story);
		const before = story.asked().length;
		const options = { reason: 'Longer stay', requestedBy: 'desk' };
		await story.update(id, { updateFields: { notes: 'New' }, options });
		expect(story.asked().slice(before)).toEqual(['GET period', 'PUT updatePeriod', 'GET period']);
		expect(story.sandbox.pausesOf(MADRID)[0].notes).toBe(
			'New\nReason: Longer stay\nRequested by: desk',
		);
		expect(story.pauses(MADRID)).toEqual(['2027-08-01 2027-09-01']);
	});

	it('of the days keeps the notes and adds why', async () => {
		const story = await tellOperatorStory();
		const id = await august(story, MADRID, { notes: 'Summer' });
		const change = { updateFields: { pauseUntil: '2027-10-01' }, options: { reason: 'Longer' } };
		await story.update(id, change);
		expect(story.sandbox.pausesOf(MADRID)[0].notes).toBe('Summer\nReason: Longer');
		expect(only(await story.update(id, change)).outcome).toBe('unchanged');
	});

	it('clears the notes where they are named and empty', async () => {
		const story = await tellOperatorStory();
		const id = await august(story, MADRID, { notes: 'Summer' });
		await story.update(id, { updateFields: { notes: '' } });
		expect(story.sandbox.pausesOf(MADRID)[0].notes).toBe(null);
	});

	it('is unchanged where everything named is so', async () => {
		const story = await tellOperatorStory();
		const id = await august(story, MADRID, { notes: 'Summer' });
		const updateFields = { pauseFrom: '2027-08-01', pauseUntil: '2027-09-01', notes: 'Summer' };
		expect(only(await story.update(id, { updateFields }))).toMatchObject({
			outcome: 'unchanged',
			verified: true,
		});
		expect(story.writesSent()).toEqual(['createPeriod']);
	});

	it.each([
		['offCycle', { pauseUntil: '2027-09-15' }],
		['emptyPause', { pauseUntil: '2027-08-01' }],
		['tooEarly', { pauseFrom: '2027-06-01' }],
		['pausedDifferently', { pauseUntil: '2027-12-01' }],
	])('is refused: %s', async (code, updateFields) => {
		const story = await tellOperatorStory();
		const id = await august(story);
		await story.create(MADRID, { pauseFrom: '2027-10-01', pauseUntil: '2027-11-01' });
		const error = failure(await story.update(id, { updateFields }, CONTINUE));
		expect(error).toMatchObject({ code, outcome: 'refused', pausePeriodId: id });
		expect(story.writesSent()).toEqual(['createPeriod', 'createPeriod']);
	});

	it('of the first day is refused once the pause has begun, of the last one it is not', async () => {
		const story = await tellOperatorStory();
		const id = await august(story);
		story.sandbox.clock.set(new Date('2027-08-10T10:00:00Z'));
		const from = { updateFields: { pauseFrom: '2027-09-01', pauseUntil: '2027-10-01' } };
		expect(failure(await story.update(id, from, CONTINUE)).code).toBe('begun');
		const until = { updateFields: { pauseUntil: '2027-11-01' } };
		expect(only(await story.update(id, until)).outcome).toBe('changed');
		expect(story.pauses(MADRID)).toEqual(['2027-08-01 2027-11-01']);
	});

	it('of a pause that has begun says that billing is not documented where it ends earlier', async () => {
		const story = await tellOperatorStory();
		const id = await august(story, MADRID);
		await story.update(id, { updateFields: { pauseUntil: '2027-11-01' } });
		story.sandbox.clock.set(new Date('2027-08-10T10:00:00Z'));
		const sooner = { updateFields: { pauseUntil: '2027-09-01' } };
		const hinted = { hint: expect.stringContaining('ends earlier now') };
		expect(only(await story.update(id, { ...sooner, dryRun: true }))).toMatchObject(hinted);
		expect(only(await story.update(id, sooner))).toMatchObject({ outcome: 'changed', ...hinted });
		const later = only(await story.update(id, { updateFields: { pauseUntil: '2027-12-01' } }));
		expect(String(later.hint)).not.toContain('earlier');
	});

	it('of the days is refused when the pause is over', async () => {
		const story = await tellOperatorStory();
		const id = await august(story);
		story.sandbox.clock.set(new Date('2027-09-10T10:00:00Z'));
		const change = { updateFields: { pauseUntil: '2027-11-01' } };
		expect(failure(await story.update(id, change, CONTINUE)).code).toBe('over');
	});

	it('of a period that is not there is refused', async () => {
		const story = await tellOperatorStory();
		const error = failure(await story.update(1, { updateFields: { notes: 'x' } }, CONTINUE));
		expect(error).toMatchObject({ code: 'periodUnknown', outcome: 'refused', pausePeriodId: 1 });
		expect(story.writesSent()).toEqual([]);
	});

	it('falls with its plan when the notes have changed since', async () => {
		const story = await tellOperatorStory();
		const id = await august(story);
		const updateFields = { pauseUntil: '2027-10-01' };
		const { planId } = only(await story.update(id, { updateFields, dryRun: true }));
		await story.update(id, { updateFields: { notes: 'by another hand' } });
		const options = { expectedPlanId: planId as string };
		expect(failure(await story.update(id, { updateFields, options }, CONTINUE))).toMatchObject({
			code: 'planChanged',
			description: expect.stringContaining('pause period as it is'),
		});
	});
});

describe('delete', () => {
	it('lifts a pause with one write, and sees that it is gone', async () => {
		const story = await tellOperatorStory();
		const id = await august(story, MADRID, { notes: 'Summer' });
		const before = story.asked().length;
		const output = only(await story.remove(id));
		expect(output).toMatchObject({
			operation: 'delete',
			outcome: 'changed',
			verified: true,
			sameAsAsked: true,
			pausePeriodId: id,
			contractId: MADRID,
			before: { state: 'scheduled', pausedFromLocal: '2027-08-01' },
			after: { state: 'none' },
			audit: { notes: 'Summer' },
		});
		expect(story.asked().slice(before)).toEqual([
			'GET period',
			'DELETE deletePeriod',
			'GET period',
		]);
		expect(story.pauses(MADRID)).toEqual([]);
		expect(story.sandbox.contract(MADRID).state).toBe('none');
	});

	it('of what is gone already is unchanged, or fails where it shall', async () => {
		const story = await tellOperatorStory();
		const id = await august(story);
		await story.remove(id);
		const again = only(await story.remove(id));
		expect(again).toMatchObject({ outcome: 'unchanged', verified: false });
		expect(again.hint).toContain('it was deleted before, never was');
		const options = { ifAlreadyDeleted: 'fail' };
		expect(failure(await story.remove(id, { options }, CONTINUE)).code).toBe('alreadyDeleted');
		expect(story.writesSent()).toEqual(['createPeriod', 'deletePeriod']);
	});

	it('of a pause that has begun says what is not known', async () => {
		const story = await tellOperatorStory();
		const id = await august(story);
		story.sandbox.clock.set(new Date('2027-08-10T10:00:00Z'));
		const output = only(await story.remove(id, { dryRun: true }));
		expect(output).toMatchObject({ outcome: 'planned', wouldDo: 'write' });
		expect(output.hint).toContain('not documented');
	});

	it('of a pause that is over is refused', async () => {
		const story = await tellOperatorStory();
		const id = await august(story);
		story.sandbox.clock.set(new Date('2027-09-10T10:00:00Z'));
		expect(failure(await story.remove(id, {}, CONTINUE)).code).toBe('over');
		expect(story.writesSent()).toEqual(['createPeriod']);
	});
});
