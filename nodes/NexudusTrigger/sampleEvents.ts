import type { Delivery } from './advance';
import {
	daysUntilEnd,
	eventIdOf,
	NO_PAUSE,
	type PauseEventName,
	type PauseSide,
} from './pauseEvents';
import type { SeenContract, Sighting } from './pauseSource';

/** Which contract shows an event best: the state it is in after the event, else any other. */
const LOOKS_LIKE: Record<PauseEventName, ReadonlyArray<SeenContract['state']>> = {
	contractPaused: ['active', 'scheduled', 'none'],
	contractResumed: ['active', 'scheduled', 'none'],
	pauseChanged: ['scheduled', 'active', 'none'],
	pauseEnding: ['active', 'scheduled', 'none'],
	pauseScheduled: ['scheduled', 'active', 'none'],
};

/**
 * One event of each kind for the editor, from contracts and pauses that there are; where no contract
 * is paused, without dates. Nothing of it has happened. Pure.
 */
export function sampleEvents(
	{ seen, now }: Sighting,
	events: readonly PauseEventName[],
	account: string,
): Delivery[] {
	return events.flatMap((event) => {
		const [contractId, contract] = LOOKS_LIKE[event]
			.map((state) => [...seen].find(([, one]) => one.state === state))
			.find((one) => one !== undefined) ?? [undefined, undefined];
		if (contractId === undefined) return [];
		const { pausedFromUtc, pausedUntilUtc, about } = contract;
		const sides = sidesOf(event, { pausedFromUtc, pausedUntilUtc });
		return [
			{
				event,
				eventId: eventIdOf(account, { event, contractId, ...sides }, 0),
				contractId,
				about,
				...sides,
				daysLeft: event === 'pauseEnding' ? daysUntilEnd(sides.after, now) : null,
				since: null,
				noticedAt: new Date(now).toISOString(),
				redelivered: false,
			},
		];
	});
}

function sidesOf(
	event: PauseEventName,
	dates: Omit<PauseSide, 'state'>,
): { before: PauseSide; after: PauseSide } {
	const active: PauseSide = { state: 'active', ...dates };
	const scheduled: PauseSide = { state: 'scheduled', ...dates };
	return {
		contractPaused: { before: scheduled, after: active },
		contractResumed: { before: active, after: NO_PAUSE },
		pauseChanged: { before: scheduled, after: scheduled },
		pauseEnding: { before: active, after: active },
		pauseScheduled: { before: NO_PAUSE, after: scheduled },
	}[event];
}
