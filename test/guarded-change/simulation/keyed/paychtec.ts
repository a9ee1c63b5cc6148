import type { Change } from '../../../../guarded-change/change';
import type { changeMany } from '../../../../guarded-change/changeMany';
import type {
	paychtecChange,
	PaychtecChange,
} from '../../../../packages/n8n-nodes-paychtec/nodes/Paychtec/paychtecChange';
import type { paychtecSystem } from '../../../../packages/n8n-nodes-paychtec/nodes/Paychtec/paychtecSystem';
import type { SubscriptionState } from '../../../../packages/n8n-nodes-paychtec/nodes/Paychtec/subscriptionState';
import type { judge } from '../../../../packages/n8n-nodes-paychtec/nodes/Paychtec/vendorAnswer';
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
import {
	PAYCHTEC_API,
	PAYCHTEC_READINGS,
	PaychtecVendor,
	type PaychtecReadings,
	type PaychtecSeed,
	type PaychtecState,
} from './paychtecVendor';

const NODE = 'packages/n8n-nodes-paychtec/nodes/Paychtec';
const MINUTE = 60_000;
const DAY = 86_400_000;

/** The engine with the Paychtec system. */
interface PaychtecEngine extends EngineBase {
	changeMany: typeof changeMany;
	paychtecSystem: typeof paychtecSystem;
	paychtecChange: typeof paychtecChange;
	judge: typeof judge;
}

interface PaychtecAsk extends KeyedAsk {
	operation: 'pause' | 'resume';
	option: 'immediately' | 'specific_date' | 'end_of_term';
	/** For a certain date, ISO 8601 UTC. */
	at: string | null;
}

interface PaychtecScenario extends KeyedScenario<PaychtecAsk> {
	readings: PaychtecReadings;
	subscriptions: PaychtecSeed[];
}

class PaychtecHistory extends KeyedHistory<PaychtecAsk, PaychtecState, PaychtecScenario> {
	readonly vendor: PaychtecVendor;

	constructor(
		scenario: PaychtecScenario,
		private readonly engine: PaychtecEngine,
		hits: number[],
		traced = false,
	) {
		super(scenario, engine, hits, traced);
		this.vendor = new PaychtecVendor(scenario.readings, scenario.subscriptions);
	}

	protected changeOf(ask: PaychtecAsk): Change {
		const { subscription, operation, option, at, ifPaused } = ask;
		const { dryRun, expectedPlanId, planRequired } = ask;
		const about = {
			subscriptionId: subscription,
			baseUrl: PAYCHTEC_API,
			profileId: 'prof_1',
			at,
			dryRun,
			planRequired,
			...(expectedPlanId !== undefined && { expectedPlanId }),
		};
		return operation === 'pause'
			? this.engine.paychtecChange({
					...about,
					operation,
					body: { pause_option: option, ...(at !== null && { pause_at: at }) },
					ifAlreadyPaused: ifPaused,
				})
			: this.engine.paychtecChange({
					...about,
					operation,
					body: {
						resume_option: option === 'end_of_term' ? 'immediately' : option,
						...(at !== null && { resume_date: at }),
					},
					ifNotPaused: ifPaused,
				});
	}

	protected async carryOutItems(work: ToCarryOut<PaychtecAsk>): Promise<void> {
		const { run, engineRun, transport } = work;
		const { limits, settings } = run.execution;
		const tools = { run: engineRun, limits, settings, judge: this.engine.judge, transport };
		await this.engine.changeMany<PaychtecChange, SubscriptionState>({
			run: engineRun,
			limits,
			changes: run.items.map((item) => ({
				change: item.change as PaychtecChange,
				settings: work.settingsOf(item),
			})),
			system: () => this.engine.paychtecSystem(tools),
			ended: (outcome, index) => work.ended(outcome, index),
		});
	}

	/** No payment decides when a resume takes effect. */
	protected pays(): void {}

	protected otherHand(thing: string, what: 'pause' | 'resume'): void {
		this.vendor.otherHand(thing, what, this.time.now);
	}
}

