import type { HttpRequest, Reply } from '../../../../guarded-change/change';
import type { Access } from '../../../../nodes/Nexudus/access';
import type { NexudusChange } from '../../../../nodes/Nexudus/nexudusChange';
import type { memberAccess } from '../../../../nodes/Nexudus/operator/memberSessions';
import type { Engine } from '../engine';
import type { Step } from '../faults';
import {
	WORST_LUCK,
	type Item,
	type NodeRun,
	type OwnSession,
	type Thing,
	type ToCarryOut,
	type Way,
} from '../history';
import { NexudusHistory } from '../nexudusHistory';
import type { Ask } from '../scenario';
import { contractIn, PORTAL } from '../vendor';
import {
	bearerIn,
	Impersonation,
	isExchange,
	isImpersonation,
	isProbe,
	tokenIn,
} from './impersonation';
import type { MemberScenario } from './memberScenario';
import { ADMIN } from './periodVendor';

/** The engine with the sessions that an operator opens for members. */
export interface MemberEngine extends Engine {
	memberAccess: typeof memberAccess;
}

const OPERATOR = 'olga@example.test';

/** The sessions that a run has opened for one member. */
export interface Opened {
	/** Newest last. */
	bearers: string[];
	/** Those that the vendor has told this run not to know any more. */
	lost: Set<string>;
}

/** A history of contracts of several members, changed by an operator in the members' sessions. */
export class MemberHistory extends NexudusHistory {
	// Writes that end in doubt are few.
	protected override readonly worstLuck = { ...WORST_LUCK, 'read in doubt': 0.3 };
	protected override readonly account = OPERATOR;
	private readonly impersonation: Impersonation;
	/** By run and member. */
	readonly opened = new Map<NodeRun<Ask>, Map<number, Opened>>();
	/** Tokens between the steps that have gone out, apart from those that were throttled. */
	private readonly spent = new Set<string>();

	constructor(
		private readonly world: MemberScenario,
		private readonly memberEngine: MemberEngine,
		hits: number[],
		traced = false,
	) {
		super(world, memberEngine, hits, traced);
		const headers = (at: number) => this.vendor.headers(at);
		this.impersonation = new Impersonation(world.impersonation, world.members, headers);
	}

	protected override actorOf({
		coworkerId = 0,
	}: Ask): Pick<NexudusChange, 'account' | 'actingFor' | 'admin'> {
		const account = `coworker ${coworkerId}`;
		return { account, actingFor: { coworkerId, operator: OPERATOR }, admin: ADMIN };
	}

	protected override accessOf(work: ToCarryOut<Ask>): Access {
		const { run, engineRun, transport, renewingTransport, plainTransport } = work;
		const { limits, settings } = run.execution;
		return this.memberEngine.memberAccess({
			admin: ADMIN,
			portal: PORTAL,
			operator: OPERATOR,
			clientId: 'n8n',
			transport,
			renewingTransport,
			plainTransport,
			run: engineRun,
			limits,
			settings,
		});
	}

	// Sessions

	/** The sessions of a member in a run. */
	private openedIn(run: NodeRun<Ask>, member: number): Opened {
		const ofRun = this.opened.get(run) ?? new Map<number, Opened>();
		this.opened.set(run, ofRun);
		const opened = ofRun.get(member) ?? { bearers: [], lost: new Set() };
		ofRun.set(member, opened);
		return opened;
	}

	protected override ownSession(request: HttpRequest): OwnSession<Ask> | undefined {
		const bearer = bearerIn(request);
		if (bearer === undefined && !isExchange(request)) return undefined;
		return {
			isGood: bearer === undefined || this.impersonation.isGood(bearer, this.time.now),
			expire: () => {
				if (bearer !== undefined) this.expireMember(this.impersonation.memberOf(bearer));
			},
			// What a run is told, it gets with its answers.
			lost: () => undefined,
		};
	}

