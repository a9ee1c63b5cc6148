import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CommittedWrite } from '../../sandbox/vendor/world';
import { hotDesk } from '../../sandbox/seeds/pricePlans';
import { documentedLimits } from '../../sandbox/vendor/throttle';
import { CALLER_HEADER, readWorkflow, withCredentials } from '../../start/example';
import type { N8nVersion } from '../../start/install';
import type { RunningN8n } from '../../start/n8n';
import { CHECKOUT } from '../../start/package';
import type {
	Execution,
	StoredCredential,
	StoredWorkflow,
	WorkflowFile,
	WorkflowNode,
} from '../../start/rest';
import { artifactsFolder } from './support/artifacts';
import { firstOfMonth } from './support/days';
import { lockedNodeVersion } from './support/lockedNode';
import {
	login,
	PASSWORD,
	saveLogin,
	saveOperator,
	startN8nUnderTest,
	startWorkerUnderTest,
	type N8nUnderTest,
} from './support/n8nUnderTest';
import { numbersFrom } from './support/random';
import { queueEnvironment, startPostgres, startRedis, type Service } from './support/services';
import { secretsIn } from './support/secrets';
import {
	changesOf,
	newContracts,
	NORA,
	NORAS_PROFILE,
	openTenant,
	type Tenant,
} from './support/tenant';
import { until } from './support/until';
import { executionsOf, inARow, itemsOf, nexudus, splitItems, webhook } from './support/workflows';

const VERSION: N8nVersion = '2.40.7';
const WORKERS = ['worker-1', 'worker-2'] as const;
const START_TIMEOUT = 20 * 60_000;
/** What n8n calls an execution that did not come to its end. */
const FAILED = ['error', 'crashed'];
const ENDED = ['success', 'canceled', ...FAILED];

/** The documented limits ten times as fast, so that a round takes seconds. */
const FAST_LIMITS = {
	requestsPerMinute: 120,
	writesPerMinute: 60,
	minSpacingMs: 5,
	windowMs: 6_000,
};
const EXECUTIONS_A_ROUND = 8;
const CONTRACTS_AN_EXECUTION = 6;
/** Who pauses, and in how many rounds; in each, both workers are killed at moments of their own. */
const KILLS = [
	['a customer', 10],
	['an operator who acts for a member', 3],
] as const;
/** Of the customer's side and the operator's side alike: as fast as the stand-in lets them. */
const UNPACED = { concurrency: 2, requestsPerMinute: 0, writesPerMinute: 0, minSpacing: 0 };

/** More than one minute takes, frozen by as many executions as price plans. */
const PLANS = 4;
const CONTRACTS_A_PLAN = 18;
/** One price plan for each worker; in each round both are killed, and the same is run again. */
const FREEZE_ROUNDS = 3;
const CONTRACTS_UNDER_KILLS = 40;
const CALLER = 'caller of the freeze';
let lastPlan = 9_100;

const SEED = Number(process.env.E2E_SEED ?? Date.now() % 1_000_000);

