import type { NotKnown, Read } from './change';
import type { Clock } from './world';

/** How long the first one that waits for a wave waits for company, in ms, unless the source says so. */
const GATHER = 1_000;

interface Waiting<S> {
	id: string;
	notBefore: number;
	resolve: (read: Read<S | undefined>) => void;
}

export interface WaveSource<S> {
	/**
	 * One read that brings many; an id may be missing. `ids` are those that wait for it. Never throws.
	 */
	readMany(ids: readonly string[]): Promise<Read<Map<string, S>>>;
	/** The read brings those that it was asked for and no others: it says nothing of an id that came later. */
	onlyAsked?: boolean;
	/** Items at work: when they all wait, there is nobody left to wait for. */
	atWork(): number;
	/** Somebody waits from now on. */
	joined?(): void;
	/** Enough for a wave of its own. */
	size: number;
	/** How long the first one waits for company, in ms. */
	gather?: number;
	clock: Pick<Clock, 'sleep'>;
}

/**
 * Reads in waves: items that need a fresh state wait for each other for a moment, and one request
 * serves them all. An id that the vendor's answer does not hold comes back as undefined.
 */
export class Waves<S> {
	private waiting: Array<Waiting<S>> = [];
	private last: { states: Map<string, S>; askedAt: number } | undefined;
	private reading = false;
	private gathering = false;

	constructor(private readonly source: WaveSource<S>) {}

	/** How many wait. */
	get length(): number {
		return this.waiting.length;
	}

	/** The state of one id from a request that left at or after `notBefore` (ms since 1970). */
	async read(id: string, notBefore: number): Promise<Read<S | undefined>> {
		const { last } = this;
		if (last && last.askedAt >= notBefore && this.tells(id, last.states)) {
			return { known: true, value: last.states.get(id), askedAt: last.askedAt, waited: 0 };
		}
		return await new Promise((resolve) => {
			this.waiting.push({ id, notBefore, resolve });
			this.nudge();
			this.source.joined?.();
		});
	}

	/** Somebody came to an end: perhaps all that are left wait. */
	nudge(): void {
		if (this.reading || this.waiting.length === 0) return;
		if (this.waiting.length >= Math.min(this.source.size, this.source.atWork())) {
			void this.wave();
		} else if (!this.gathering) {
			this.gathering = true;
			void this.source.clock.sleep(this.source.gather ?? GATHER).then(async () => {
				this.gathering = false;
				if (!this.reading && this.waiting.length > 0) await this.wave();
			});
		}
	}

	private async wave(): Promise<void> {
		this.reading = true;
		const aboard = this.waiting;
		this.waiting = [];
		const read = await this.source.readMany(aboard.map(({ id }) => id));
		this.reading = false;
		if (read.known) {
			this.last = { states: read.value, askedAt: read.askedAt };
			// Those who came while it was under way are served too, where it is new enough for them.
			const late = this.waiting.splice(0);
			for (const one of late) (this.tells(one.id, read.value) ? aboard : this.waiting).push(one);
		}
		for (const one of aboard) this.answer(one, read);
		this.nudge();
	}

	private tells(id: string, states: Map<string, S>): boolean {
		return !this.source.onlyAsked || states.has(id);
	}

	private answer(one: Waiting<S>, read: Read<Map<string, S>>): void {
		if (!read.known) one.resolve(read satisfies NotKnown);
		else if (read.askedAt < one.notBefore) this.waiting.push(one);
		else one.resolve({ ...read, value: read.value.get(one.id) });
	}
}
