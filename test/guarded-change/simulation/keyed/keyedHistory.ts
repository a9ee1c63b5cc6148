import type { HttpRequest, Reply } from '../../../../guarded-change/change';
import type { EngineBase } from '../engine';
import { FAULTS, KEY_FAULTS, LATEST_COMMIT, type Fault } from '../faults';
import { History, WORST_LUCK, type AfterWrite, type Finding, type Item } from '../history';
import type { AtVendor, Happening } from '../scenarioBase';
import type { Trip } from '../trip';
import type { KeyedAsk, KeyedScenario } from './keyedScenario';
import type { KeyedVendor } from './keyedVendor';

/** There is no session that could expire, and no field of Nexudus'. */
const NOT_HERE: readonly Fault[] = ['session expired', 'not successful'];

export const KEYED_FAULTS: readonly Fault[] = [
	...FAULTS.filter((fault) => !NOT_HERE.includes(fault)),
	...KEY_FAULTS,
];

/** A history of subscriptions at a vendor that takes idempotency keys. */
export abstract class KeyedHistory<
	A extends KeyedAsk = KeyedAsk,
	S = unknown,
	Sc extends KeyedScenario<A> = KeyedScenario<A>,
> extends History<A, Sc> {
	abstract readonly vendor: KeyedVendor<S>;
	protected readonly account = 'account';
	protected readonly faultKinds = KEYED_FAULTS;
	protected readonly throttleStatus = 429;
	// Only where no read tells what became of a write, everything hangs on its key.
	protected override readonly worstLuck = { ...WORST_LUCK, 'read in doubt': 0.4 };
	/** By item: the key of its newest write, and the newest error that it got as a kept one. */
	private readonly keys = new Map<number, string>();
	private readonly keptErrors = new Map<number, { key: string; at: number }>();

	constructor(scenario: Sc, base: EngineBase, hits: number[], traced = false) {
		super(scenario, base, hits, traced);
	}

	/** Somebody else at the vendor. */
	protected abstract otherHand(thing: string, what: 'pause' | 'resume'): void;
	/** The customer pays, where there is something to pay. */
	protected abstract pays(thing: string): void;

	thingOf({ subscription }: A): string {
		return subscription;
	}

	thingIn(request: HttpRequest): string {
		return this.vendor.aboutOf(request).thing;
	}

	protected isWrite({ method }: HttpRequest): boolean {
		return method === 'POST';
	}

	act(request: HttpRequest, item: Item<A> | null): { reply: Reply; done?: string } {
		return this.vendor.answer(request, this.time.now, item?.index ?? null);
	}

	headers(): Record<string, string> {
		return this.vendor.headers(this.time.now);
	}

	protected override afterWrite(reply: Reply): AfterWrite {
		// The key is in use: the request that uses it may still act.
		return reply.answered && reply.status === 409 ? 'doubt' : super.afterWrite(reply);
	}

	protected gets(reply: Reply, { index }: Item<A>): void {
		if (!reply.answered || reply.status < 400) return;
		if (reply.headers['idempotent-replayed'] !== 'true') return;
		this.keptErrors.set(index, { key: this.keys.get(index) ?? '', at: this.time.now });
	}

	protected isPartOfRead(): boolean {
		return false;
	}

	/** Once a read has shown that an error which is kept has done nothing, its key is not used again. */
	private checkKey(item: Item<A>, key: string): void {
		const kept = this.keptErrors.get(item.index);
		const readAt = item.run.reads.get(this.thingOf(item.ask)) ?? -Infinity;
		if (kept?.key === key && readAt > kept.at) {
			this.find('kept error', `item ${item.index} asks again for the error kept for its key`);
		}
		this.keys.set(item.index, key);
	}

	protected accepts(body: unknown): AfterWrite {
		return typeof body === 'object' && body !== null && 'id' in body ? 'accepted' : 'doubt';
	}

	protected wrongWrite(request: HttpRequest, item: Item<A>): Finding[] {
		const { change, index } = item;
		const key = this.vendor.keyOf(request) ?? '';
		const findings: Finding[] = [];
		this.checkKey(item, key);
		if (!/^.{8,255}$/.test(key)) {
			findings.push({ property: 'key', detail: `item ${index} writes without a key` });
		}
		const { operation } = this.vendor.aboutOf(request);
		const fits = operation === 'update' || change.operation.startsWith(String(operation));
		if (!fits) findings.push({ property: 'wrong write', detail: `${request.url} for ${index}` });
		return findings;
	}

	protected happenAtVendor(happening: Happening): void {
		const { what, thing } = happening as AtVendor;
		this.note(3, () => `another hand: ${what} ${thing}`);
		if (what === 'pays') this.pays(String(thing));
		else this.otherHand(String(thing), what === 'pause' ? 'pause' : 'resume');
	}

	otherHandNear(request: HttpRequest, what: 'pause' | 'resumeNow'): void {
		const { thing } = this.vendor.aboutOf(request);
		if (!this.vendor.things.includes(thing)) return;
		this.note(3, () => `another hand: ${what} ${thing}`);
		this.otherHand(thing, what === 'pause' ? 'pause' : 'resume');
	}

	strike(fault: Fault, trip: Trip): void {
		const { request, item } = trip;
		const { vendor, time } = this;
		if (item === undefined) return trip.atVendor(() => trip.answer(trip.act()));
		switch (fault) {
			case 'an error is kept for the key, no commit':
			case 'an error is kept for the key, commit before':
				return trip.atVendor(() => {
					if (fault.endsWith('commit before')) trip.act();
					trip.answer(vendor.keepError(request, 500, time.now, item.index));
				});
			case 'the key stays in use for a while, then the commit':
				return trip.atVendor(() => {
					vendor.begin(request, item.index);
					time.in(this.random.between(500, LATEST_COMMIT), () => {
						const { reply, done } = vendor.finish(request, time.now, item.index);
						if (done !== undefined) this.note(10, () => `  the vendor commits ${done}`);
						trip.end(reply);
					});
				});
			default:
				throw new Error(`Nobody knows the fault "${fault}"`);
		}
	}
}