describe(`n8n ${VERSION} on Node.js ${lockedNodeVersion()}`, () => {
	let tenant: Tenant;
	let redis: Service;
	let postgres: Service;
	let main: N8nUnderTest;
	let environment: Record<string, string>;
	let nora: StoredCredential;
	let olga: StoredCredential;
	const workers = new Map<string, RunningN8n>();

	const startWorker = async (name: string) => {
		workers.set(name, await startWorkerUnderTest({ version: VERSION, name, env: environment }));
	};

	beforeAll(async () => {
		const logs = artifactsFolder('services');
		tenant = await openTenant();
		redis = await startRedis(join(logs, 'redis.log'));
		postgres = await startPostgres(join(logs, 'postgres.log'));
		environment = { ...queueEnvironment(redis, postgres), N8N_ENCRYPTION_KEY: 'one-key-for-all' };
		main = await startN8nUnderTest({ version: VERSION, name: 'main', env: environment });
		await Promise.all(WORKERS.map(startWorker));
		nora = await saveLogin(main.rest, 'Nora', login(tenant.sandbox.url, NORA.email, NORA));
		olga = await saveOperator(main.rest, tenant.sandbox.url);
	}, START_TIMEOUT);

	afterAll(async () => {
		await Promise.all([...workers.values()].map((worker) => worker.kill()));
		await main?.n8n.stop();
		await postgres?.stop();
		await redis?.stop();
		await tenant?.close();
	});

	const pauseWorkflow = async (
		path: string,
		requestSettings: object = {},
		who: (typeof KILLS)[number][0] = 'a customer',
	): Promise<StoredWorkflow> => {
		const parameters = { operation: 'pause', pauseCycles: 1, termsAccepted: true, requestSettings };
		const member = { __rl: true, mode: 'id', value: String(NORAS_PROFILE) };
		const workflow = inARow(path, [
			webhook(path, 'onReceived'),
			splitItems(),
			who === 'a customer'
				? nexudus(nora, parameters)
				: nexudus(olga, { ...parameters, actAs: 'operator', coworkerId: member }),
		]);
		return await main.rest.activateWorkflow(await main.rest.saveWorkflow(workflow));
	};

	/** Starts one execution for each part of the contracts. */
	const startExecutions = async (path: string, ids: number[], parts: number): Promise<void> => {
		const size = Math.ceil(ids.length / parts);
		for (let first = 0; first < ids.length; first += size) {
			const items = ids.slice(first, first + size).map((contractId) => ({ contractId }));
			const { status } = await main.rest.callWebhook(path, { items });
			expect(status).toBe(200);
		}
	};

	const allEnded = async (workflow: StoredWorkflow, except = new Set<string>()) => {
		const executions = await executionsOf(main.rest, workflow.id);
		return executions.every(({ id, status }) => except.has(id) || ENDED.includes(status));
	};

	/** Executions that each worker has begun since it was started. */
	const shares = () => WORKERS.map((name) => executionsBy(workers.get(name) as RunningN8n));

	const notEnded = async ({ id: workflowId }: StoredWorkflow): Promise<string[]> =>
		(await executionsOf(main.rest, workflowId))
			.filter(({ status }) => !ENDED.includes(status))
			.map(({ id }) => id);

	/**
	 * Kills both workers in mid-run, at moments of their own: something was left at each.
	 * @returns which, and after how many contracts
	 */
	const killWorkers = async (
		between: ReturnType<typeof numbersFrom>,
		done: () => number,
		all: number,
	): Promise<string> => {
		const order = between(0, 1) === 0 ? WORKERS : [...WORKERS].reverse();
		const stopped: number[] = [];
		for (const name of order) {
			if (stopped.length > 0) await wait(between(0, 400));
			stopped.push(done());
			await workers.get(name)?.kill();
		}
		expect(Math.max(...stopped)).toBeLessThan(all);
		return `${order.join(', ')} after ${stopped.join(' and ')}`;
	};

	describe('Queue mode', () => {
		/** Executions that were interrupted, by their workflow. */
		const interrupted = new Map<StoredWorkflow, Set<string>>();

		const file = readWorkflow(join(CHECKOUT, 'examples', 'freeze-price-plan.json'));
		const days = { pauseFrom: firstOfMonth(3), pauseUntil: firstOfMonth(4) };
		const plansNamed = (name: string, count: number, contracts: number) =>
			Array.from({ length: count }, (_, i) => {
				const pricePlan = { ...hotDesk, id: ++lastPlan, name: `${name} ${i + 1}` };
				const ids = newContracts(tenant, contracts, {
					pricePlan,
					currentCycleFrom: firstOfMonth(0),
				});
				return { name: pricePlan.name, ids };
			});
		const expectOnePauseEach = (ids: readonly number[]) => {
			const { sandbox } = tenant;
			const pauses = ids.map((id) => sandbox.pausesOf(id).map((one) => [one.from, one.until]));
			expect(pauses).toEqual(ids.map(() => [[days.pauseFrom, days.pauseUntil]]));
			expect(changesOf(sandbox, ids)).toEqual(ids.map(() => 1));
		};

		/** Plans, freezes and freezes again, each price plan in an execution of its own. */
		const freezePricePlans = async () => {
			const { sandbox } = tenant;
			const caller = await main.rest.saveCredential('httpHeaderAuth', 'Caller', {
				name: CALLER_HEADER,
				value: CALLER,
			});
			const saved = await main.rest.saveWorkflow(withCredentials(file, [olga, caller]));
			await main.rest.activateWorkflow(saved);
			const plans = plansNamed('Freeze', PLANS, CONTRACTS_A_PLAN);
			const ids = plans.flatMap((plan) => plan.ids);
			const freeze = async (more: object) =>
				await Promise.all(
					plans.map(async ({ name }) => {
						const body = { pricePlan: name, ...days, ...more };
						const answer = await main.rest.callWebhook('freeze-price-plan', body, {
							[CALLER_HEADER]: CALLER,
						});
						expect(answer).toMatchObject({ status: 200, body: { notPaused: [], notKnown: [] } });
						return (answer.body as { paused: Array<Record<string, unknown>> }).paused;
					}),
				);
			const all = (outcome: string) =>
				plans.map((plan) =>
					plan.ids.map((contractId) => ({
						contractId,
						outcome,
						from: days.pauseFrom,
						until: days.pauseUntil,
					})),
				);

			expect(await freeze({})).toEqual(all('planned'));
			expect(changed(sandbox, ids)).toBe(0);
			const began = Date.now();
			expect(await freeze({ write: true })).toEqual(all('changed'));
			const seconds = (Date.now() - began) / 1000;
			expect(await freeze({ write: true })).toEqual(all('unchanged'));
			expectOnePauseEach(ids);
			process.stderr.write(
				`  ${ids.length} contracts of ${PLANS} price plans: ` +
					`frozen in ${seconds.toFixed(0)} s\n`,
			);
		};

		it('changes 200 contracts of a customer, and freezes price plans for an operator, over both workers under the documented limits', async () => {
			const { sandbox } = tenant;
			sandbox.throttle.set(documentedLimits);
			const workflow = await pauseWorkflow('pause-200');
			const ids = newContracts(tenant, 200);
			const began = Date.now();
			await startExecutions('pause-200', ids, 8);
			await Promise.all([
				until('all executions have ended', async () => await allEnded(workflow), 540_000),
				freezePricePlans(),
			]);
			const seconds = (Date.now() - began) / 1000;

			const executions = await readExecutions(main, workflow);
			expect(executions.map(endOf)).toEqual(executions.map(() => 'success'));
			const items = executions.flatMap((execution) => itemsOf(execution, 'Nexudus'));
			expect(items.filter(({ json }) => json.outcome === 'changed' && json.verified)).toHaveLength(
				ids.length,
			);
			expect(changesOf(sandbox, ids)).toEqual(ids.map(() => 1));
			expect(Math.min(...shares())).toBeGreaterThan(0);

			const { requests } = sandbox;
			const throttled = requests.filter((request) => request.throttled).length;
			process.stderr.write(
				`  200 contracts, ${shares().join(' + ')} executions: ${seconds.toFixed(0)} s, ` +
					`${requests.length} requests, ${throttled} of them throttled\n`,
			);
			sandbox.throttle.off();
		}, 600_000);

		it.each(KILLS)(
			'loses and repeats nothing for %s when workers are killed',
			async (who, rounds) => {
				const { sandbox } = tenant;
				const between = numbersFrom(SEED);
				process.stderr.write(`  Moments of the kills: E2E_SEED=${SEED}\n`);
				const path = `pause-while-killed-${rounds}`;
				const workflow = await pauseWorkflow(path, UNPACED, who);
				sandbox.throttle.set(FAST_LIMITS);
				sandbox.faults.order({ route: 'pause', kind: 'slowButOk', ms: 250, times: Infinity });
				const killed = new Set<string>();
				const perRound = EXECUTIONS_A_ROUND * CONTRACTS_AN_EXECUTION;

				for (let round = 0; round < rounds; round++) {
					const ids = newContracts(tenant, perRound);
					await startExecutions(path, ids, EXECUTIONS_A_ROUND);
					const moment = between(1, perRound / 3);
					await until('the first kill', () => changed(sandbox, ids) >= moment);
					const stopped = await killWorkers(between, () => changed(sandbox, ids), perRound);
					for (const id of await notEnded(workflow)) killed.add(id);
					const before = sandbox.committed.length;
					const missing = ids.filter((_, i) => changesOf(sandbox, ids)[i] === 0);

					await Promise.all([
						startExecutions(path, ids, EXECUTIONS_A_ROUND),
						...WORKERS.map(startWorker),
					]);
					const ended = async () => await allEnded(workflow, killed);
					await until('the second run has ended', ended, 120_000);

					expect(changesOf(sandbox, ids)).toEqual(ids.map(() => 1));
					const rerun = sandbox.committed.slice(before).map(({ contractId }) => contractId);
					expect(rerun.sort()).toEqual(missing.sort());
					process.stderr.write(
						`  round ${round + 1}: killed ${stopped} of ${perRound}; ` +
							`the second run paused ${rerun.length}\n`,
					);
				}

				const executions = await readExecutions(main, workflow, killed);
				expect(executions.length).toBeGreaterThanOrEqual(rounds * EXECUTIONS_A_ROUND);
				expect(lies(executions, sandbox.committed)).toEqual([]);
				expect(killed.size).toBeGreaterThanOrEqual(rounds * 2);
				interrupted.set(workflow, killed);
				sandbox.faults.clear();
				sandbox.throttle.off();
			},
			900_000,
		);

		it('freezes everyone on a price plan once, run again after each kill', async () => {
			const { sandbox } = tenant;
			const between = numbersFrom(SEED);
			const path = 'freeze-while-killed';
			const saved = await main.rest.saveWorkflow(
				withCredentials(withoutAnswer(file, path, UNPACED), [olga]),
			);
			const workflow = await main.rest.activateWorkflow(saved);
			sandbox.throttle.set(FAST_LIMITS);
			sandbox.faults.order({
				route: 'createPeriod',
				kind: 'slowButOk',
				ms: 250,
				times: Infinity,
			});
			const plans = plansNamed('Killed', WORKERS.length, CONTRACTS_UNDER_KILLS);
			const ids = plans.flatMap((plan) => plan.ids);
			const killed = new Set<string>();
			const start = async () => {
				for (const { name } of plans) {
					const body = { pricePlan: name, ...days, write: true };
					expect((await main.rest.callWebhook(path, body)).status).toBe(200);
				}
			};

			for (let round = 0; round < FREEZE_ROUNDS; round++) {
				const missing = ids.length - changed(sandbox, ids);
				const done = () => missing - (ids.length - changed(sandbox, ids));
				await start();
				const moment = between(1, CONTRACTS_UNDER_KILLS / FREEZE_ROUNDS);
				await until('the first kill', () => done() >= moment, 120_000);
				const stopped = await killWorkers(between, done, missing);
				for (const id of await notEnded(workflow)) killed.add(id);
				process.stderr.write(`  round ${round + 1}: killed ${stopped} of ${missing}\n`);
				await Promise.all(WORKERS.map(startWorker));
			}
			const ended = async () => await allEnded(workflow, killed);
			await start();
			await until('the last run has ended', ended, 120_000);
			expectOnePauseEach(ids);
			expect(killed.size).toBeGreaterThanOrEqual(FREEZE_ROUNDS);

			const writes = sandbox.committed.length;
			await start();
			await until('the run after it has ended', ended, 120_000);
			expect(sandbox.committed).toHaveLength(writes);
			const [first, second] = (await readExecutions(main, workflow, killed)).map((execution) => ({
				end: endOf(execution),
				outcomes: new Set(itemsOf(execution, 'Freeze').map(({ json }) => json.outcome)),
			}));
			for (const run of [first, second]) {
				expect(run).toEqual({ end: 'success', outcomes: new Set(['unchanged']) });
			}
			interrupted.set(workflow, killed);
			sandbox.faults.clear();
			sandbox.throttle.off();
		}, 600_000);

		it('n8n marks what was interrupted after about a minute, and runs none of it again', async () => {
			const { sandbox } = tenant;
			const writes = sandbox.committed.length;
			expect(interrupted.size).toBe(KILLS.length + 1);
			for (const [workflow, killed] of interrupted) {
				const marked = async () => await allEnded(workflow);
				await until('n8n has marked the interrupted executions', marked, 180_000);
				const marks = (await executionsOf(main.rest, workflow.id)).filter(({ id }) =>
					killed.has(id),
				);
				expect(
					marks.map(({ status }) => status).filter((status) => !FAILED.includes(status)),
				).toEqual([]);
			}
			expect(sandbox.committed).toHaveLength(writes);
			expect(sandbox.committed.filter(({ changedSomething }) => !changedSomething)).toEqual([]);
		}, 600_000);

		it('keeps secrets out of PostgreSQL, Redis and the logs', async () => {
			const secrets = new Map([
				...tenant.sandbox.tokens.map((token, i): [string, string] => [`token ${i}`, token]),
				['password', NORA.password],
				['password of the operator', PASSWORD],
			]);
			const texts: Array<[string, string]> = [
				['PostgreSQL', await postgres.contents()],
				['Redis', await redis.contents()],
				['main', readFileSync(main.n8n.logFile, 'utf8')],
				...[...workers].map(([name, { logFile }]): [string, string] => [
					name,
					readFileSync(logFile, 'utf8'),
				]),
			];
			// The search would find them: what must be in the database is there.
			expect(texts[0][1]).toContain('pause-while-killed');
			expect(
				texts.flatMap(([where, text]) =>
					secretsIn(text, secrets).map((name) => `${name} in ${where}`),
				),
			).toEqual([]);
		});
	});
});

