import { carryOut } from '../../guarded-change/carryOut';
import type { Change, Outcome, Reply, System } from '../../guarded-change/change';
import { DEFAULT_SETTINGS } from '../../guarded-change/settings';
import { Memory, type Clock, type Run } from '../../guarded-change/world';
import { VirtualTime } from './simulation/virtualTime';

/** A span of days in a room. Two spans of one room must not overlap; the vendor takes any. */
interface Span {
	id: number;
	room: string;
	from: number;
	until: number;
}

/** `add` knows the room at once and has its lane for its own; `move` learns it with the read. */
interface SpanChange extends Change {
	operation: 'add' | 'move' | 'remove';
	spanId: number | null;
	room: string | null;
	from: number;
	until: number;
}

type State = { mine: Span | null; all: Span[] };

/** ms */
const TRAVEL = 100;
const ACTS_FOR = 300_000;

const ok: Reply = { answered: true, status: 200, headers: {}, body: { done: true } };
const status = (code: number): Reply => ({ ...ok, status: code, body: {} });

/** What becomes of the n-th write; it acts and says so unless given. */
type Fate = 'lost' | 'neverSent' | '500' | '502' | { actsAfter: number };

const changeOf = (given: Partial<SpanChange> & Pick<SpanChange, 'operation'>): SpanChange => {
	const whole = { spanId: null, room: null, from: 0, until: 0, dryRun: false, ...given };
	const lane = given.operation === 'add' ? `room ${whole.room}` : `span ${whole.spanId}`;
	const key = JSON.stringify([lane, whole.operation, whole.from, whole.until]);
	return { id: '1', ...whole, lane, key };
};
const add = (room: string, from: number, until: number, more = {}) =>
	changeOf({ operation: 'add', room, from, until, ...more });
const move = (spanId: number, from: number, until: number, more = {}) =>
	changeOf({ operation: 'move', spanId, from, until, ...more });
const remove = (spanId: number) => changeOf({ operation: 'remove', spanId });

const overlap = (a: Pick<Span, 'from' | 'until'>, b: Pick<Span, 'from' | 'until'>) =>
	a.from < b.until && b.from < a.until;

/** A vendor of spans, and a process that changes them. */
class Rooms {
	readonly time = new VirtualTime(1_000_000);
	reads = 0;
	writes: string[] = [];
	/** Changes told to rest, and to go on. */
	rested: string[] = [];
	private readonly memory: Memory;
	private readonly clock: Clock;
	private nextId = 100;

	constructor(
		readonly spans: Span[],
		private readonly fates: Array<Fate | undefined> = [],
	) {
		this.clock = {
			now: () => this.time.now,
			sleep: async (ms) => await this.wait(ms),
			random: () => 0.5,
		};
		this.memory = new Memory(this.clock);
	}

	/** Changes begun at once, in this order. */
	async all(
		changes: readonly SpanChange[],
		settings = DEFAULT_SETTINGS,
	): Promise<Array<Outcome<State>>> {
		const run: Run = {
			clock: this.clock,
			memory: this.memory,
			account: 'me',
			cancelled: () => false,
			stopped: () => false,
			failuresLeft: () => Infinity,
		};
		const limits = { concurrency: 0, requestsPerMinute: 0, writesPerMinute: 0, minSpacing: 1 };
		const system = this.system();
		let over = false;
		const outcomes = Promise.all(
			changes.map(async (change) => await carryOut(change, { system, run, limits, settings })),
		).finally(() => (over = true));
		await this.until(() => over);
		return await outcomes;
	}

	async pass(ms: number): Promise<void> {
		let over = false;
		this.time.in(ms, () => (over = true));
		await this.until(() => over);
	}

	/** Pairs of spans that overlap, as the vendor holds them. */
	overlaps(): string[] {
		return this.spans.flatMap((a, i) =>
			this.spans
				.slice(i + 1)
				.filter((b) => a.room === b.room && overlap(a, b))
				.map((b) => `${a.id} ${b.id}`),
		);
	}

	private async until(over: () => boolean): Promise<void> {
		for (let steps = 0; !over(); steps++) {
			await new Promise((resolve) => setImmediate(resolve));
			if (over()) return;
			if (steps > 100_000 || !this.time.step()) throw new Error('It does not end');
		}
	}

