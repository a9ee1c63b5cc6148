import type { IDataObject } from 'n8n-workflow';
import { hotDesk, meetingCredits } from '../../../sandbox/seeds/pricePlans';
import {
	AUCKLAND,
	CANCELLED,
	CONTINUE,
	ENDING,
	failure,
	MADRID,
	NEW_YORK,
	ON_THE_31ST,
	only,
	tellOperatorStory,
	WEEKLY,
} from './operatorStory';

describe('a pause period', () => {
	it.each([
		['Europe/Madrid', MADRID, '2027-07-31T22:00:00.000Z', '2027-08-31T22:00:00.000Z'],
		['America/New_York', NEW_YORK, '2027-08-01T04:00:00.000Z', '2027-09-01T04:00:00.000Z'],
		['Pacific/Auckland', AUCKLAND, '2027-07-31T12:00:00.000Z', '2027-08-31T12:00:00.000Z'],
	])('is created for August in %s with one write, and seen', async (_, id, from, until) => {
		const story = await tellOperatorStory();
		const output = only(await story.create(id));
		expect(output).toMatchObject({
			system: 'nexudus',
			operation: 'create',
			outcome: 'changed',
			verified: true,
			sameAsAsked: true,
			contractId: id,
			before: { state: 'none' },
			after: {
				state: 'scheduled',
				pausedFromLocal: '2027-08-01',
				pausedUntilLocal: '2027-09-01',
				pausedFromUtc: from,
				pausedUntilUtc: until,
			},
		});
		expect(output.pausePeriodId).toEqual(expect.any(Number));
		expect(story.pauses(id)).toEqual(['2027-08-01 2027-09-01']);
		expect(story.done()).toEqual([`createPeriod ${id}`]);
		expect(story.asked()).toEqual([
			'GET adminContract',
			'GET business',
			'GET periodList',
			'POST createPeriod',
			'GET periodList',
		]);
	});

	it.each([
		// The clocks change within the pause, in either direction, on either half of the globe.
		['Madrid', MADRID, '2027-10-01', '2027-11-01', '2027-09-30T22:00:00Z', '2027-10-31T23:00:00Z'],
		['Madrid', MADRID, '2028-03-01', '2028-04-01', '2028-02-29T23:00:00Z', '2028-03-31T22:00:00Z'],
		[
			'New York',
			NEW_YORK,
			'2027-11-01',
			'2027-12-01',
			'2027-11-01T04:00:00Z',
			'2027-12-01T05:00:00Z',
		],
		[
			'New York',
			NEW_YORK,
			'2028-03-01',
			'2028-04-01',
			'2028-03-01T05:00:00Z',
			'2028-04-01T04:00:00Z',
		],
		[
			'Auckland',
			AUCKLAND,
			'2027-09-01',
			'2027-10-01',
			'2027-08-31T12:00:00Z',
			'2027-09-30T11:00:00Z',
		],
		[
			'Auckland',
			AUCKLAND,
			'2028-04-01',
			'2028-05-01',
			'2028-03-31T11:00:00Z',
			'2028-04-30T12:00:00Z',
		],
	])(
		'keeps its days in %s over a clock change',
		async (_, id, pauseFrom, pauseUntil, from, until) => {
			const story = await tellOperatorStory();
			const output = only(await story.create(id, { pauseFrom, pauseUntil }));
			expect(output).toMatchObject({
				outcome: 'changed',
				verified: true,
				request: { body: { PauseFrom: from, PauseUntil: until } },
			});
			expect(story.pauses(id)).toEqual([`${pauseFrom} ${pauseUntil}`]);
		},
	);

	it('takes days as a date picker and as expressions give them', async () => {
		const story = await tellOperatorStory();
		const output = only(
			await story.create(MADRID, {
				pauseFrom: '2027-08-01T00:00:00',
				pauseUntil: "={{ DateTime.fromISO('2027-09-01', { zone: 'Pacific/Auckland' }) }}",
			}),
		);
		expect(output.outcome).toBe('changed');
		expect(story.pauses(MADRID)).toEqual(['2027-08-01 2027-09-01']);
	});

	it('carries reason and name in its notes, and in the audit record', async () => {
		const story = await tellOperatorStory();
		const options = { notes: 'Summer', reason: 'Holidays', requestedBy: 'Maria' };
		const output = only(await story.create(MADRID, { options }));
		expect(story.sandbox.pausesOf(MADRID)[0].notes).toBe(
			'Summer\nReason: Holidays\nRequested by: Maria',
		);
		expect(output.audit).toMatchObject({ reason: 'Holidays', requestedBy: 'Maria' });
	});
});

