import { createHash } from 'crypto';
import type { INodeType } from 'n8n-workflow';
import { customerLogin } from '../../credentials/session/customerLogin';
import { operatorLogin } from '../../credentials/session/operatorLogin';
import { openSession } from '../../credentials/session/sessionSeal';
import {
	createCredentialStore,
	runNode,
	watchLog,
	type LogLine,
	type NodeResult,
} from '../../embedded-n8n';
import { NexudusCustomerSessionApi, NexudusOperatorApi } from '../../embedded-n8n/nexudus';
import type { Sandbox } from '../../sandbox/createSandbox';
import type { ContractView } from '../../sandbox/vendor/contract';
import { defaultReadings } from '../../sandbox/vendor/readings';
import type { RouteKind } from '../../sandbox/vendor/route';
import type { FaultRule } from '../../sandbox/wire/faults';
import type { Delivery, Target } from './delivery';
import type { Site } from './fault';
import { isOfPeriod, nameOf, SCHEDULED_ID, type FaultCase } from './faultCase';
import { judge, type Verdict } from './judge';
import { forgetPortal, namePortal, type LookUp } from './portalNames';
import { readReports } from './reports';
import { leaksIn, leftBehind, secretsOf, textOf } from './secrets';
import { CUSTOMER, type Subject } from './subject';
import { subjectOf } from './subjectOf';

export interface CaseResult extends Verdict {
	name: string;
	/** What the calls said of the contract that the fault struck, one after the other. */
	told: string[];
	/** What of the fault did not come about in the first call; such a case proves nothing. */
	notStruck: string[];
	/** Secrets in what the calls put out, threw or logged. */
	leaks: string[];
}

const CREDENTIALS = { customer: 'nexudusCustomerSessionApi', operator: 'nexudusOperatorApi' };
const OPERATOR = 'ola@example.test';
const COWORKER = 31;
/** What is typed into the credentials; blanks and signs, so that each encoding shows. */
const SECRETS = {
	customer: { password: 'Under the stairs: "3rd" & 50% /+', oneTimeCodeSecret: 'JBSWY3DPEHPK3PXP' },
	operator: { password: 'Käse & Brot/7 = 100% "+gut+"', oneTimeCodeSecret: 'KRSXG5CTMVRXEZLU' },
};

/** Time limits that even a loaded machine does not reach: a row that holds calls up sets its own. */
const SETTINGS = {
	timeout: 10_000,
	writeTimeout: 10_000,
	retryInterval: 5,
	maxThrottleWait: 1_800,
	requestsPerMinute: 0,
	writesPerMinute: 0,
	minSpacing: 0,
};

const ADMIN = 'admin-of-';

let portalsNamed = 0;

/** Runs one case against a stand-in that nobody else uses meanwhile. */
export async function runCase(
	faultCase: FaultCase,
	sandbox: Sandbox,
	node: INodeType,
): Promise<CaseResult> {
	const { fault, reading, memory, contracts } = faultCase;
	const subject = subjectOf(faultCase);
	plantLogins(sandbox);
	const asked = subject.plant(sandbox, contracts);
	const struck = asked[contracts > 1 ? 2 : 0];
	sandbox.throttle.off();
	const readings = { ...defaultReadings(), throttleStatus: 429 as const };
	sandbox.setReadings({ ...readings, ...reading, ...fault.readings });

	const arranged = arrangement(subject, sandbox, struck);
	const names = [`case-${++portalsNamed}`, `case-${portalsNamed}-elsewhere`];
	// The admin API of a portal has the portal's name with this before it.
	const hosts = names
		.flatMap((name) => [name, `${ADMIN}${name}`])
		.map((name) => namePortal(name, arranged.lookUp));
	const [portal, , elsewhere] = hosts.map((host) => `http://${host}:${new URL(sandbox.url).port}`);
	const lines: LogLine[] = [];
	const unwatch = watchLog((line) => lines.push(line));
	const caller = callerOf(faultCase, subject, sandbox, node, {
		one: portal,
		twin: portal,
		elsewhere,
	});
	try {
		if (memory === 'known') await caller.seeScheduledPause();
		fault.arrange(arranged.site);

		const deliveries: Delivery[] = [];
		// All that a process remembers is kept by portal: under another name it is a new one.
		const again = memory === 'lost' ? 'elsewhere' : 'one';
		if (fault.twice) {
			deliveries.push(
				...(await Promise.all([
					caller.call('first', 'one', asked, arranged),
					caller.call('twin', 'twin', asked, arranged),
				])),
			);
		} else deliveries.push(await caller.call('first', 'one', asked, arranged));
		const notStruck = arranged.missed();
		sandbox.faults.clear();
		sandbox.throttle.off();
		arranged.repair();
		deliveries.push(await caller.call('again', again, asked, arranged));
		if (fault.lateMs !== undefined) {
			const struckAt = sandbox.requests
				.filter((one) => one.fault !== null)
				.map((one) => one.arrived);
			await passed(Math.max(...struckAt) + fault.lateMs + 50 - performance.now());
			deliveries.push(await caller.call('later', again, asked, arranged));
		}
		const told = deliveries.map((delivery) => toldOf(delivery, struck));
		const final = asked.map(({ contractId }) => sandbox.contract(contractId));
		const committed = sandbox.committed.slice();
		return {
			name: nameOf(faultCase),
			told,
			notStruck,
			leaks: caller.leaks(lines),
			...judge(
				faultCase,
				deliveries.map((one) => caller.complete(one)),
				committed,
				final,
			),
		};
	} finally {
		unwatch();
		hosts.forEach(forgetPortal);
	}
}

