import { isDeepStrictEqual } from 'node:util';
import type { KillPoint } from '../../embedded-n8n';
import type { PauseSide } from '../../nodes/NexudusTrigger/pauseEvents';
import { numbersFrom } from '../e2e/support/random';
import { changeList } from './otherRows';
import { ALL_EVENTS, DAY, periodsOf, watchStory, type Told, type Watch } from './watch';

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

/** How a contract is shown so that no read tells of its pause. */
const WAYS = {
	customer: ['poor', 'poorAlone', 'missing'],
	operator: ['poor', 'nameless', 'missing'],
} as const;
interface Hidden {
	id: number;
	way: (typeof WAYS)[Source][number];
}

const NOTHING = { events: 0, kills: 0, failures: 0, unread: 0 };

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
const VARYING = {
	...{ redelivered: null, since: null, noticedAt: null, daysLeft: null, before: null },
	pausePeriodId: null,
};

/**
 * Makes one contract unreadable for the next poll, and all others as they are.
 * @returns whether there is anything of it that could have been read
 */
async function hide(watch: Watch, { id, way }: Hidden): Promise<boolean> {
	const { faults } = watch.story.sandbox;
	const without = (row: object, names: string[]) =>
		Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
	const flags = ['IsPausedNow', 'InPausedPeriod', 'PauseFrom', 'PauseUntil'];
	const owner = way === 'nameless' ? ['CoworkerContractId'] : [];
	const periods = new Set(periodsOf(watch, id));
	const rows = await changeList(
		watch.story.sandbox,
		watch.actAs,
		(row) => {
			if ((watch.actAs === 'customer' ? row.Id : row.CoworkerContractId) !== id) return row;
			periods.add(row.Id);
			return way === 'missing' ? null : without(row, [...flags, ...owner]);
		},
		Infinity,
	);
	const answer =
		way === 'poorAlone'
			? { status: 200, headers: { 'content-type': 'application/json' }, body: `{"Id":${id}}` }
			: { status: 500 };
	const times = Infinity;
	faults.order({ route: 'contract', contractId: id, kind: 'status', times, ...answer });
	faults.order({ route: 'periodBatch', kind: 'status', times, status: 500 });
	for (const recordId of periods) {
		faults.order({ route: 'period', recordId, kind: 'status', times, status: 500 });
	}
	return rows > 0;
}

/** A pause that is on may be known with an earlier beginning: its end counts. */
function withoutBegin(pauses: Iterable<[number, PauseSide]>): object {
	return Object.fromEntries(
		[...pauses].map(([id, side]) => [
			id,
			side.state === 'active' ? { ...side, pausedFromUtc: null } : side,
		]),
	);
}

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
	let hidden: Hidden | undefined;
	/** Of these the listener knows nothing until they can be read. */
	const unknown = new Set<number>();

	const ready = async () => {
		sandbox.faults.clear();
		if (hidden === undefined) return false;
		counts.unread++;
		return await hide(watch, hidden);
	};

	const hear = (told: Told[] | null, counted: boolean) => {
		counts.events += told?.length ?? 0;
		listener.hear(told ?? [], counted);
		// What is told is true at the vendor; what is told again was true then.
		const now = truth(watch, source);
		for (const { after, contractId, redelivered } of told ?? []) {
			if (redelivered) continue;
			expect(withoutBegin([[contractId, after]])).toEqual(
				withoutBegin([[contractId, now.get(contractId)!]]),
			);
			expect(contractId).not.toBe(hidden?.id);
		}
	};
	const eventsIn = (executions: ReadonlyArray<ReadonlyArray<{ json: object }>>) =>
		executions.flatMap((items) => items.map(({ json }) => json as Told));

	/** After a poll that n8n has outlived the listener knows everything. */
	const knowsAll = () => {
		const now = truth(watch, source);
		if (hidden) {
			now.delete(hidden.id);
			// What is not known is as it was.
			const before = listener.pauses.get(hidden.id);
			if (before) now.set(hidden.id, before);
		}
		for (const id of unknown) {
			if (id === hidden?.id) continue;
			unknown.delete(id);
			listener.pauses.set(id, now.get(id)!);
		}
		expect(withoutBegin(listener.pauses)).toEqual(withoutBegin(now));
		for (const [id, { state, pausedUntilUtc }] of now) {
			if (id === hidden?.id) continue;
			const left = Date.parse(String(pausedUntilUtc)) - sandbox.clock.now().getTime();
			if (state !== 'active' || left > DAYS_BEFORE * DAY) continue;
			expect(listener.endsTold).toContain(`${id} ${pausedUntilUtc}`);
		}
	};
	const restart = async () => {
		await ready();
		hear(eventsIn((await watch.restart(parameters)).executions), true);
	};

	if (number(0, 1)) {
		// A row that is missing from a baseline is missing without a trace.
		const paused = [...truth(watch, source)].filter(([, { state }]) => state !== 'none');
		hidden = { id: one(paused)[0], way: one(WAYS[source].slice(0, 2)) };
		if (await ready()) {
			unknown.add(hidden.id);
			listener.pauses.delete(hidden.id);
		}
	}
	hear(eventsIn((await watch.activate(parameters)).executions), true);
	for (let step = 0; step < 40; step++) {
		switch (
			one([
				...['pause', 'pause', 'resume', 'clock', 'poll', 'poll', 'fail', 'kill', 'save'],
				...['hide', 'show'],
			] as const)
		) {
			case 'hide':
				hidden = { id: one(ids), way: one(WAYS[source]) };
				break;
			case 'show':
				hidden = undefined;
				break;
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
				const told = await ready();
				const { executions, error } = await watch.poll();
				if (!told) expect(error).toBeUndefined();
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
				await ready();
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
				await ready();
				hear(eventsIn((await watch.activate(parameters)).executions), true);
				knowsAll();
				break;
		}
	}
	hidden = undefined;
	await restart();
	knowsAll();
	expect([...unknown]).toEqual([]);
	return counts;
}

const ALL_SOURCES: Source[] = ['customer', 'operator'];

describe.each(ALL_SOURCES)('random histories, as %s', (source) => {
	const all = { ...NOTHING };

	it.each(Array.from({ length: 24 }, (_, index) => index + 1))('from seed %i', async (seed) => {
		const { events, kills, failures, unread } = await live(source, seed);
		all.events += events;
		all.kills += kills;
		all.failures += failures;
		all.unread += unread;
	});

	it('had much in them', () => {
		expect(all.events).toBeGreaterThan(150);
		expect(all.kills).toBeGreaterThan(50);
		expect(all.failures).toBeGreaterThan(50);
		expect(all.unread).toBeGreaterThan(100);
	});
});
