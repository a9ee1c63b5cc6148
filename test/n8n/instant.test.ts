import { DateTime } from 'luxon';
import { instant } from '../../n8n/instant';

const MADRID = 'Europe/Madrid';

describe('instant', () => {
	it.each([
		// with a zone
		['2027-03-01T00:00:00Z', '2027-03-01T00:00:00.000Z'],
		['2027-03-01T00:00:00z', '2027-03-01T00:00:00.000Z'],
		['2027-03-01T00:00:00.123Z', '2027-03-01T00:00:00.123Z'],
		['2027-03-01T00:00:00.123456789Z', '2027-03-01T00:00:00.123Z'],
		['2027-03-01T00:00:00.5Z', '2027-03-01T00:00:00.500Z'],
		['2027-03-01T02:00:00+02:00', '2027-03-01T00:00:00.000Z'],
		['2027-03-01T02:00:00+0200', '2027-03-01T00:00:00.000Z'],
		['2027-02-28T19:30:00-04:30', '2027-03-01T00:00:00.000Z'],
		['2027-03-01T00:00Z', '2027-03-01T00:00:00.000Z'],
		// local to the workflow
		['2027-03-01', '2027-02-28T23:00:00.000Z'],
		['2027-07-01', '2027-06-30T22:00:00.000Z'],
		['2027-07-01T12:00', '2027-07-01T10:00:00.000Z'],
		['2027-07-01 12:00:30', '2027-07-01T10:00:30.000Z'],
		[' 2027-07-01T12:00:00 ', '2027-07-01T10:00:00.000Z'],
		['2028-02-29', '2028-02-28T23:00:00.000Z'],
		['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
	])('takes %s for %s', (text, expected) => {
		expect(instant(text, 'From', MADRID)).toBe(expected);
	});

	it('takes dates and Luxon date times, which expressions give', () => {
		expect(instant(new Date('2027-03-01T00:00:00Z'), 'From', MADRID)).toBe(
			'2027-03-01T00:00:00.000Z',
		);
		const luxon = DateTime.fromISO('2027-03-01T00:00:00', { zone: 'America/New_York' });
		expect(instant(luxon, 'From', MADRID)).toBe('2027-03-01T05:00:00.000Z');
	});

	/** Luxon is the judge, hour by hour around both clock changes of the year, in four zones. */
	it.each(['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'])(
		'agrees with Luxon around clock changes in %s',
		(zone) => {
			for (const day of ['2027-03-14', '2027-03-28', '2027-04-04', '2027-10-03', '2027-10-31']) {
				for (let hour = 0; hour < 24; hour++) {
					const text = `${day}T${String(hour).padStart(2, '0')}:30:00`;
					const local = DateTime.fromISO(text, { zone });
					// A time that the clock jumps over has no right answer.
					if (local.hour !== hour || local.minute !== 30) continue;
					const candidates = local.getPossibleOffsets().map((one) => one.toUTC().toISO());
					expect(candidates).toContain(instant(text, 'From', zone));
				}
			}
		},
	);

	it.each([
		'2027-02-29',
		'2027-02-30',
		'2027-04-31',
		'2027-13-01',
		'2027-00-01',
		'2027-01-00',
		'2027-01-32',
		'1900-02-29',
		'2027-03-01T24:00:00Z',
		'2027-03-01T10:60:00Z',
		'2027-03-01T10:00:60Z',
		'2027-3-1',
		'27-03-01',
		'20270301',
		'01.03.2027',
		'03/01/2027',
		'2027-W09-1',
		'2027-03-01T',
		'2027-03-01Z',
		'tomorrow',
		'',
		' ',
		'1803859200000',
		1803859200000,
		NaN,
		true,
		null,
		undefined,
		[],
		{},
		new Date(NaN),
		DateTime.invalid('no'),
	])('refuses %p, naming the field', (value) => {
		expect(() => instant(value, 'From', MADRID)).toThrow(/^'From' is not a date that exists/);
	});
});