/** The example as its README advises for many contracts: nobody waits for its answer. */
function withoutAnswer(file: WorkflowFile, path: string, requestSettings: object): WorkflowFile {
	const kept = file.nodes.filter(({ type }) => type !== 'n8n-nodes-base.respondToWebhook');
	const names = new Set(kept.map(({ name }) => name));
	const settings = (node: WorkflowNode): object => {
		if (node.type !== 'n8n-nodes-base.webhook') return { requestSettings };
		return { path, authentication: 'none', responseMode: 'onReceived' };
	};
	const connections = JSON.parse(JSON.stringify(file.connections), (_, value: unknown) =>
		Array.isArray(value)
			? value.filter((one) => !(one as { node?: string })?.node || names.has(one.node))
			: value,
	) as WorkflowFile['connections'];
	return {
		...file,
		name: path,
		nodes: kept.map((node) =>
			/webhook|nexudus/.test(node.type)
				? { ...node, parameters: { ...node.parameters, ...settings(node) } }
				: node,
		),
		connections: Object.fromEntries(
			Object.entries(connections).filter(([name]) => names.has(name)),
		),
	};
}

async function readExecutions(
	{ rest }: N8nUnderTest,
	{ id: workflowId }: StoredWorkflow,
	except = new Set<string>(),
): Promise<Execution[]> {
	const summaries = await executionsOf(rest, workflowId);
	const executions: Execution[] = [];
	for (const { id } of summaries) {
		if (!except.has(id)) executions.push(await rest.getExecution(id));
	}
	return executions;
}

