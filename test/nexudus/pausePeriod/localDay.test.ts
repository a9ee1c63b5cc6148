import {
	dayOfLocal,
	isDay,
	isTimeZone,
	localDay,
	localTime,
	startOfDay,
} from '../../../nodes/Nexudus/pausePeriod/localDay';

describe('a day at a location', () => {
	it.each([
		['2027-08-01', 'Europe/Madrid', '2027-07-31T22:00:00.000Z'],
		['2027-12-01', 'Europe/Madrid', '2027-11-30T23:00:00.000Z'],
		// The day on which the clocks change, and the ones beside it.
		['2027-03-28', 'Europe/Madrid', '2027-03-27T23:00:00.000Z'],
		['2027-03-29', 'Europe/Madrid', '2027-03-28T22:00:00.000Z'],
		['2027-10-31', 'Europe/Madrid', '2027-10-30T22:00:00.000Z'],
		['2027-11-01', 'Europe/Madrid', '2027-10-31T23:00:00.000Z'],
		['2027-03-14', 'America/New_York', '2027-03-14T05:00:00.000Z'],
		['2027-11-08', 'America/New_York', '2027-11-08T05:00:00.000Z'],
		['2027-04-04', 'Pacific/Auckland', '2027-04-03T11:00:00.000Z'],
		['2027-04-05', 'Pacific/Auckland', '2027-04-04T12:00:00.000Z'],
		['2027-09-26', 'Pacific/Auckland', '2027-09-25T12:00:00.000Z'],
		['2027-09-27', 'Pacific/Auckland', '2027-09-26T11:00:00.000Z'],
		['2027-08-01', 'Pacific/Kiritimati', '2027-07-31T10:00:00.000Z'],
		['2027-08-01', 'Pacific/Pago_Pago', '2027-08-01T11:00:00.000Z'],
		['2027-08-01', 'Asia/Kathmandu', '2027-07-31T18:15:00.000Z'],
		['2027-08-01', 'UTC', '2027-08-01T00:00:00.000Z'],
		// Midnight does not exist: the clocks go from 0:00 to 1:00.
		['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
	])('%s in %s begins at %s', (day, zone, instant) => {
		expect(startOfDay(day, zone)).toBe(instant);
		expect(localDay(instant, zone)).toBe(day);
		expect(localDay(new Date(Date.parse(instant) - 1).toISOString(), zone)).not.toBe(day);
	});

	it('begins once for every day of two years, in many zones', () => {
		const zones = ['Europe/Madrid', 'America/New_York', 'Pacific/Auckland', 'America/Havana'];
		for (const zone of zones) {
			for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2028, 0, 1); ms += 86_400_000) {
				const day = new Date(ms).toISOString().slice(0, 10);
				expect(localDay(startOfDay(day, zone), zone)).toBe(day);
			}
		}
	});

	it.each([
		['2027-08-01T00:00:00', '2027-08-01'],
		['2027-08-01T00:00:00Z', '2027-08-01'],
		['2027-08-01', '2027-08-01'],
		['', null],
		[null, null],
		['soon', null],
	])('of the local field %p is %p', (value, day) => {
		expect(dayOfLocal(value)).toBe(day);
	});

	it('exists or does not', () => {
		expect(['2027-02-28', '2028-02-29'].every(isDay)).toBe(true);
		expect(['2027-02-29', '2027-13-01', '2027-2-1', '27-02-01', ''].some(isDay)).toBe(false);
		expect(isTimeZone('Europe/Madrid')).toBe(true);
		expect(isTimeZone('Europe/Nowhere')).toBe(false);
	});

	it('shows the time of the clock at the location', () => {
		expect(localTime('2027-07-31T22:30:15Z', 'Europe/Madrid')).toBe('2027-08-01T00:30:15');
	});
});
