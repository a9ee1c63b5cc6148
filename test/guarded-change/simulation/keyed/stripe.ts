import type { changeMany } from '../../../../guarded-change/changeMany';
import type { Change } from '../../../../guarded-change/change';
import type { judgeRead } from '../../../../packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription/stripeAnswer';
import type {
	stripeChange,
	StripeChange,
	Wanted,
} from '../../../../packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription/stripeChange';
import type { stripeSystem } from '../../../../packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription/stripeSystem';
import type { SubscriptionState } from '../../../../packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription/subscriptionState';
import { loadSources, type EngineBase } from '../engine';
import { STEPS_OF_CHANGES } from '../faults';
import type { ToCarryOut } from '../history';
import { mutant } from '../mutants';
import { Random } from '../random';
import type { Simulated } from '../simulated';
import { KEYED_FAULTS, KeyedHistory } from './keyedHistory';
import { ENGINE_MUTANTS } from './keyedMutants';
import { judgeKeyed, KEYED_OPEN_COLUMNS, type Truths } from './keyedProperties';
import { drawScenario, type KeyedAsk, type KeyedScenario } from './keyedScenario';
import { STRIPE_API, StripeVendor, type StripeSeed, type StripeState } from './stripeVendor';

const NODE = 'packages/n8n-nodes-stripe-subscription/nodes/StripeSubscription';
const VERSION = '2026-10-28.endive';
const DAY = 86_400;
/** In whole seconds, so one more than the node counts; in ms. */
const PAUSE_INVOICE_WITHIN = 11_000;

/** The engine with the Stripe system. */
interface StripeEngine extends EngineBase {
	changeMany: typeof changeMany;
	stripeSystem: typeof stripeSystem;
	stripeChange: typeof stripeChange;
	judgeRead: typeof judgeRead;
}

interface StripeAsk extends KeyedAsk {
	operation: Wanted['operation'];
	behavior: 'keep_as_draft' | 'void';
	payment_behavior: 'resume_on_payment_attempt' | 'resume_on_payment_success';
}

interface StripeScenario extends KeyedScenario<StripeAsk> {
	subscriptions: StripeSeed[];
}

class StripeHistory extends KeyedHistory<StripeAsk, StripeState, StripeScenario> {
	readonly vendor: StripeVendor;

	constructor(
		scenario: StripeScenario,
		private readonly engine: StripeEngine,
		hits: number[],
		traced = false,
	) {
		super(scenario, engine, hits, traced);
		this.vendor = new StripeVendor(scenario.subscriptions);
	}

	protected changeOf(ask: StripeAsk): Change {
		const { subscription, dryRun, expectedPlanId, planRequired } = ask;
		const guards = {
			dryRun,
			planRequired,
			...(expectedPlanId !== undefined && { expectedPlanId }),
		};
		const about = { ...guards, subscription, apiUrl: STRIPE_API, apiVersion: VERSION };
		return this.engine.stripeChange(about, wantedOf(ask));
	}

	protected async carryOutItems(work: ToCarryOut<StripeAsk>): Promise<void> {
		const { run, engineRun, transport } = work;
		const { limits, settings } = run.execution;
		const { judgeRead: judge } = this.engine;
		const tools = { run: engineRun, limits, settings, judge, transport };
		const account = { apiUrl: STRIPE_API, apiVersion: VERSION, transport, tools };
		await this.engine.changeMany<StripeChange, SubscriptionState>({
			run: engineRun,
			limits,
			changes: run.items.map((item) => ({
				change: item.change as StripeChange,
				settings: work.settingsOf(item),
			})),
			system: () => this.engine.stripeSystem(account),
			ended: (outcome, index) => work.ended(outcome, index),
		});
	}

	protected otherHand(thing: string, what: 'pause' | 'resume'): void {
		this.vendor.otherHand(thing, what, this.time.now);
	}

	protected pays(thing: string): void {
		this.vendor.pay(thing, this.time.now);
	}
}

function wantedOf({ operation, behavior, payment_behavior, ifPaused }: StripeAsk): Wanted {
	switch (operation) {
		case 'pause':
			return {
				operation,
				type: 'subscription',
				invoicing_behavior: 'pending_invoice_item',
				ifAlreadyPaused: ifPaused,
			};
		case 'resume':
			return {
				operation,
				billing_cycle_anchor: 'now',
				payment_behavior,
				expand: [],
				ifNotPaused: ifPaused,
			};
		case 'pauseCollection':
			return { operation, behavior, ifAlreadyPaused: ifPaused };
		case 'resumeCollection':
			return { operation, ifNotPaused: ifPaused };
	}
}