/** How an execution ended, with what n8n says of it where it did not end well. */
function endOf({ status, data }: Execution): string {
	const { error, runData } = data.resultData;
	const errors = [error, ...Object.values(runData).flatMap((runs) => runs.map((run) => run.error))];
	const messages = errors.flatMap((one) => (one ? [one.message] : []));
	return [status, ...messages].join(' · ');
}

/** How many executions a worker has begun, by its log. */
function executionsBy({ logFile }: RunningN8n): number {
	return readFileSync(logFile, 'utf8').match(/Worker started execution/g)?.length ?? 0;
}

function changed(sandbox: Tenant['sandbox'], ids: readonly number[]): number {
	return changesOf(sandbox, ids).filter((changes) => changes > 0).length;
}

/**
 * Where executions that ended well say something else than the vendor's log: an item that claims a
 * change which is another's or none, or dates that are not the vendor's.
 */
function lies(executions: readonly Execution[], committed: readonly CommittedWrite[]): string[] {
	const writes = new Map(committed.map((write) => [write.contractId, write]));
	const claimed = new Set<number>();
	return executions.flatMap((execution) => {
		if (execution.status !== 'success') return [`${execution.id} ended with ${execution.status}`];
		return itemsOf(execution, 'Nexudus').flatMap(({ json }) => {
			const id = json.contractId as number;
			const write = writes.get(id);
			const { pausedFromUtc, pausedUntilUtc } = json.after as Record<string, string>;
			if (!write) return [`${id} is ${String(json.outcome)}, and was never paused`];
			const dates = [write.after.from, write.after.until].map((date) => Date.parse(String(date)));
			const wrong = [pausedFromUtc, pausedUntilUtc].some(
				(date, i) => Date.parse(date) !== dates[i],
			);
			if (wrong) return [`${id} shows dates that the vendor has not`];
			if (json.outcome === 'unchanged') return [];
			const again = claimed.has(id);
			claimed.add(id);
			return json.outcome === 'changed' && !again ? [] : [`${id} is ${String(json.outcome)} again`];
		});
	});
}