describe('what is there already', () => {
	it('is unchanged when it is the same, with nothing sent', async () => {
		const story = await tellOperatorStory();
		const first = only(await story.create(MADRID));
		const again = only(await story.create(MADRID));
		expect(again).toMatchObject({
			outcome: 'unchanged',
			verified: true,
			sameAsAsked: true,
			pausePeriodId: first.pausePeriodId,
		});
		expect(story.writesSent()).toEqual(['createPeriod']);
	});

	it('fails where it shall', async () => {
		const story = await tellOperatorStory();
		await story.create(MADRID);
		const options = { ifAlreadyPaused: 'fail' };
		expect(failure(await story.create(MADRID, { options }, CONTINUE))).toMatchObject({
			code: 'alreadyPaused',
			outcome: 'refused',
		});
		expect(story.writesSent()).toEqual(['createPeriod']);
	});

	it('is refused when it is another pause at that time, with both dates', async () => {
		const story = await tellOperatorStory();
		await story.create(MADRID);
		const longer = { pauseUntil: '2027-10-01' };
		const error = failure(await story.create(MADRID, longer, CONTINUE));
		expect(error).toMatchObject({ code: 'pausedDifferently', outcome: 'refused' });
		expect(error.message).toContain('2027-08-01 to 2027-09-01');
		expect(error.description).toContain('2027-08-01 to 2027-10-01');
		expect(story.writesSent()).toEqual(['createPeriod']);
	});

	it('may be a pause at another time', async () => {
		const story = await tellOperatorStory();
		await story.create(MADRID);
		await story.create(MADRID, { pauseFrom: '2027-10-01', pauseUntil: '2027-11-01' });
		expect(story.pauses(MADRID)).toEqual(['2027-08-01 2027-09-01', '2027-10-01 2027-11-01']);
	});

	it('shows on the customer side too', async () => {
		const story = await tellOperatorStory();
		await story.create(MADRID);
		expect(story.sandbox.contract(MADRID)).toMatchObject({ state: 'scheduled', pausedCycles: 1 });
	});
});

