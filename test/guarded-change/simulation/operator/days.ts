import { localDate, type LocalDate } from '../../../../sandbox/vendor/location';

/** No day begins at another time than a quarter of an hour, UTC. */
const QUARTER = 900_000;
const MOST = 50_000;
const days = new Map<string, LocalDate>();

/** The day that it is in a zone at an instant (ms since 1970); histories ask for the same few again and again. */
export function dayAt(instant: number, zone: string): LocalDate {
	const key = `${zone} ${Math.floor(instant / QUARTER)}`;
	let day = days.get(key);
	if (day === undefined) {
		if (days.size >= MOST) days.clear();
		day = localDate(new Date(instant), zone);
		days.set(key, day);
	}
	return day;
}