function scenarioOf(seed: number): StripeScenario {
	const random = new Random(seed);
	const count = random.pick([1, 1, 1, 2, 3]);
	const ids = Array.from({ length: count }, (_, i) => `sub_${i + 1}`);
	const there = random.pick(['pause', 'pause', 'pauseCollection'] as const);
	const back = there === 'pause' ? 'resume' : 'resumeCollection';
	const behavior = random.pick(['keep_as_draft', 'keep_as_draft', 'void'] as const);
	const payment_behavior = random.pick([
		'resume_on_payment_attempt',
		'resume_on_payment_success',
	] as const);
	// Three turns begin with what the first subscription is not yet, more often than not.
	const first = random.between(0, 1);
	const base = drawScenario<StripeAsk>(seed, random, ids, {
		wanted: (_, turn) => ({
			operation: random.chance(0.9)
				? (turn + first) % 2 === 0
					? there
					: back
				: random.pick(['pause', 'resume', 'pauseCollection', 'resumeCollection'] as const),
			behavior: random.chance(0.9) ? behavior : 'void',
			payment_behavior,
		}),
	});
	const now = Math.floor(base.start / 1000);
	const subscriptions = ids.map((id): StripeSeed => {
		const paused = random.chance(0.5);
		const collection = random.chance(there === 'pause' ? 0.1 : 0.5) ? behavior : null;
		return {
			id,
			payment: random.pick(['atOnce', 'later', 'later', 'fails']),
			state: {
				status: paused && there === 'pause' ? 'paused' : 'active',
				pausedAt: paused && there === 'pause' ? now - 5 * DAY : null,
				collection,
				invoice: random.chance(0.5)
					? { id: 'in_before', status: 'paid', created: now - 20 * DAY }
					: null,
				periodEnd: now + 10 * DAY,
			},
		};
	});
	return { ...base, subscriptions };
}

/** What Stripe's documents say that a state means. */
const truths: Truths<StripeAsk, StripeState> = {
	isWanted: ({ ask, outcome }, { status, collection }) => {
		const before = outcome?.before as SubscriptionState | null | undefined;
		switch (ask.operation) {
			case 'pause':
				return status === 'paused';
			case 'resume':
				return before?.kind === 'collection' ? collection === null : status !== 'paused';
			case 'pauseCollection':
				return collection === ask.behavior;
			case 'resumeCollection':
				return collection === null;
		}
	},
	isBegun: ({ ask }, { status, invoice }) =>
		ask.operation === 'resume' && status === 'paused' && invoice?.status === 'open',
	undoes: (operation, earlier) =>
		earlier === 'pause'
			? operation === 'resume' || operation === 'pay'
			: earlier === 'resume'
				? operation === 'pause' || operation === 'pay'
				: operation === 'update',
	// In the first seconds the invoice of a resume cannot be told from one of the pause.
	hides: (earlier, before, remembered) =>
		!remembered &&
		earlier.operation === 'resume' &&
		before.some(
			({ operation, at }) =>
				operation === 'pause' && at <= earlier.at && earlier.at - at < PAUSE_INVOICE_WITHIN,
		),
	unprotected: false,
	lags: false,
};

/** Subscriptions at Stripe. */
export const STRIPE: Simulated<StripeScenario, StripeEngine> = {
	name: 'stripe',
	faults: KEYED_FAULTS,
	steps: STEPS_OF_CHANGES.filter((step) => step !== 'read to renew'),
	openColumns: KEYED_OPEN_COLUMNS,
	met: [KEYED_OPEN_COLUMNS[0], KEYED_OPEN_COLUMNS[2]],
	histories: 30_000,
	tested: 5_000,
	loadEngine: (patches) =>
		loadSources<StripeEngine>(
			[
				'guarded-change/world.ts',
				'guarded-change/changeMany.ts',
				`${NODE}/stripeSystem.ts`,
				`${NODE}/stripeChange.ts`,
				`${NODE}/stripeAnswer.ts`,
			],
			patches,
		),
	scenarioOf,
	live: (scenario, engine, hits, traced) => {
		const history = new StripeHistory(scenario, engine, hits, traced);
		return { history: history as never, judge: () => judgeKeyed(history, truths) };
	},
	mutants: [
		...ENGINE_MUTANTS,
		mutant(
			'does not know an answer that was kept for the key',
			`${NODE}/stripeAnswer.ts`,
			"return reply.answered && reply.headers['idempotent-replayed'] === 'true';",
			'return false;',
		),
		mutant(
			'takes 200 to a resume for active',
			`${NODE}/rules.ts`,
			"return isToBePaid(latestInvoice) ? 'begun' : 'differs';",
			"return isToBePaid(latestInvoice) ? 'there' : 'differs';",
		),
		mutant(
			'resumes again while the first resume waits for its payment',
			`${NODE}/rules.ts`,
			'if (openResumption(state) !== null) {',
			'if (openResumption(state) !== null && false) {',
		),
		mutant(
			'takes the absence of a resume for its proof at once',
			`${NODE}/rules.ts`,
			"return verdict.class === 'ok' || verdict.finished === true || sinceSent >= SETTLED_AFTER;",
			'return sinceSent >= 0;',
		),
	],
};