describe('a day that no billing cycle begins on', () => {
	it('is refused, with the nearest ones', async () => {
		const story = await tellOperatorStory();
		const off = { pauseFrom: '2027-08-05', pauseUntil: '2027-09-10' };
		const error = failure(await story.create(MADRID, off, CONTINUE));
		expect(error).toMatchObject({ code: 'offCycle', outcome: 'refused', attempts: 0 });
		expect(error.message).toContain("'Pause From' is 2027-08-05");
		expect(error.message).toContain('The nearest are 2027-08-01 and 2027-09-01');
		expect(error.message).toContain('The nearest are 2027-09-01 and 2027-10-01');
		expect(error.message).toContain('monthly, on day 1');
		expect(story.writesSent()).toEqual([]);
	});

	it.each([
		['in the past', '2026-05-05', '2026-09-10', ['2027-07-01', '2027-08-01']],
		['in the cycle that has begun', '2027-06-05', '2027-07-02', ['2027-07-01', '2027-08-01']],
		['whose end is too near', '2027-08-01', '2027-08-15', ['2027-09-01']],
	])('%s is refused with days that are possible', async (_, pauseFrom, pauseUntil, next) => {
		const story = await tellOperatorStory();
		const { message } = failure(
			await story.create(MADRID, { pauseFrom, pauseUntil }, CONTINUE),
		) as { message: string };
		const named = [...message.matchAll(/The next is ([\d-]+)/g)].map(([, day]) => day);
		expect(named).toEqual(next);
		expect(message).not.toContain('The nearest');
	});

	it('says nothing of invoices in a dry run that refuses', async () => {
		const story = await tellOperatorStory();
		const output = only(await story.create(MADRID, { pauseFrom: '2027-06-01', dryRun: true }));
		expect(output).toMatchObject({ wouldDo: 'refuse' });
		expect(output.hint ?? null).toBeNull();
	});

	it('in the past is refused with a first and a last day that go together', async () => {
		const story = await tellOperatorStory();
		const past = { pauseFrom: '2027-03-01', pauseUntil: '2027-05-01' };
		const { message } = failure(await story.create(MADRID, past, CONTINUE));
		expect(message).toMatch(/'Pause From' is 2027-03-01, .* first day possible is 2027-07-01/);
		expect(message).toMatch(/'Pause Until' is 2027-05-01, .* first day possible is 2027-08-01/);
	});

	it('moves to the next cycle where it may', async () => {
		const story = await tellOperatorStory();
		const off = { pauseFrom: '2027-07-02', pauseUntil: '2027-08-15', onOffCycleDate: 'nextCycle' };
		const output = only(await story.create(MADRID, off));
		expect(output).toMatchObject({ outcome: 'changed', verified: true });
		expect(story.pauses(MADRID)).toEqual(['2027-08-01 2027-09-01']);
		expect(only(await story.create(MADRID, off)).outcome).toBe('unchanged');
	});

	it('is refused where both would move to the same', async () => {
		const story = await tellOperatorStory();
		const off = { pauseFrom: '2027-08-02', pauseUntil: '2027-08-20', onOffCycleDate: 'nextCycle' };
		expect(failure(await story.create(MADRID, off, CONTINUE)).code).toBe('emptyPause');
		expect(story.writesSent()).toEqual([]);
	});

	it.each([
		['weekly', WEEKLY, '2027-07-06', 'The nearest are 2027-07-05 and 2027-07-12', 'on a Monday'],
		['on the 31st', ON_THE_31ST, '2027-09-15', 'nearest are 2027-08-31 and 2027-09-30', 'day 31'],
	])('of a contract billed %s is told from its own days', async (_, id, day, nearest, words) => {
		const story = await tellOperatorStory();
		const off = { pauseFrom: day, pauseUntil: '2027-12-31' };
		const { message } = failure(await story.create(id, off, CONTINUE));
		expect(message).toContain(nearest);
		expect(message).toContain(words);
		expect(story.writesSent()).toEqual([]);
	});

	it.each(['2027-06-01', '2027-05-01'])('or on %s, which has begun, is refused', async (day) => {
		const story = await tellOperatorStory();
		const error = failure(await story.create(MADRID, { pauseFrom: day }, CONTINUE));
		expect(error.code).toBe('tooEarly');
		expect(error.message).toContain('The first day possible is 2027-07-01');
		expect(story.writesSent()).toEqual([]);
	});
});

describe('a contract', () => {
	it.each([
		[CANCELLED, 'cancelled'],
		[ENDING, 'ending'],
		[799_999, 'contractUnknown'],
	])('%s is not paused: %s', async (id, code) => {
		const story = await tellOperatorStory();
		const error = failure(await story.create(id, {}, CONTINUE));
		expect(error).toMatchObject({ code, outcome: 'refused', contractId: id });
		expect(story.writesSent()).toEqual([]);
	});

	it('that ends with the pause is paused', async () => {
		const story = await tellOperatorStory();
		const july = { pauseFrom: '2027-07-01', pauseUntil: '2027-08-01' };
		expect(only(await story.create(ENDING, july)).outcome).toBe('changed');
	});
});