	private async wait(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.time.in(ms, resolve));
	}

	private system(): System<SpanChange, State> {
		return {
			replays: false,
			read: async (change) => {
				const askedAt = this.time.now;
				this.reads += 1;
				await this.wait(TRAVEL);
				const mine = this.spans.find(({ id }) => id === change.spanId) ?? null;
				const room = change.room ?? mine?.room;
				const all = this.spans.filter((span) => span.room === room);
				const value = structuredClone({ mine, all });
				await this.wait(TRAVEL);
				return { known: true, value, askedAt, waited: 0 };
			},
			rules: (change, { mine, all }) => {
				const { operation, from, until } = change;
				if (operation === 'remove') {
					return mine ? { do: 'write' } : { do: 'nothing', sameAsAsked: true, proven: true };
				}
				if (operation === 'move' && mine === null) {
					return { do: 'refuse', refusals: [{ code: 'gone', message: 'It is gone' }] };
				}
				const others = operation === 'add' ? all : all.filter(({ id }) => id !== mine?.id);
				const isThere = (span: Span | null) => span?.from === from && span.until === until;
				if (operation === 'add' ? all.some(isThere) : isThere(mine)) {
					return { do: 'nothing', sameAsAsked: true, proven: true };
				}
				return others.some((other) => overlap(other, change))
					? { do: 'refuse', refusals: [{ code: 'overlaps', message: 'It overlaps' }] }
					: { do: 'write' };
			},
			planFacts: ({ from, until }) => [
				['from', from],
				['until', until],
			],
			send: async (change, _state, limit) => await this.send(change, limit),
			sees: (change, _before, { mine, all }) => {
				if (change.operation === 'remove') return mine === null ? 'there' : 'absent';
				const { from, until } = change;
				const where = change.operation === 'add' ? all : mine ? [mine] : [];
				return where.some((s) => s.from === from && s.until === until) ? 'there' : 'absent';
			},
			absenceProves: ({ operation }, _before, { finished }, sinceSent) =>
				operation !== 'add' || finished === true || sinceSent >= ACTS_FOR,
			hiddenUntil: () => this.time.now + ACTS_FOR,
			settles: () => false,
			renewSession: async () => await Promise.resolve(false),
			shared: {
				of: ({ room }, { mine }) => {
					const at = room ?? mine?.room;
					return at === undefined ? undefined : `room ${at}`;
				},
				actsFor: ACTS_FOR,
				refusal: (change, { mine, all }, others) => {
					const where = (one?: Span) =>
						one === undefined ? undefined : `${one.from} ${one.until}`;
					const [open] = others.filter(
						({ lane, leaves }) =>
							lane === `span ${mine?.id}` ||
							leaves === undefined ||
							leaves !== where(all.find(({ id }) => lane === `span ${id}`)),
					);
					return open === undefined || change.operation === 'remove'
						? undefined
						: { code: 'open', message: `One of ${open.sentAt} is open`, description: 'Later.' };
				},
				leaves: ({ operation, from, until }) =>
					operation === 'move' ? `${from} ${until}` : undefined,
			},
			rests: ({ key }) => {
				this.rested.push(`${key} rests`);
				return () => this.rested.push(`${key} goes on`);
			},
		};
	}

	private async send(change: SpanChange, limit: number): Promise<Reply> {
		const fate = this.fates[this.writes.length];
		this.writes.push(change.operation);
		const patience = limit > 0 ? limit : Infinity;
		await this.wait(TRAVEL);
		if (fate === 'neverSent') return { answered: false, code: 'ECONNREFUSED' };
		if (fate === 'lost') return { answered: false, code: 'ECONNRESET' };
		if (fate === '500' || fate === '502') return status(Number(fate));
		const wait = fate?.actsAfter ?? 0;
		if (wait > patience) {
			this.time.in(wait, () => this.act(change));
			await this.wait(patience);
			return { answered: false, code: 'TIMED_OUT' };
		}
		await this.wait(wait);
		this.act(change);
		await this.wait(TRAVEL);
		return ok;
	}

	private act({ operation, spanId, room, from, until }: SpanChange): void {
		const place = this.spans.findIndex(({ id }) => id === spanId);
		if (operation === 'add') this.spans.push({ id: this.nextId++, room: room ?? '', from, until });
		else if (operation === 'remove') this.spans.splice(place, 1);
		else Object.assign(this.spans[place], { from, until });
	}
}

const span = (id: number, from: number, until: number, room = 'A'): Span => ({
	id,
	room,
	from,
	until,
});
const outcomes = (ended: ReadonlyArray<Outcome<State>>) =>
	ended.map(({ outcome, reason }) =>
		reason?.code === 'rules' ? `${outcome}: ${reason.refusals[0].code}` : outcome,
	);

