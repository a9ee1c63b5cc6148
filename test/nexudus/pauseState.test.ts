import { contractState, pauseState, showsBeforeStart } from '../../nodes/Nexudus/pauseState';
import type { VendorRecord } from '../../nodes/Nexudus/vendorRecord';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const FROM = '2026-03-01T00:00:00Z';
const AHEAD = '2026-04-01T00:00:00Z';
const UNTIL = '2026-05-01T00:00:00Z';
const OVER = '2026-03-05T00:00:00Z';
const dates = (from: string, until: string) => ({
	InPausedPeriodFromUtc: from,
	InPausedPeriodUntilUtc: until,
});

describe('The state of a pause', () => {
	it.each<[string, VendorRecord, 'none' | 'scheduled' | 'active']>([
		['nothing said', {}, 'none'],
		['all flags off', { IsPaused: false, IsPausedNow: false, InPausedPeriod: false }, 'none'],
		['on now', { IsPausedNow: true }, 'active'],
		['in its period', { InPausedPeriod: true }, 'active'],
		['on now, with dates', { IsPausedNow: true, ...dates(FROM, UNTIL) }, 'active'],
		['dates around now, no flag', dates(FROM, UNTIL), 'active'],
		['dates that are over', dates('2026-02-01T00:00:00Z', OVER), 'none'],
		['dates that are over, IsPaused forgotten', { IsPaused: true, ...dates(FROM, OVER) }, 'none'],
		['ends this very moment', dates(FROM, new Date(NOW).toISOString()), 'none'],
		['a start ahead', dates(AHEAD, UNTIL), 'scheduled'],
		[
			'a start ahead, every flag on',
			{ IsPaused: true, IsPausedNow: true, InPausedPeriod: true, ...dates(AHEAD, UNTIL) },
			'scheduled',
		],
		['begins this very moment', dates(new Date(NOW).toISOString(), UNTIL), 'active'],
		['IsPaused alone', { IsPaused: true }, 'scheduled'],
		['flags that are no booleans', { IsPaused: 'true', IsPausedNow: 1 }, 'none'],
		['dates that are none', { InPausedPeriodFromUtc: 'x', InPausedPeriodUntilUtc: '' }, 'none'],
	])('%s', (_, record, state) => {
		expect(pauseState(record, null, NOW).state).toBe(state);
		expect(pauseState(null, record, NOW).state).toBe(state);
	});

	it('believes either record that says "paused", and the meta’s dates first', () => {
		const contract = { IsPausedNow: false, ...dates(AHEAD, UNTIL) };
		const meta = { IsPausedNow: true, ...dates(FROM, UNTIL) };
		expect(pauseState(contract, meta, NOW)).toMatchObject({
			state: 'active',
			pausedFromUtc: '2026-03-01T00:00:00.000Z',
		});
	});

	it('shows no dates of a pause that is over', () => {
		expect(pauseState(dates('2026-02-01T00:00:00Z', OVER), null, NOW)).toMatchObject({
			state: 'none',
			pausedFromUtc: null,
			pausedUntilUtc: null,
		});
	});

	it.each([
		[true, true],
		[false, false],
		['yes', null],
		[undefined, null],
	])('CanBePausedNow %j is %j', (value, can) => {
		expect(pauseState({ CanBePausedNow: value }, null, NOW).canBePaused).toBe(can);
	});
});

describe('A vendor that shows what has not begun', () => {
	const state = (record: VendorRecord) => contractState({ contract: record, meta: null }, NOW);
	it.each<[string, VendorRecord, boolean]>([
		['a start ahead', dates(AHEAD, UNTIL), true],
		['IsPaused alone', { IsPaused: true }, true],
		[
			'a start that only our clock puts ahead',
			{ IsPausedNow: true, ...dates(AHEAD, UNTIL) },
			false,
		],
		['the same by the other flag', { InPausedPeriod: true, ...dates(AHEAD, UNTIL) }, false],
		['an active pause', dates(FROM, UNTIL), false],
		['no pause', {}, false],
	])('%s', (_, record, shows) => {
		expect(showsBeforeStart(state(record))).toBe(shows);
	});
});

describe('The state of a contract', () => {
	const contract: VendorRecord = {
		Active: true,
		Cancelled: false,
		TariffName: 'Hot Desk',
		RenewalDateUtc: AHEAD,
	};
	const meta: VendorRecord = {
		CurrentPeriodStartUtc: FROM,
		PauseCyclesLimit: 3,
		PauseYearlyLimit: 0,
		PausedPeriodsCount: 0,
		TermsAndConditions: 'Terms',
	};

	it('is read from contract and meta', () => {
		expect(contractState({ contract, meta }, NOW)).toMatchObject({
			active: true,
			cancelled: false,
			endsOn: null,
			pricePlan: 'Hot Desk',
			renewalUtc: '2026-04-01T00:00:00.000Z',
			cycle: { months: 1 },
			cyclesLimit: 3,
			yearlyLimit: null,
			pausesUsed: 0,
			terms: 'Terms',
		});
	});

	it('takes limits and terms from a sister of the same price plan, and not its pauses', () => {
		const sister = { ...meta, IsPausedNow: true, PausedPeriodsCount: 2 };
		const pricePlan = { meta: sister, cycle: { months: 1 } };
		expect(contractState({ contract, meta: null, pricePlan }, NOW)).toMatchObject({
			pause: { state: 'none' },
			cyclesLimit: 3,
			pausesUsed: null,
			cycle: { months: 1 },
		});
	});

	it('knows that the current period ends where a scheduled pause begins', () => {
		const scheduled = { ...meta, ...dates(AHEAD, UNTIL) };
		const later = { ...contract, RenewalDateUtc: UNTIL };
		expect(contractState({ contract: later, meta: scheduled }, NOW).cycle).toEqual({ months: 1 });
	});
});