	private expireMember(member: number | undefined): void {
		this.impersonation.expire(member);
		this.note(4, () => `the sessions of member ${member} expire`);
	}

	protected override expireOne(): void {
		if (this.random.chance(0.5)) this.expire();
		else this.expireMember(this.random.pick(this.world.members));
	}

	protected override isProbe(request: HttpRequest): boolean {
		return isProbe(request);
	}

	protected override wrongSession(
		run: NodeRun<Ask>,
		request: HttpRequest,
		way: Way,
	): string | undefined {
		const bearer = bearerIn(request);
		const toPortal = request.url.startsWith(`${PORTAL}/`);
		if (way !== 'plain') {
			if (toPortal) return "the operator's token goes to the portal";
			return bearer === undefined ? undefined : "a member's bearer goes with the operator's token";
		}
		if (!toPortal) return 'a request of a member goes elsewhere';
		if (bearer !== undefined) return this.wrongBearer(run, request, bearer);
		if (!isExchange(request)) return 'a request without any session';
		if (this.spent.has(tokenIn(request))) return 'the token between the steps goes out twice';
		this.spent.add(tokenIn(request));
		return undefined;
	}

	private wrongBearer(run: NodeRun<Ask>, request: HttpRequest, bearer: string): string | undefined {
		const member = this.impersonation.memberOf(bearer);
		if (member === undefined) return 'a bearer that the vendor never gave';
		const { bearers } = this.openedIn(run, member);
		if (bearers.at(-1) !== bearer) return "a bearer that is not the run's newest of the member";
		const contract = contractIn(request);
		const isAsked = run.execution.asks.some(
			(ask) => ask.coworkerId === member && (contract === undefined || ask.contractId === contract),
		);
		return isAsked ? undefined : `in the session of member ${member}, who is not asked for it`;
	}

	protected override received(run: NodeRun<Ask>, request: HttpRequest, reply: Reply): void {
		if (!reply.answered) return;
		const bearer = bearerIn(request);
		if (bearer !== undefined) {
			const member = this.impersonation.memberOf(bearer);
			if (reply.status === 401 && member !== undefined) {
				this.openedIn(run, member).lost.add(bearer);
			}
			return;
		}
		if (!isExchange(request)) return;
		// Throttled, it has not been used.
		if (reply.status === 429 || reply.status === 409) this.spent.delete(tokenIn(request));
		const { token, access_token: other } = reply.body as Record<string, string | undefined>;
		const given = token ?? other;
		const member = given === undefined ? undefined : this.impersonation.memberOf(given);
		if (reply.status === 200 && given !== undefined && member !== undefined) {
			this.openedIn(run, member).bearers.push(given);
		}
	}

	// The vendor

	protected override stepOf(
		run: NodeRun<Ask>,
		request: HttpRequest,
		item: Item<Ask> | undefined,
		way: Way,
	): Step {
		if (isExchange(request)) return 'exchange';
		if (isImpersonation(request)) return 'impersonation';
		return super.stepOf(run, request, item, way);
	}

	protected override aboutIn(run: NodeRun<Ask>, request: HttpRequest): readonly Thing[] {
		const member = this.impersonation.memberOf(bearerIn(request) ?? '');
		if (this.thingIn(request) !== undefined) return super.aboutIn(run, request);
		// A list shows the contracts of its member.
		return run.execution.asks.flatMap((ask) => (ask.coworkerId === member ? [ask.contractId] : []));
	}

	override act(request: HttpRequest, item: Item<Ask> | null): { reply: Reply; done?: string } {
		const { now } = this.time;
		if (isImpersonation(request)) return { reply: this.impersonation.impersonate(request, now) };
		if (isExchange(request)) return { reply: this.impersonation.exchange(request, now) };
		if (isProbe(request)) return { reply: this.impersonation.members(now) };
		return this.actFor(request, item, this.impersonation.memberOf(bearerIn(request) ?? '') ?? 0);
	}
}
