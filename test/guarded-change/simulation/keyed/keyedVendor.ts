import type { HttpRequest, Reply } from '../../../../guarded-change/change';

/** A write that a vendor carried out. */
export interface KeyedCommit {
	at: number;
	thing: string;
	operation: string;
	/** Index of the item that sent it, or null for another hand. */
	item: number | null;
	/** It changed something. */
	effect: boolean;
}

/** What a vendor makes of a write. */
export interface Done<S> {
	status: number;
	body: unknown;
	/** As it is afterwards; undefined where the request is refused. */
	next?: S;
	/** Refused before anything was looked at: nothing is kept for the key. */
	unread?: boolean;
}

/** An answer that was kept for a key. */
interface Kept {
	request: string;
	/** Null while the first request is at work. */
	answer: Answer | null;
	/** Who sent the first request. */
	item: number | null;
}

/** An answer that was given again: whose it was, and who got it. */
export interface Replay {
	first: number | null;
	item: number | null;
	status: number;
}

interface Answer {
	status: number;
	body: unknown;
}

/** How a vendor treats a key, where its documents leave that open. */
export interface KeyReadings {
	/** The answer is kept for the key, or nobody looks at it. */
	keys: 'replayed' | 'ignored';
	/** A replayed answer says that it is one. */
	marksReplays: boolean;
}

/**
 * A small model of a vendor that keeps the first answer for an idempotency key. It is written from
 * the vendors' documents alone and shares no rule with the nodes.
 */
export abstract class KeyedVendor<S> {
	readonly commits: KeyedCommit[] = [];
	/** Answers that were given a second time, in the order in which they were asked for. */
	readonly replays: Replay[] = [];
	private readonly kept = new Map<string, Kept>();
	private readonly histories = new Map<string, Array<{ since: number; state: S }>>();

	constructor(
		private readonly keyHeader: string,
		private readonly keyReadings: KeyReadings,
		things: ReadonlyMap<string, S>,
	) {
		for (const [thing, state] of things) this.histories.set(thing, [{ since: -Infinity, state }]);
	}

	/** What a request is about, e.g. `pause` of `sub_1`; a read has no operation. */
	abstract aboutOf(request: HttpRequest): { thing: string; operation: string | null };
	protected abstract carryOut(state: S, request: HttpRequest, at: number): Done<S>;
	protected abstract read(thing: string, request: HttpRequest, at: number): Answer;
	protected abstract same(one: S, other: S): boolean;
	/** What time alone makes of a state. */
	protected abstract evolve(state: S, at: number): S;

	/** When time alone changes a state. */
	protected abstract turningPoints(state: S): number[];

	/** The things that there are. */
	get things(): string[] {
		return [...this.histories.keys()];
	}

	/** What is true at an instant. */
	truth(thing: string, at: number): S {
		const history = this.histories.get(thing) ?? [];
		let i = history.length - 1;
		while (history[i].since > at) i -= 1;
		return this.evolve(history[i].state, at);
	}

	/** Everything that is true at some instant between two, both included. */
	truths(thing: string, from: number, to: number): S[] {
		const changes = (this.histories.get(thing) ?? []).flatMap(({ since, state }) => [
			since,
			...this.turningPoints(state),
		]);
		const instants = [from, to, ...changes.filter((since) => since > from && since < to)];
		return instants.map((instant) => this.truth(thing, instant));
	}

	/** Changes a thing by another hand, or as a write of an item. */
	change(thing: string, operation: string, next: S, at: number, item: number | null): void {
		const effect = !this.same(this.truth(thing, at), next);
		this.commits.push({ at, thing, operation, item, effect });
		if (effect) this.histories.get(thing)?.push({ since: at, state: next });
	}

	/** What a request is answered; a write is carried out for `item`, once for its key. */
	answer(request: HttpRequest, at: number, item: number | null): { reply: Reply; done?: string } {
		const { thing, operation } = this.aboutOf(request);
		if (!this.histories.has(thing)) return { reply: this.reply(this.unknown(), at) };
		if (operation === null) return { reply: this.reply(this.read(thing, request, at), at) };
		const key = this.keyHere(request);
		const text = textOf(request);
		const kept = key === null ? undefined : this.kept.get(key);
		if (key !== null && kept !== undefined) {
			if (kept.request !== text) return { reply: this.reply(this.otherFields(), at) };
			if (kept.answer === null) return { reply: this.reply(this.inUse(), at) };
			this.replays.push({ first: kept.item, item, status: kept.answer.status });
			return { reply: this.reply(kept.answer, at, true), done: `nothing: a replay for ${item}` };
		}
		const done = this.carryOut(this.truth(thing, at), request, at);
		if (key !== null && !done.unread) this.kept.set(key, { request: text, answer: done, item });
		if (done.next === undefined) return { reply: this.reply(done, at) };
		this.change(thing, operation, done.next, at, item);
		const effect = this.commits.at(-1)?.effect ? '' : ', no effect';
		return { reply: this.reply(done, at), done: `item ${item}${effect}` };
	}

	/** The key is in use from now on, until the request is answered. */
	begin(request: HttpRequest, item: number): void {
		const key = this.keyHere(request);
		if (key !== null && !this.kept.has(key)) {
			this.kept.set(key, { request: textOf(request), answer: null, item });
		}
	}

	/** The request that was begun comes to its end. */
	finish(request: HttpRequest, at: number, item: number | null): { reply: Reply; done?: string } {
		const key = this.keyHere(request);
		if (key !== null && this.kept.get(key)?.answer === null) this.kept.delete(key);
		return this.answer(request, at, item);
	}

	/** An error is what the vendor keeps for the key, whatever it has done. */
	keepError(request: HttpRequest, status: number, at: number, item: number): Reply {
		const answer = { status, body: { error: { message: 'Something went wrong.' } } };
		const key = this.keyHere(request);
		if (key !== null) this.kept.set(key, { request: textOf(request), answer, item });
		return this.reply(answer, at);
	}

	headers(at: number): Record<string, string> {
		return { date: new Date(at).toUTCString() };
	}

	/** The key under which a request goes out. */
	keyOf({ headers }: HttpRequest): string | null {
		return headers?.[this.keyHeader] ?? null;
	}

	/** The key that the vendor looks at. */
	private keyHere(request: HttpRequest): string | null {
		return this.keyReadings.keys === 'ignored' ? null : this.keyOf(request);
	}

	private reply({ status, body }: Answer, at: number, replayed = false): Reply {
		const mark: Record<string, string> =
			replayed && this.keyReadings.marksReplays ? { 'idempotent-replayed': 'true' } : {};
		return { answered: true, status, headers: { ...this.headers(at), ...mark }, body };
	}

	private unknown(): Answer {
		return { status: 404, body: { error: { code: 'resource_missing' } } };
	}

	private otherFields(): Answer {
		return { status: 400, body: { error: { type: 'idempotency_error' } } };
	}

	private inUse(): Answer {
		return { status: 409, body: { error: { code: 'idempotency_key_in_use' } } };
	}
}

/** What must be the same when a key comes again. */
function textOf({ url, body }: HttpRequest): string {
	return `${url} ${body}`;
}
