import { isDeepStrictEqual } from 'node:util';
import type { KillPoint } from '../../embedded-n8n';
import type { PauseSide } from '../../nodes/NexudusTrigger/pauseEvents';
import { numbersFrom } from '../e2e/support/random';
import { ALL_EVENTS, DAY, watchStory, type Told, type Watch } from './watch';

const DAYS_BEFORE = 7;
const KILLS: KillPoint[] = ['beforeBoth', 'savedOnly', 'ranOnly'];
const FAULTS = [
	{ kind: 'status', status: 500 },
	{ kind: 'html', status: 200 },
	{ kind: 'halfBody' },
	{ kind: 'status', status: 404 },
] as const;
const SOURCES = {
	customer: { list: 'list', account: 'maria@example.test' },
	operator: { list: 'periodList', account: undefined },
} as const;
type Source = keyof typeof SOURCES;

const NOTHING = { events: 0, kills: 0, failures: 0 };

/** What somebody knows who only listens to the trigger. */
class Listener {
	readonly pauses = new Map<number, PauseSide>();
	readonly byId = new Map<string, Told>();
	readonly endsTold = new Set<string>();
	private readonly arrivals = new Map<string, number>();

	/** `counts`: n8n lives on, so these events are its last word on them. */
	hear(told: readonly Told[], counts: boolean): void {
		let last: Told | undefined;
		for (const event of told) {
			const known = this.byId.get(event.eventId);
			if (known) expect({ ...event, ...VARYING }).toEqual({ ...known, ...VARYING });
			this.byId.set(event.eventId, known ?? event);
			// n8n has kept nothing of it: as if the listener had been told of nothing.
			if (!counts) continue;
			const arrivals = this.arrivals.get(event.eventId) ?? 0;
			if (!event.redelivered) expect(arrivals).toBe(0);
			this.arrivals.set(event.eventId, arrivals + 1);
			if (event.event === 'pauseEnding') {
				this.endsTold.add(`${event.contractId} ${event.after.pausedUntilUtc}`);
				continue;
			}
			// A chain without a gap: each begins where the last one has ended. One change may be two events.
			const sameChange =
				last?.contractId === event.contractId &&
				isDeepStrictEqual([last.before, last.after], [event.before, event.after]);
			if (arrivals === 0 && !sameChange) {
				expect(event.before).toEqual(this.pauses.get(event.contractId));
			}
			this.pauses.set(event.contractId, event.after);
			last = event;
		}
	}
}

/** What may differ between two findings of the same change. */
const VARYING = { redelivered: null, since: null, noticedAt: null, daysLeft: null, before: null };

function truth({ story }: Watch, source: Source): Map<number, PauseSide> {
	const iso = (date: string | null) => date && new Date(date).toISOString();
	const hidden = source === 'customer' && story.sandbox.readings.scheduledPause === 'hidden';
	return new Map(
		story.sandbox.contracts(SOURCES[source].account).map(({ id, state, from, until }) => {
			const shown = state === 'active' || (state === 'scheduled' && !hidden);
			return [
				id,
				{
					state: shown ? state : 'none',
					pausedFromUtc: shown ? iso(from) : null,
					pausedUntilUtc: shown ? iso(until) : null,
				},
			];
		}),
	);
}

async function live(source: Source, seed: number): Promise<typeof NOTHING> {
	const number = numbersFrom(seed);
	const one = <T>(list: readonly T[]): T => list[number(0, list.length - 1)]!;
	const watch = await watchStory({
		actAs: source,
		readings: { scheduledPause: one(['visible', 'hidden'] as const) },
		// The operator's list is filtered by our own clock.
		now: source === 'customer' ? new Date('2026-03-10T12:00:00.000Z') : undefined,
	});
	const { sandbox } = watch.story;
	const ids = sandbox.contracts(SOURCES[source].account).map(({ id }) => id);
	const parameters = { events: ALL_EVENTS, daysBefore: DAYS_BEFORE };
	const listener = new Listener();
	for (const [id, side] of truth(watch, source)) listener.pauses.set(id, side);
	const counts = { ...NOTHING };

	const hear = (told: Told[] | null, counted: boolean) => {
		counts.events += told?.length ?? 0;
		listener.hear(told ?? [], counted);
		// What is told is true at the vendor; what is told again was true then.
		const now = truth(watch, source);
		for (const { after, contractId, redelivered } of told ?? []) {
			if (!redelivered) expect(after).toEqual(now.get(contractId));
		}
	};
	const eventsIn = (executions: ReadonlyArray<ReadonlyArray<{ json: object }>>) =>
		executions.flatMap((items) => items.map(({ json }) => json as Told));

	/** After a poll that n8n has outlived the listener knows everything. */
	const knowsAll = () => {
		const now = truth(watch, source);
		expect(Object.fromEntries(listener.pauses)).toEqual(Object.fromEntries(now));
		for (const [id, { state, pausedUntilUtc }] of now) {
			const left = Date.parse(String(pausedUntilUtc)) - sandbox.clock.now().getTime();
			if (state !== 'active' || left > DAYS_BEFORE * DAY) continue;
			expect(listener.endsTold).toContain(`${id} ${pausedUntilUtc}`);
		}
	};
	const restart = async () => hear(eventsIn((await watch.restart(parameters)).executions), true);

	hear(eventsIn((await watch.activate(parameters)).executions), true);
	for (let step = 0; step < 40; step++) {
		switch (one(['pause', 'pause', 'resume', 'clock', 'poll', 'poll', 'fail', 'kill', 'save'])) {
			case 'pause':
				sandbox.otherHand.pause(one(ids), number(1, 3));
				break;
			case 'resume':
				sandbox.otherHand.resume(one(ids));
				break;
			case 'clock':
				sandbox.clock.advance(number(1, 12) * DAY);
				break;
			case 'poll': {
				const { executions, error } = await watch.poll();
				expect(error).toBeUndefined();
				hear(eventsIn(executions), true);
				knowsAll();
				break;
			}
			case 'fail': {
				const { list: route } = SOURCES[source];
				sandbox.faults.order({ route, ...one(FAULTS), times: Infinity });
				const { executions } = await watch.poll();
				sandbox.faults.clear();
				hear(eventsIn(executions), true);
				counts.failures++;
				break;
			}
			case 'kill': {
				const point = one(KILLS);
				const { executions } = await watch.poll(point);
				hear(eventsIn(executions), false);
				counts.kills++;
				if (number(0, 1)) sandbox.otherHand.resume(one(ids));
				if (number(0, 3) === 0) {
					// Killed again while it starts.
					const again = await watch.restart(parameters, one(KILLS));
					hear(eventsIn(again.executions), false);
				}
				await restart();
				knowsAll();
				break;
			}
			case 'save':
				hear(eventsIn((await watch.activate(parameters)).executions), true);
				knowsAll();
				break;
		}
	}
	await restart();
	knowsAll();
	return counts;
}

const ALL_SOURCES: Source[] = ['customer', 'operator'];

describe.each(ALL_SOURCES)('random histories, as %s', (source) => {
	const all = { ...NOTHING };

	it.each(Array.from({ length: 24 }, (_, index) => index + 1))('from seed %i', async (seed) => {
		const { events, kills, failures } = await live(source, seed);
		all.events += events;
		all.kills += kills;
		all.failures += failures;
	});

	it('had much in them', () => {
		expect(all.events).toBeGreaterThan(150);
		expect(all.kills).toBeGreaterThan(50);
		expect(all.failures).toBeGreaterThan(50);
	});
});