describe('the time zone of the location', () => {
	const ROLES = [
		'Coworker-List',
		'CoworkerContract-Read',
		'ContractPausedPeriod-List',
		'ContractPausedPeriod-Create',
	];
	const withoutBusiness = async () => {
		const story = await tellOperatorStory({ email: 'ada@example.test' });
		story.sandbox.addAdmins([
			{
				id: 99,
				email: 'ada@example.test',
				password: 'open-sesame-7',
				fullName: 'Ada Roe',
				roles: ROLES,
			},
		]);
		return story;
	};

	it('that is not shown is asked for', async () => {
		const story = await withoutBusiness();
		const error = failure(await story.create(AUCKLAND, {}, CONTINUE));
		expect(error.code).toBe('timeZoneUnknown');
		expect(error.description).toContain("Set 'Time Zone'");
		expect(story.writesSent()).toEqual([]);
	});

	it('leaves open whether another pause is at that time: it is not claimed', async () => {
		const story = await withoutBusiness();
		const days = { from: '2028-08-01', until: '2028-09-01', changedAt: 0 };
		story.sandbox.otherHand.setPauses(AUCKLAND, [days]);
		const { code, message } = failure(await story.create(AUCKLAND, {}, CONTINUE));
		expect(code).toBe('timeZoneUnknown');
		expect(message).not.toContain('another pause');
	});

	it('may be given', async () => {
		const story = await withoutBusiness();
		const options = { timeZone: 'Pacific/Auckland' };
		expect(only(await story.create(AUCKLAND, { options })).verified).toBe(true);
		expect(story.pauses(AUCKLAND)).toEqual(['2027-08-01 2027-09-01']);
	});

	it('is refused where it does not fit the dates of the contract', async () => {
		const story = await tellOperatorStory();
		const options = { timeZone: 'Europe/Madrid' };
		const error = failure(await story.create(AUCKLAND, { options }, CONTINUE));
		expect(error).toMatchObject({ code: 'timeZoneUnknown', outcome: 'refused' });
		expect(error.message).toContain('does not fit');
		expect(story.writesSent()).toEqual([]);
	});
});

describe('billing days that the contract shows in two ways', () => {
	const CONTRACT = 720_001;
	const nextInvoicedFor = async (nextInvoicePeriod: string) => {
		const story = await tellOperatorStory();
		story.sandbox.addContracts('maria@example.test', [
			{ id: CONTRACT, pricePlan: hotDesk, currentCycleFrom: '2027-06-01', nextInvoicePeriod },
		]);
		return story;
	};

	it.each(['2027-07-01', '2027-09-01', '2027-06-01'])(
		'agree where whole cycles lie between them: %s',
		async (day) => {
			const story = await nextInvoicedFor(day);
			expect(only(await story.create(CONTRACT)).outcome).toBe('changed');
		},
	);

	it.each(['2027-07-05', '2027-06-15', '2027-07-31'])(
		'are not guessed between where they contradict each other: %s',
		async (day) => {
			const story = await nextInvoicedFor(day);
			for (const onOffCycleDate of ['refuse', 'nextCycle']) {
				const error = failure(await story.create(CONTRACT, { onOffCycleDate }, CONTINUE));
				expect(error).toMatchObject({ code: 'cycleContradicted', outcome: 'refused' });
				expect(error.message).toContain(`next invoiced on 2027-07-01 (monthly, on day 1)`);
				expect(error.message).toContain(`begins on ${day}`);
				expect(error.description).toContain("'Next Invoice Period'");
			}
			expect(story.writesSent()).toEqual([]);
		},
	);
});

describe('a billing day that the next invoice does not fall on', () => {
	const CONTRACT = 720_002;
	const billed = async (from: string, billingDay: number, plan = hotDesk) => {
		const story = await tellOperatorStory();
		story.sandbox.addContracts('maria@example.test', [
			{ id: CONTRACT, pricePlan: plan, currentCycleFrom: from, billingDay },
		]);
		return story;
	};

	it.each([
		['2027-06-01', 15],
		['2027-06-08', 1],
		['2027-05-28', 31],
	])(
		'leaves open on which days cycles begin, and nothing is sent: %s, day %i',
		async (from, day) => {
			const story = await billed(from, day);
			for (const onOffCycleDate of ['refuse', 'nextCycle']) {
				const error = failure(await story.create(CONTRACT, { onOffCycleDate }, CONTINUE));
				expect(error).toMatchObject({ code: 'cycleContradicted', outcome: 'refused' });
				expect(error.message).toContain(`its billing day is ${day}:`);
				expect(error.description).toContain("'Billing Day'");
			}
			expect(story.writesSent()).toEqual([]);
		},
	);

	it.each([
		['2027-05-31', 31, hotDesk, '2027-08-31', '2027-09-30'],
		// Not shown.
		['2027-06-01', 0, hotDesk, '2027-08-01', '2027-09-01'],
		// A day of the month is nothing to a plan that bills by weeks.
		['2027-06-07', 3, meetingCredits, '2027-08-02', '2027-08-09'],
	])('is no other day: from %s, day %i', async (from, day, plan, pauseFrom, pauseUntil) => {
		const story = await billed(from, day, plan);
		expect(only(await story.create(CONTRACT, { pauseFrom, pauseUntil })).outcome).toBe('changed');
		expect(story.pauses(CONTRACT)).toEqual([`${pauseFrom} ${pauseUntil}`]);
	});
});

