import type { HttpRequest, Reply } from '../../../guarded-change/change';
import type { Access } from '../../../nodes/Nexudus/access';
import type { NexudusChange } from '../../../nodes/Nexudus/nexudusChange';
import type { Engine } from './engine';
import { FAULTS, type Fault } from './faults';
import { History, type AfterWrite, type Finding, type Item, type ToCarryOut } from './history';
import type { Ask, Scenario } from './scenario';
import type { AtVendor, Happening } from './scenarioBase';
import { contractIn, PORTAL, Vendor, writeIn } from './vendor';

const ACCOUNT = 'maria';

/** A history of contracts in a Nexudus portal. */
export class NexudusHistory extends History<Ask, Scenario> {
	readonly vendor: Vendor;
	protected readonly account: string = ACCOUNT;
	protected readonly faultKinds = FAULTS;
	protected readonly throttleStatus: number;

	constructor(
		scenario: Scenario,
		private readonly engine: Engine,
		hits: number[],
		traced = false,
	) {
		super(scenario, engine, hits, traced);
		const { readings, list, sendsDate, contracts } = scenario;
		this.vendor = new Vendor(readings, list, sendsDate, contracts);
		this.throttleStatus = readings.throttle;
	}

	protected changeOf(ask: Ask): NexudusChange {
		const { contractId, dryRun, expectedPlanId, planRequired } = ask;
		const actor = this.actorOf?.(ask) ?? { account: ACCOUNT };
		const about = { contractId, portal: PORTAL, ...actor, dryRun, planRequired };
		const guards = { ...about, ...(expectedPlanId !== undefined && { expectedPlanId }) };
		return ask.operation === 'pause'
			? this.engine.nexudusChange({ ...guards, ...ask, operation: 'pause' })
			: this.engine.nexudusChange({ ...guards, ...ask, operation: ask.operation });
	}

	/** Who makes a change; the member themselves where it is not told. */
	protected actorOf?(ask: Ask): Pick<NexudusChange, 'account' | 'actingFor' | 'admin'>;

	/** Whose sessions the requests of a run go in. */
	protected accessOf(work: ToCarryOut<Ask>): Access {
		const { run, engineRun, transport, renewingTransport } = work;
		const { limits, settings } = run.execution;
		return this.engine.customerAccess({
			portal: PORTAL,
			transport,
			renewingTransport,
			limits,
			settings,
			run: engineRun,
		});
	}

	protected async carryOutItems(work: ToCarryOut<Ask>): Promise<void> {
		const { run } = work;
		await this.engine.changeContracts({
			access: this.accessOf(work),
			changes: run.items.map((item) => ({
				change: item.change as NexudusChange,
				settings: work.settingsOf(item),
			})),
			ended: (outcome, index) => work.ended(outcome, index),
		});
	}

	thingOf({ contractId }: Ask): number {
		return contractId;
	}

	thingIn(request: HttpRequest): number | undefined {
		return contractIn(request);
	}

	protected isWrite({ method }: HttpRequest): boolean {
		return method === 'PUT';
	}

	protected isPartOfRead({ url }: HttpRequest): boolean {
		return url.includes('page=');
	}

	act(request: HttpRequest, item: Item<Ask> | null): { reply: Reply; done?: string } {
		return this.actFor(request, item, undefined);
	}

	/** @param member in whose session the request comes, where there are several */
	protected actFor(request: HttpRequest, item: Item<Ask> | null, member: number | undefined) {
		const { commits } = this.vendor;
		const before = commits.length;
		const reply = this.vendor.answer(request, this.time.now, item?.index ?? null, member);
		const commit = commits[before];
		if (commit === undefined) return { reply };
		return { reply, done: `item ${commit.item}${commit.effect ? '' : ', no effect'}` };
	}

	headers(): Record<string, string> {
		return this.vendor.headers(this.time.now);
	}

	/** Its list of faults holds none that only Nexudus knows. */
	strike(fault: Fault): void {
		throw new Error(`Nobody knows the fault "${fault}"`);
	}

	/** No reply is kept for another request. */
	protected gets(): void {}

	protected accepts(body: unknown): AfterWrite {
		return typeof body === 'object' ? 'settled' : 'accepted';
	}

	protected wrongWrite(request: HttpRequest, { ask, index }: Item<Ask>): Finding[] {
		const findings: Finding[] = [];
		if (writeIn(request).operation !== ask.operation) {
			findings.push({ property: 'wrong write', detail: `${request.url} for item ${index}` });
		}
		if (ask.operation === 'pause' && !ask.termsAccepted) {
			findings.push({ property: 'terms', detail: `item ${index}` });
		}
		return findings;
	}

	protected happenAtVendor(happening: Happening): void {
		const { what, thing, cycles } = happening as AtVendor;
		const id = Number(thing);
		if (what === 'eligible' || what === 'notEligible') {
			this.vendor.setEligible(id, what === 'eligible');
		} else if (what !== 'pays') this.otherHand(id, what, cycles);
	}

	private otherHand(id: number, what: 'pause' | 'resumeNow' | 'resumeAtEnd', cycles: number): void {
		const refused = this.vendor.write(id, what, cycles, this.time.now, null);
		this.note(3, () => `another hand: ${what} ${id}${refused ? ` (${refused})` : ''}`);
	}

	otherHandNear(request: HttpRequest, what: 'pause' | 'resumeNow'): void {
		const ids = this.scenario.contracts.map(({ id }) => id);
		const about = contractIn(request);
		const id = about !== undefined && ids.includes(about) ? about : this.random.pick(ids);
		this.otherHand(id, what, this.random.between(1, 2));
	}
}