const asLogged = (header: string) =>
	`#${createHash('sha256').update(header).digest('hex').slice(0, 8)}`;

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function toldOf(delivery: Delivery, { contractId }: Target): string {
	const said = readReports(delivery).reports.find((report) => report.contractId === contractId);
	if (said?.outcome === 'changed' && said.json?.verification !== 'confirmed') return 'accepted';
	return said?.outcome ?? 'lost';
}

function plantLogins(sandbox: Sandbox): void {
	const profile = { id: COWORKER, fullName: 'Ines Roca', companyName: null, isDefault: true };
	sandbox.reset({
		accounts: [
			{
				id: 1,
				email: CUSTOMER,
				password: SECRETS.customer.password,
				twoFactorSecret: SECRETS.customer.oneTimeCodeSecret,
				fullName: 'Ines Roca',
				registeredHere: true,
				profiles: [{ ...profile, coworkerType: 1 }],
			},
		],
		admins: [
			{
				id: 2,
				email: OPERATOR,
				password: SECRETS.operator.password,
				twoFactorSecret: SECRETS.operator.oneTimeCodeSecret,
				fullName: 'Ola Nes',
				roles: 'all',
			},
		],
		contracts: [],
		bookings: [],
	});
}

interface Arrangement {
	site: Site;
	lookUp: LookUp;
	/** What of the fault has not come about. */
	missed(): string[];
	/** Names are found again; nothing more happens before or after a write. */
	repair(): void;
	/** What was true after another hand had acted, oldest first. */
	moments: ContractView[][];
}

function arrangement(subject: Subject, sandbox: Sandbox, target: Target): Arrangement {
	const { write, reads } = subject;
	const arrived = (kind: RouteKind) =>
		sandbox.requests.filter((request) => request.kind === kind && subject.isAbout(request, target))
			.length;
	const moments: ContractView[][] = [];
	const expected: Array<{ what: string; holds: () => boolean }> = [];
	const pending = new Map<() => boolean, () => void>();
	let fate: LookUp = () => undefined;

	const expect: Site['expect'] = (what, holds) => expected.push({ what, holds });
	/** Runs `act` at the first connection at which `when` holds. */
	const once = (what: string, when: () => boolean, act: () => void) => {
		pending.set(when, act);
		expect(what, () => !pending.has(when));
	};
	const site: Site = {
		sandbox,
		write,
		reads,
		order: (...rules) => {
			for (const rule of rules) {
				sandbox.faults.order({ ...subject.aim(rule.route, target), ...rule });
			}
			const what = rules.map(({ kind, route: struck }) => `${kind} at ${struck}`).join(' or ');
			expect(what, () => rules.some((rule) => hasStruck(rule, sandbox)));
		},
		beforeWrite: (act) => {
			const isNext = () => subject.hasRead(arrived) && arrived(write) === 0;
			once('a write was about to leave', isNext, act);
		},
		afterWrite: (act) => once('a connection after the write', () => arrived(write) > 0, act),
		connection: (wanted) => {
			let failed = false;
			fate = () => {
				const next = wanted();
				failed ||= next !== undefined;
				return next;
			};
			expect('a connection failed', () => failed);
		},
		otherHand: (act) => {
			const { contractId } = target;
			act({
				...subject.hand(sandbox, target),
				edit: (change) => {
					const pauses = change(sandbox.pausesOf(contractId), target);
					sandbox.otherHand.setPauses(contractId, pauses);
				},
			});
			moments.push(sandbox.contracts(CUSTOMER));
		},
		expect,
	};
	return {
		site,
		moments,
		lookUp: () => {
			for (const [when, act] of pending) {
				if (!when()) continue;
				pending.delete(when);
				act();
			}
			return fate();
		},
		missed: () => expected.filter(({ holds }) => !holds()).map(({ what }) => what),
		repair: () => {
			pending.clear();
			fate = () => undefined;
		},
	};
}

const hasStruck = (rule: FaultRule, { requests }: Sandbox) =>
	requests.some(({ kind, fault }) => kind === rule.route && fault === rule.kind);

/** Credentials of the same login: two for the portal, one for the portal by another name. */
type Client = 'one' | 'twin' | 'elsewhere';

interface Call extends Delivery {
	client: Client;
	/** Numbers of the first and the last request that arrived in its time. */
	from: number;
	to: number;
}