describe('Changes that share a lane', () => {
	test.each<[string, Span[], SpanChange[], string[], number]>([
		[
			'two moves to the same days: the second sees the first',
			[span(1, 0, 5), span(2, 10, 15)],
			[move(1, 20, 25), move(2, 22, 27)],
			['changed', 'refused: overlaps'],
			1,
		],
		[
			'two moves that do not meet',
			[span(1, 0, 5), span(2, 10, 15)],
			[move(1, 20, 25), move(2, 30, 35)],
			['changed', 'changed'],
			2,
		],
		[
			'a move to the days that the other one leaves',
			[span(1, 0, 5), span(2, 10, 15)],
			[move(1, 20, 25), move(2, 0, 5)],
			['changed', 'changed'],
			2,
		],
		[
			'a new one before a move',
			[span(1, 0, 5)],
			[add('A', 20, 25), move(1, 22, 27)],
			['changed', 'refused: overlaps'],
			1,
		],
		[
			'a move before a new one, which knows the lane at once and stands first in it',
			[span(1, 0, 5)],
			[move(1, 22, 27), add('A', 20, 25)],
			['refused: overlaps', 'changed'],
			1,
		],
		[
			'two removals',
			[span(1, 0, 5), span(2, 10, 15)],
			[remove(1), remove(2)],
			['changed', 'changed'],
			2,
		],
		[
			'the same removal twice',
			[span(1, 0, 5)],
			[remove(1), remove(1)],
			['changed', 'unchanged'],
			1,
		],
		[
			'dry runs beside a write',
			[span(1, 0, 5), span(2, 10, 15)],
			[move(1, 20, 25), move(2, 22, 27, { dryRun: true })],
			['changed', 'planned'],
			1,
		],
	])('%s', async (_, spans, changes, expected, writes) => {
		const rooms = new Rooms(spans);
		const ended = await rooms.all(changes);
		expect(outcomes(ended)).toEqual(expected);
		expect(rooms.writes).toHaveLength(writes);
		expect(rooms.overlaps()).toEqual([]);
	});

	it('plan on what they find when it is their turn', async () => {
		const rooms = new Rooms([span(1, 0, 5), span(2, 10, 15)]);
		const dryRun = { dryRun: true };
		const [, plan] = await rooms.all([move(1, 20, 25), move(2, 22, 27, dryRun)]);
		expect(plan.plan).toMatchObject({ do: 'refuse', refusals: [{ code: 'overlaps' }] });
	});

	it('of other things go on at the same time, with one read before and one after', async () => {
		const spans = [span(1, 0, 5, 'A'), span(2, 0, 5, 'B'), span(3, 0, 5, 'C')];
		const rooms = new Rooms(spans);
		const begin = rooms.time.now;
		await rooms.all([move(1, 9, 10), move(2, 9, 10), move(3, 9, 10)]);
		expect(rooms.time.now - begin).toBeLessThan(2 * 6 * TRAVEL);
		expect(rooms.reads).toBe(6);
		expect(rooms.rested).toEqual([]);
	});

	it('rest only while another one stands before them', async () => {
		const rooms = new Rooms([span(1, 0, 5), span(2, 10, 15)]);
		const [first, second] = [move(1, 20, 25), move(2, 30, 35)];
		await rooms.all([first, second]);
		expect(rooms.rested).toEqual([`${second.key} rests`, `${second.key} goes on`]);
	});

	it('all end, however many there are, and no deadline counts the wait', async () => {
		const spans = Array.from({ length: 60 }, (_, i) => span(i, 10 * i, 10 * i + 5));
		const rooms = new Rooms(spans);
		const settings = { ...DEFAULT_SETTINGS, deadline: 2_000 };
		const ended = await rooms.all(
			spans.flatMap(({ id, from, until }) => [
				move(id, from + 1_000, until + 1_000),
				move(id, from + 1_004, until + 1_004),
			]),
			settings,
		);
		expect(new Set(outcomes(ended))).toEqual(new Set(['changed']));
		expect(rooms.overlaps()).toEqual([]);
	});
});

