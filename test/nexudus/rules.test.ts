import type { SentWrite, Sight, Verdict } from '../../guarded-change/change';
import {
	nexudusChange,
	type NexudusChange,
	type PauseRequest,
	type ResumeRequest,
} from '../../nodes/Nexudus/nexudusChange';
import { contractState, type ContractState } from '../../nodes/Nexudus/pauseState';
import {
	absenceProves,
	expectedPause,
	hiddenFor,
	isAsAsked,
	planFacts,
	rulesFor,
	sees,
} from '../../nodes/Nexudus/rules';
import type { VendorRecord } from '../../nodes/Nexudus/vendorRecord';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const MARCH = '2026-03-01T00:00:00Z';
const APRIL = '2026-04-01T00:00:00Z';
const MAY = '2026-05-01T00:00:00Z';
const JUNE = '2026-06-01T00:00:00Z';
const about = { portal: 'https://x.test', account: 'maria', contractId: 7, dryRun: false };

const pause = (more: Partial<PauseRequest> = {}): NexudusChange =>
	nexudusChange({
		...about,
		operation: 'pause',
		cycles: 1,
		termsAccepted: true,
		ifAlreadyPaused: 'unchanged',
		...more,
	});
const resume = (more: Partial<ResumeRequest> = {}): NexudusChange =>
	nexudusChange({ ...about, operation: 'resumeNow', ifNotPaused: 'unchanged', ...more });
const atEnd = resume({ operation: 'resumeAtEnd' });

const period = (from: string, until: string): VendorRecord => ({
	InPausedPeriodFromUtc: from,
	InPausedPeriodUntilUtc: until,
});
const state = (contract: VendorRecord = {}, meta: VendorRecord = {}, now = NOW): ContractState =>
	contractState(
		{
			contract: { Active: true, Cancelled: false, RenewalDateUtc: APRIL, ...contract },
			meta: { CanBePausedNow: true, CurrentPeriodStartUtc: MARCH, ...meta },
		},
		now,
	);
const scheduled = state(period(APRIL, MAY));
const active = state({ ...period(MARCH, MAY), IsPausedNow: true });
const sentPause: SentWrite = {
	key: 'k',
	lane: 'lane',
	operation: 'pause',
	sentAt: NOW,
	accepted: true,
	keepUntil: NOW + DAY,
};

/** What the rules say, in one word or the codes of what stands in the way. */
function say(change: NexudusChange, of: ContractState, sent: SentWrite[] = [], shows = true) {
	const rules = rulesFor(change, of, sent, shows);
	return rules.do === 'refuse' ? rules.refusals.map(({ code }) => code).join(' ') : rules.do;
}

describe('The rules of a pause', () => {
	it.each<[string, NexudusChange, ContractState, string]>([
		['nothing in the way', pause(), state(), 'write'],
		['eligibility not stated', pause(), state({}, { CanBePausedNow: undefined }), 'write'],
		['terms not accepted', pause({ termsAccepted: false }), state(), 'termsNotAccepted'],
		['not eligible', pause(), state({}, { CanBePausedNow: false }), 'notEligible'],
		['cancelled', pause(), state({ Cancelled: true, Active: false }), 'cancelled'],
		['ending', pause(), state({ CancellationDate: '2026-06-30' }), 'ending'],
		['not active', pause(), state({ Active: false }), 'inactive'],
		[
			'as many cycles as allowed',
			pause({ cycles: 3 }),
			state({}, { PauseCyclesLimit: 3 }),
			'write',
		],
		[
			'more cycles than allowed',
			pause({ cycles: 4 }),
			state({}, { PauseCyclesLimit: 3 }),
			'tooManyCycles',
		],
		[
			'a limit of 0 says nothing',
			pause({ cycles: 4 }),
			state({}, { PauseCyclesLimit: 0 }),
			'write',
		],
		[
			'all at once',
			pause({ cycles: 4, termsAccepted: false }),
			state({}, { PauseCyclesLimit: 3, CanBePausedNow: false }),
			'termsNotAccepted notEligible tooManyCycles',
		],
		['the same pause is there', pause(), scheduled, 'nothing'],
		['another pause is there', pause({ cycles: 2 }), scheduled, 'pausedDifferently'],
		[
			'another pause is there, accepted',
			pause({ cycles: 2, ifAlreadyPaused: 'accept' }),
			scheduled,
			'nothing',
		],
		[
			'the same pause is there, to fail',
			pause({ ifAlreadyPaused: 'fail' }),
			scheduled,
			'alreadyPaused',
		],
		['a pause without dates is there', pause(), state({ IsPausedNow: true }), 'nothing'],
		[
			'a pause is there, and terms do not matter',
			pause({ termsAccepted: false }),
			scheduled,
			'nothing',
		],
	])('%s', (_, change, of, expected) => {
		expect(say(change, of)).toBe(expected);
	});

	it('say whether the pause there is the one asked for', () => {
		expect(rulesFor(pause(), scheduled, [], true)).toMatchObject({ sameAsAsked: true });
		const accept = pause({ cycles: 2, ifAlreadyPaused: 'accept' });
		expect(rulesFor(accept, scheduled, [], true)).toMatchObject({ sameAsAsked: false });
		const unclear = rulesFor(pause(), state({ IsPausedNow: true }), [], true);
		expect(unclear).toMatchObject({ sameAsAsked: null, hint: expect.any(String) as string });
	});
});

