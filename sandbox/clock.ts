/** The vendor's clock: runs on at real speed, and can be moved. */
export interface Clock {
	now(): Date;
	/** Moves the clock by this many milliseconds; a negative number moves it back. */
	advance(ms: number): void;
	/** Sets the clock to a moment; it runs on from there. */
	set(moment: Date): void;
}

/**
 * @param start the moment the clock begins at; without it, real time
 */
export function createClock(start?: Date): Clock {
	let offset = 0;
	const clock: Clock = {
		now: () => new Date(Date.now() + offset),
		advance: (ms) => {
			offset += ms;
		},
		set: (moment) => {
			offset = moment.getTime() - Date.now();
		},
	};
	if (start) clock.set(start);
	return clock;
}