describe('A write that was given up and may still act', () => {
	const settings = { ...DEFAULT_SETTINGS, maxAttempts: 1, writeTimeout: 1_000 };
	const late: Fate = { actsAfter: 100_000 };

	test.each<[string, SpanChange, SpanChange]>([
		['a move, before a new one', move(1, 20, 25), add('A', 22, 27)],
		['a move, before a move of another', move(1, 20, 25), move(2, 22, 27)],
		['a new one, before a move', add('A', 20, 25), move(1, 22, 27)],
		['a removal, before a move of the same', remove(1), move(1, 22, 27)],
	])('%s, lets none pass until it cannot act any more', async (_, first, second) => {
		const rooms = new Rooms([span(1, 0, 5), span(2, 10, 15)], [late]);
		const sentAt = rooms.time.now + 2 * TRAVEL;
		expect(outcomes(await rooms.all([first], settings))).toEqual(['unknown']);
		const [held] = await rooms.all([second], settings);
		expect(outcomes([held])).toEqual(['refused: open']);
		expect(held.reason).toMatchObject({
			refusals: [{ message: `One of ${sentAt} is open`, description: 'Later.' }],
		});
		expect(rooms.writes).toHaveLength(1);

		await rooms.pass(50_000);
		expect(outcomes(await rooms.all([second], settings))).toEqual(['refused: open']);
		await rooms.pass(ACTS_FOR);
		// By now it has acted, and a read shows it.
		const [after] = outcomes(await rooms.all([second], settings));
		expect(after).toMatch(/refused: (overlaps|gone)/);
		expect(rooms.writes).toHaveLength(1);
		expect(rooms.overlaps()).toEqual([]);
	});

	it('lets no other change of the same thing pass, which it would undo', async () => {
		const rooms = new Rooms([span(1, 0, 5)], [late]);
		const twice = { ...settings, maxAttempts: 2 };
		expect(outcomes(await rooms.all([move(1, 20, 25)], twice))).toEqual(['changed']);
		expect(rooms.writes).toHaveLength(2);
		// The same again is nothing new, and what is gone cannot be moved.
		expect(outcomes(await rooms.all([move(1, 20, 25)]))).toEqual(['unchanged']);
		expect(outcomes(await rooms.all([move(1, 30, 35)]))).toEqual(['refused: open']);
		await rooms.pass(ACTS_FOR);
		expect(outcomes(await rooms.all([move(1, 30, 35)]))).toEqual(['changed']);
		await rooms.pass(ACTS_FOR);
		expect(rooms.spans).toEqual([span(1, 30, 35)]);
	});

	it("is in nobody else's way where what it leaves is there already", async () => {
		const rooms = new Rooms([span(1, 0, 5), span(2, 10, 15)], [late]);
		const twice = { ...settings, maxAttempts: 2 };
		expect(outcomes(await rooms.all([move(1, 20, 25)], twice))).toEqual(['changed']);
		expect(rooms.writes).toHaveLength(2);
		const next = [add('A', 30, 35), move(2, 0, 5), add('A', 22, 27)];
		expect(outcomes(await rooms.all(next))).toEqual(['changed', 'changed', 'refused: overlaps']);
		await rooms.pass(ACTS_FOR);
		expect(rooms.overlaps()).toEqual([]);
	});

	it('is in the way again once somebody else has changed what it left', async () => {
		const rooms = new Rooms([span(1, 0, 5)], [late]);
		await rooms.all([move(1, 20, 25)], { ...settings, maxAttempts: 2 });
		Object.assign(rooms.spans[0], { from: 50, until: 55 });
		expect(outcomes(await rooms.all([add('A', 22, 27)]))).toEqual(['refused: open']);
		await rooms.pass(ACTS_FOR);
		expect(rooms.spans).toEqual([span(1, 20, 25)]);
	});

	test.each<[string, Fate]>([
		['it was never sent', 'neverSent'],
		['the application has answered', '500'],
	])('is none where %s', async (_, fate) => {
		const rooms = new Rooms([span(1, 0, 5)], [fate]);
		expect(outcomes(await rooms.all([move(1, 20, 25)], settings))).toEqual(['failed']);
		expect(outcomes(await rooms.all([add('A', 30, 35)]))).toEqual(['changed']);
	});

	it('stands in the way of no removal, nor of a change of something else', async () => {
		const rooms = new Rooms([span(1, 0, 5), span(2, 10, 15), span(3, 0, 5, 'B')], ['lost']);
		await rooms.all([move(1, 20, 25)], settings);
		expect(outcomes(await rooms.all([remove(2), move(3, 20, 25)]))).toEqual(['changed', 'changed']);
	});

	it('makes what is there already less than certain', async () => {
		const rooms = new Rooms([span(1, 0, 5)], ['lost']);
		await rooms.all([move(1, 20, 25)], settings);
		const [same] = await rooms.all([add('A', 0, 5)]);
		expect(same).toMatchObject({ outcome: 'unchanged', verification: 'notVisible' });
		expect(same.hint).toMatch(/is open. Later.$/);
	});
});