describe('a dry run', () => {
	it('shows what would happen, the exact request, and sends nothing', async () => {
		const story = await tellOperatorStory();
		const output = only(await story.create(NEW_YORK, { dryRun: true }));
		expect(output).toMatchObject({
			outcome: 'planned',
			wouldDo: 'write',
			refusals: [],
			pausePeriodId: null,
			expectedDates: {
				pausedFromLocal: '2027-08-01',
				pausedUntilLocal: '2027-09-01',
				timeZone: 'America/New_York',
			},
			request: {
				method: 'POST',
				body: {
					CoworkerContractId: NEW_YORK,
					PauseFrom: '2027-08-01T04:00:00Z',
					PauseUntil: '2027-09-01T04:00:00Z',
				},
			},
		});
		expect(story.writesSent()).toEqual([]);
	});

	it('gives the plan that a real run may be bound to', async () => {
		const story = await tellOperatorStory();
		const { planId } = only(await story.create(MADRID, { dryRun: true }));
		const options = { expectedPlanId: planId as string };
		expect(only(await story.create(MADRID, { options })).outcome).toBe('changed');
	});

	it('gives a plan that falls when another pause has come', async () => {
		const story = await tellOperatorStory();
		const { planId } = only(await story.create(MADRID, { dryRun: true }));
		await story.create(MADRID, { pauseFrom: '2027-10-01', pauseUntil: '2027-11-01' });
		const options = { expectedPlanId: planId as string };
		expect(failure(await story.create(MADRID, { options }, CONTINUE))).toMatchObject({
			code: 'planChanged',
			description: expect.stringContaining('pauses of the contract'),
		});
		expect(story.writesSent()).toHaveLength(1);
	});
});

describe('as a tool of an agent', () => {
	const tool = { asTool: true, items: [{ json: {} }] };

	it('writes only with the plan that it has shown', async () => {
		const story = await tellOperatorStory();
		const planned = only(await story.create(MADRID, {}, tool));
		expect(planned).toMatchObject({
			outcome: 'planned',
			refusals: [{ code: 'planRequired' }],
		});
		expect(story.writesSent()).toEqual([]);
		const options: IDataObject = { expectedPlanId: planned.planId };
		expect(only(await story.create(MADRID, { options: options as never }, tool)).outcome).toBe(
			'changed',
		);
		expect(story.done()).toEqual([`createPeriod ${MADRID}`]);
	});

	it.each(['update', 'delete'])('does not %s without one', async (operation) => {
		const story = await tellOperatorStory();
		const { pausePeriodId } = only(await story.create(MADRID));
		const parameters = { pausePeriodId: pausePeriodId as number, updateFields: { notes: 'x' } };
		expect(only(await story.run(operation, parameters, tool)).outcome).toBe('planned');
		expect(story.writesSent()).toEqual(['createPeriod']);
	});
});

it('a role that is missing is named, with nothing sent', async () => {
	const story = await tellOperatorStory({ email: 'dora@example.test' });
	const error = failure(await story.create(MADRID, {}, CONTINUE));
	expect(error).toMatchObject({ code: 'http401', outcome: 'failed' });
	expect(error.description).toContain('ContractPausedPeriod-List');
	expect(story.writesSent()).toEqual([]);
});