function callerOf(
	faultCase: FaultCase,
	subject: Subject,
	sandbox: Sandbox,
	node: INodeType,
	portals: Record<Client, string>,
) {
	const { fault, way, operation, mode } = faultCase;
	const { idField } = subject;
	const CREDENTIAL = CREDENTIALS[way];
	const credential = (clientId: Client) => ({
		portalUrl: portals[clientId],
		...(way === 'customer'
			? { signInWith: 'password', email: CUSTOMER }
			: { adminUrl: portals[clientId].replace('//', `//${ADMIN}`), email: OPERATOR }),
		...SECRETS[way],
		clientId,
		sessionToken: '',
	});
	const credentialStore = createCredentialStore({
		types: [new NexudusCustomerSessionApi(), new NexudusOperatorApi()],
	});
	for (const client of ['one', 'twin', 'elsewhere'] as const)
		credentialStore.save(CREDENTIAL, credential(client), client);
	const loginOf = way === 'operator' ? operatorLogin : customerLogin;
	/** Of calls at the same time, each has sessions of its own: as the stand-in's log shows them. */
	const sessionsOf = (client: Client) =>
		new Set<string | undefined>(
			way === 'operator' && !isOfPeriod(operation)
				? // A session that has expired is known by what it did before.
					sandbox.requests
						.filter(({ actor }) => actor?.client === client)
						.map(({ headers }) => headers.authorization)
				: credentialStore.writes
						.filter(({ id }) => id === client)
						.map(({ data }) => asLogged(`Bearer ${openSession(loginOf(data))}`)),
		);

	const parametersOf = (targets: readonly Target[]) => ({
		actAs: way,
		...(way === 'operator' && { coworkerId: COWORKER }),
		...subject.parameters(targets),
	});
	/** Texts of what each call has left behind. */
	const left: string[] = [];
	/** A call made once more meets no fault, and so needs no short time limit. */
	const settingsOf = (name: string) => ({
		...SETTINGS,
		...((name === 'first' || name === 'twin') && fault.settings),
	});

	return {
		/** A dry run over a contract whose pause is scheduled, in a session of its own. */
		async seeScheduledPause(): Promise<void> {
			await runNode({
				node,
				credentialStore,
				credentialIds: { [CREDENTIAL]: 'twin' },
				parameters: { ...parametersOf([]), dryRun: true, requestSettings: SETTINGS },
				items: [{ json: { contractId: SCHEDULED_ID } }],
			});
		},

		async call(
			name: string,
			client: Client,
			asked: readonly Target[],
			{ moments }: Arrangement,
		): Promise<Call> {
			// n8n's Retry On Fail keeps the output of the last try alone.
			let [from, carriedOut, acted] = [0, 0, 0];
			let atStart: ContractView[] = [];
			const execute = node.execute as NonNullable<INodeType['execute']>;
			const watched = Object.create(node, {
				execute: {
					async value(this: ThisParameterType<typeof execute>) {
						from = sandbox.requests.length;
						carriedOut = sandbox.committed.length;
						acted = moments.length;
						atStart = sandbox.contracts(CUSTOMER);
						return await execute.call(this);
					},
				},
			}) as INodeType;
			const result: NodeResult = await runNode({
				node: watched,
				credentialStore,
				credentialIds: { [CREDENTIAL]: client },
				parameters: { ...parametersOf(asked), requestSettings: settingsOf(name) },
				items: asked.map(({ id }) => ({ json: { [idField]: id } })),
				...(mode !== 'stopWorkflow' && { onError: mode }),
				...(fault.retryOnFail && { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }),
			});
			left.push(leftBehind(result));
			const truths = new Map<number, ContractView[]>();
			const add = (view: ContractView) =>
				truths.set(view.id, [...(truths.get(view.id) ?? []), view]);
			atStart.forEach(add);
			for (const { before, after } of sandbox.committed.slice(carriedOut))
				[before, after].forEach(add);
			moments.slice(acted).flat().forEach(add);
			sandbox.contracts(CUSTOMER).forEach(add);
			return {
				name,
				asked,
				idField,
				mode,
				output: result,
				writes: [],
				committed: [],
				truths,
				earlier: [],
				client,
				from,
				to: sandbox.requests.length,
			};
		},

		/** Secrets in what the calls have left behind, and in what was logged meanwhile. */
		leaks(lines: readonly LogLine[]): string[] {
			const typed = secretsOf(SECRETS[way]);
			return leaksIn([...left, textOf(lines)].join('\n'), typed, sandbox.tokens);
		},

		/** Adds what the stand-in knows in the end: a write may have been carried out late. */
		complete(call: Delivery): Delivery {
			const { client, from, to } = call as Call;
			const writes = sandbox.requests.filter(({ kind }) => kind === subject.write);
			const sessions = sessionsOf(client);
			const own = writes.filter(
				({ n, headers }) => n > from && n <= to && sessions.has(headers.authorization),
			);
			const numbers = new Set(own.map(({ n }) => n));
			return {
				...call,
				writes: own,
				earlier: writes.filter(({ n }) => n <= to && !numbers.has(n)),
				committed: sandbox.committed.filter(({ request }) => numbers.has(request)),
			};
		},
	};
}