function scenarioOf(seed: number): PaychtecScenario {
	const random = new Random(seed);
	const count = random.pick([1, 1, 1, 2, 3]);
	const ids = Array.from({ length: count }, (_, i) => `sub_${i + 1}`);
	const first = random.between(0, 1);
	const option = random.pick([
		'immediately',
		'immediately',
		'specific_date',
		'end_of_term',
	] as const);
	// Now and then the date is so near that it passes within the history.
	const ahead = random.chance(0.3)
		? random.between(20_000, 6 * MINUTE)
		: random.between(1, 20) * DAY;
	const base = drawScenario<PaychtecAsk>(seed, random, ids, {
		wanted: (_, turn) => ({
			operation: (turn + first) % 2 === 0 ? 'pause' : 'resume',
			option,
			at: null,
		}),
	});
	const at = option === 'specific_date' ? new Date(base.start + ahead).toISOString() : null;
	const subscriptions = ids.map((id): PaychtecSeed => {
		const paused = random.chance(0.5);
		return {
			id,
			state: {
				status: paused ? 'paused' : 'active',
				pausedAt: paused ? base.start - 5 * DAY : null,
				nextBillingAt: base.start + 10 * DAY,
				scheduled: null,
				acts: 0,
			},
		};
	});
	return {
		...base,
		executions: base.executions.map((execution) => ({
			...execution,
			asks: execution.asks.map((ask) => ({ ...ask, at })),
		})),
		subscriptions,
		readings: {
			keys: random.pick(PAYCHTEC_READINGS.keys),
			lag: random.pick(PAYCHTEC_READINGS.lag),
			second: random.pick(PAYCHTEC_READINGS.second),
		},
	};
}

/** What Paychtec's documents say that a state means. */
const truthsOf = ({ lag, keys, second }: PaychtecReadings): Truths<PaychtecAsk, PaychtecState> => ({
	isWanted: ({ ask }, { status }) => (ask.operation === 'pause') === (status === 'paused'),
	isBegun: ({ ask }, { scheduled }) => scheduled?.operation === ask.operation,
	undoes: (operation, earlier) => operation !== earlier,
	// The store has not learnt of the first call yet.
	hides: () => lag > 0,
	unprotected: second === 'acts' && keys === 'ignored',
	lags: lag > 0,
});

/** Subscriptions at Paychtec. */
export const PAYCHTEC: Simulated<PaychtecScenario, PaychtecEngine> = {
	name: 'paychtec',
	faults: KEYED_FAULTS,
	steps: STEPS_OF_CHANGES.filter((step) => step !== 'read to renew'),
	openColumns: KEYED_OPEN_COLUMNS,
	met: KEYED_OPEN_COLUMNS,
	histories: 30_000,
	tested: 5_000,
	loadEngine: (patches) =>
		loadSources<PaychtecEngine>(
			[
				'guarded-change/world.ts',
				'guarded-change/changeMany.ts',
				`${NODE}/paychtecSystem.ts`,
				`${NODE}/paychtecChange.ts`,
				`${NODE}/vendorAnswer.ts`,
			],
			patches,
		),
	scenarioOf,
	live: (scenario, engine, hits, traced) => {
		const history = new PaychtecHistory(scenario, engine, hits, traced);
		const truths = truthsOf(scenario.readings);
		return { history: history as never, judge: () => judgeKeyed(history, truths) };
	},
	mutants: [
		...ENGINE_MUTANTS,
		mutant(
			'forgets the keys under which the vendor has said done',
			'guarded-change/idempotencyKey.ts',
			'this.keys.add(key);',
			'',
		),
		mutant(
			'uses one key for the same plan in every execution',
			'guarded-change/idempotencyKey.ts',
			'.update(JSON.stringify([execution, fresh]))',
			'.update(JSON.stringify([fresh]))',
		),
		mutant(
			'sends no key',
			`${NODE}/paychtecApi.ts`,
			"{ ...request.headers, 'X-Idempotency-Key': key }",
			'{ ...request.headers }',
		),
		mutant(
			'takes a server error for the last word of both systems',
			`${NODE}/vendorAnswer.ts`,
			"if (status >= 500) return { class: 'ambiguous', finished: false };",
			"if (status >= 500) return { class: 'refused' };",
		),
	],
};