describe('The rules of a resume', () => {
	it.each<[string, NexudusChange, ContractState, SentWrite[], string]>([
		['an active pause', resume(), active, [], 'write'],
		['a scheduled pause is never "not paused"', resume(), scheduled, [], 'write'],
		['a scheduled pause, at its end', atEnd, scheduled, [], 'write'],
		['no pause', resume(), state(), [], 'nothing'],
		['no pause, to fail', resume({ ifNotPaused: 'fail' }), state(), [], 'notPaused'],
		[
			'none to see, but we have sent one',
			resume({ ifNotPaused: 'fail' }),
			state(),
			[sentPause],
			'write',
		],
		[
			'none to see, and we sent a resume',
			resume(),
			state(),
			[{ ...sentPause, operation: 'resumeNow' }],
			'nothing',
		],
	])('%s', (_, change, of, sent, expected) => {
		expect(say(change, of, sent)).toBe(expected);
	});

	it('prove "not paused" only where the vendor is known to show what is scheduled', () => {
		expect(rulesFor(resume(), state(), [], true)).toMatchObject({ proven: true });
		expect(rulesFor(resume(), state(), [], false)).toMatchObject({
			proven: false,
			hint: expect.any(String) as string,
		});
	});
});

describe('A later state', () => {
	const none = state();
	const endsToday = state({ ...period(MARCH, '2026-03-11T00:00:00Z'), IsPausedNow: true });
	const shorter = state({ ...period(MARCH, APRIL), IsPausedNow: true });
	const longer = state({ ...period(MARCH, JUNE), IsPausedNow: true });
	const undated = state({ IsPausedNow: true });
	it.each<[string, NexudusChange, ContractState, ContractState, Sight]>([
		['pause: none', pause(), none, none, 'absent'],
		['pause: as asked', pause(), none, scheduled, 'there'],
		['pause: of another length', pause({ cycles: 2 }), none, scheduled, 'differs'],
		['pause: without dates', pause({ cycles: 2 }), none, undated, 'there'],
		['resume now: gone', resume(), active, none, 'there'],
		['resume now: ends today', resume(), active, endsToday, 'there'],
		['resume now: as before', resume(), active, active, 'absent'],
		['resume now: ends earlier, not today', resume(), active, shorter, 'differs'],
		['resume now: longer', resume(), active, longer, 'differs'],
		['resume now: made anew', resume(), active, scheduled, 'differs'],
		['resume now: nothing to see before', resume(), none, none, 'absent'],
		['resume at end: ends earlier', atEnd, active, shorter, 'there'],
		['resume at end: as before', atEnd, active, active, 'absent'],
		['resume at end: longer', atEnd, active, longer, 'differs'],
		['resume at end: gone', atEnd, scheduled, none, 'there'],
		['resume at end: without dates', atEnd, undated, undated, 'absent'],
	])('%s', (_, change, before, after, sight) => {
		expect(sees(change, before, after)).toBe(sight);
	});

	it('is measured by the cycle of the state before: reads after it may lie on both sides of a renewal', () => {
		const astray = { ...scheduled, cycle: { months: 2 } };
		expect(sees(pause(), none, astray)).toBe('there');
		expect(sees(pause({ cycles: 2 }), none, astray)).toBe('differs');
	});
});

describe('Absence in a read proves that nothing was done', () => {
	const ok: Verdict = { class: 'ok' };
	const finished: Verdict = { class: 'ambiguous', finished: true };
	const open: Verdict = { class: 'ambiguous', finished: false };
	it.each<[string, NexudusChange, ContractState, Verdict, number, boolean, boolean]>([
		['resume now', resume(), active, open, 0, false, true],
		['resume now of what is not to see', resume(), state(), open, 0, true, false],
		['resume at end', atEnd, active, ok, DAY, true, false],
		['pause, vendor hides', pause(), state(), ok, DAY, false, false],
		['pause, accepted', pause(), state(), ok, 0, true, true],
		['pause, the application has answered', pause(), state(), finished, 0, true, true],
		['pause, may still act', pause(), state(), open, 5 * MINUTE - 1, true, false],
		['pause, may act no more', pause(), state(), open, 5 * MINUTE, true, true],
	])('%s', (_, change, before, verdict, since, shows, proves) => {
		expect(absenceProves(change, before, verdict, since, shows)).toBe(proves);
	});
});

describe('An effect may stay hidden', () => {
	const renewal = Date.parse(APRIL);
	it('until the renewal, and a little longer', () => {
		expect(NOW + hiddenFor(pause(), state())).toBe(renewal + 5 * MINUTE);
	});

	it('until the renewal after, where this one is so near that it may be missed', () => {
		const near = state({}, {}, renewal - 4 * MINUTE);
		expect(near.asOf + hiddenFor(pause(), near)).toBe(Date.parse(MAY) + 5 * MINUTE);
	});

	it('for longer than a year where no date is known', () => {
		expect(hiddenFor(pause(), state({ RenewalDateUtc: null }))).toBeGreaterThan(365 * DAY);
		expect(hiddenFor(atEnd, state({ IsPausedNow: true }))).toBeGreaterThan(365 * DAY);
		const near = state({}, { CurrentPeriodStartUtc: null }, renewal - 4 * MINUTE);
		expect(hiddenFor(pause(), near)).toBeGreaterThan(365 * DAY);
	});

	it('until the end of the pause, for a resume at its end', () => {
		expect(NOW + hiddenFor(atEnd, active)).toBe(Date.parse(MAY) + 5 * MINUTE);
	});
});

describe('Dates of a pause', () => {
	it.each<[number, ContractState, boolean | null]>([
		[1, scheduled, true],
		[2, scheduled, false],
		[2, active, true],
		[1, state(), null],
		[1, state({ IsPausedNow: true }), null],
		[1, state({ ...period(APRIL, '2026-04-17T00:00:00Z') }), null],
		[1, state(period(APRIL, MAY), { CurrentPeriodStartUtc: null }), null],
	])('as asked for %i cycles, case %#', (cycles, of, same) => {
		expect(isAsAsked(cycles, of)).toBe(same);
	});

	it('are expected from the next renewal on', () => {
		expect(expectedPause(2, state())).toEqual({
			pausedFromUtc: '2026-04-01T00:00:00.000Z',
			pausedUntilUtc: '2026-06-01T00:00:00.000Z',
		});
		expect(expectedPause(2, state({ RenewalDateUtc: null }))).toBeNull();
	});
});

describe('What a plan rests on', () => {
	const facts = (change: NexudusChange, of = state()) => JSON.stringify(planFacts(change, of));
	it('is not who asks why, how it travels, or when', () => {
		const later = state({}, {}, NOW + DAY);
		expect(facts(pause({ termsAccepted: false, ifAlreadyPaused: 'accept' }), later)).toBe(
			facts(pause()),
		);
	});

	it.each<[string, NexudusChange, ContractState]>([
		['the cycles', pause({ cycles: 2 }), state()],
		['the operation', resume(), state()],
		['the contract', pause({ contractId: 8 }), state()],
		['the account', pause({ account: 'tom' }), state()],
		['the renewal', pause(), state({ RenewalDateUtc: MAY })],
		['the pause', pause(), scheduled],
		['the terms', pause(), state({}, { TermsAndConditions: 'New terms' })],
	])('is %s', (_, change, of) => {
		expect(facts(change, of)).not.toBe(facts(pause()));
	});

	it('is not the terms for a resume', () => {
		expect(facts(resume(), state({}, { TermsAndConditions: 'New terms' }))).toBe(facts(resume()));
		expect(facts(atEnd)).not.toBe(facts(resume()));
	});
});
