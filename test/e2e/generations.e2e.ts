import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { documentedLimits } from '../../sandbox/vendor/throttle';
import { cacheRoot } from '../../start/cache';
import { readWorkflow, withCredentials } from '../../start/example';
import type { N8nVersion } from '../../start/install';
import { CHECKOUT } from '../../start/package';
import type { StoredCredential, StoredWorkflow, WorkflowFile } from '../../start/rest';
import { EXAMPLE_CALLER_HEADER, EXAMPLE_CALLS } from './exampleCalls';
import { artifactsRoot } from './support/artifacts';
import { lockedNodeVersion } from './support/lockedNode';
import {
	databaseText,
	login,
	nodeVersion,
	OTTOS_SECRET,
	PASSWORD,
	saveLogin,
	startN8nUnderTest,
	type N8nUnderTest,
} from './support/n8nUnderTest';
import { formsOf, secretsIn } from './support/secrets';
import {
	changesOf,
	newContracts,
	NORA,
	NOT_PAUSABLE,
	openTenant,
	type Tenant,
} from './support/tenant';
import { until } from './support/until';
import {
	BAD,
	executionsOf,
	GOOD,
	inARow,
	itemsOf,
	keep,
	newestExecution,
	nexudus,
	node,
	NEXUDUS,
	runOf,
	splitItems,
	webhook,
	withErrorBranch,
} from './support/workflows';

const VERSIONS: N8nVersion[] = ['1.123.81', '2.40.7'];
const START_TIMEOUT = 20 * 60_000;
const EXAMPLES = join(CHECKOUT, 'examples');
/** Goes through a workflow in every form in which a secret is searched for. */
const CANARY = 'Canary of the search: ä/+&%';

describe.each(VERSIONS)(`n8n %s on Node.js ${lockedNodeVersion()}`, (version) => {
	let tenant: Tenant;
	let tested: N8nUnderTest;
	let nora: StoredCredential;
	/** Everything that n8n answered to its callers. */
	const answers: string[] = [];

	beforeAll(async () => {
		tenant = await openTenant();
		tested = await startN8nUnderTest({ version, name: `n8n-${version}` });
		nora = await saveLogin(tested.rest, 'Nora', login(tenant.sandbox.url, NORA.email, NORA));
	}, START_TIMEOUT);

	afterAll(async () => {
		await tested?.n8n.stop();
		await tenant?.close();
	});

	const activate = async (workflow: WorkflowFile): Promise<StoredWorkflow> =>
		await tested.rest.activateWorkflow(await tested.rest.saveWorkflow(workflow));

	const call = async (path: string, body: unknown, headers?: Record<string, string>) => {
		const reply = await tested.rest.callWebhook(path, body, headers);
		answers.push(JSON.stringify(reply));
		return reply;
	};

	describe('Package loads', () => {
		it('runs on the Node.js that the lock file names', async () => {
			expect(await nodeVersion(version)).toBe(lockedNodeVersion());
		});

		it('with its node, the tool variant and the credential', async () => {
			const types = (await tested.rest.nodeTypes()).map(({ name }) => name);
			expect(types).toEqual(expect.arrayContaining([NEXUDUS, `${NEXUDUS}Tool`]));
			expect(nora.type).toBe('nexudusCustomerSessionApi');
		});

		it('without a warning in the log', () => {
			const log = readFileSync(tested.n8n.logFile, 'utf8')
				.replaceAll(cacheRoot(), '')
				.replaceAll(artifactsRoot(), '');
			const warnings = log
				.split('\n')
				.filter((line) => /\b(warn|warning|error|deprecat)/i.test(line))
				.filter((line) => /nexudus|community/i.test(line));
			expect(log).toMatch(/\bdebug\b/);
			expect(warnings).toEqual([]);
		});
	});

	describe('Credential test', () => {
		let saved: StoredCredential;

		// n8n 1 stores what it tests, so the credential of the other tests is left alone.
		beforeAll(async () => {
			saved = await saveLogin(tested.rest, 'Tested', noras());
		});

		const verdict = async (data: Record<string, unknown>) => {
			const result = await tested.rest.testCredential(saved, data);
			answers.push(JSON.stringify(result));
			return result;
		};
		const noras = (more: object = {}) => ({
			...login(tenant.sandbox.url, NORA.email, NORA),
			...more,
		});

		it('is green with the right password', async () => {
			expect(await verdict(noras())).toMatchObject({ status: 'OK' });
		});

		it('says that the password is wrong, after one sign-in', async () => {
			const before = tenant.sandbox.signIns.length;
			const result = await verdict(noras({ password: 'not this one 1' }));
			expect(result.status).toBe('Error');
			expect(result.message).toContain('the e-mail or the password is not right');
			expect(result.message).not.toContain('not this one 1');
			expect(tenant.sandbox.signIns).toHaveLength(before + 1);
		});

		it('is red when sign-in gives a web page', async () => {
			tenant.sandbox.faults.order({ route: 'token', kind: 'html', status: 200 });
			const result = await verdict(noras({ email: 'tom@example.test', password: PASSWORD }));
			expect(result).toMatchObject({
				status: 'Error',
				message: expect.stringContaining('web page instead of a session'),
			});
		});

		it('is red when the first read gives a web page with status 200', async () => {
			tenant.sandbox.faults.order({ route: 'profiles', kind: 'html', status: 200 });
			const result = await verdict(noras());
			tenant.sandbox.faults.clear();
			expect(result.status).toBe('Error');
		});

		it('asks for the secret of two-factor sign-in, and is green with it', async () => {
			const otto = login(tenant.sandbox.url, 'otto@example.test');
			const without = await verdict(otto);
			expect(without.status).toBe('Error');
			expect(without.message).toContain("'One-Time Code Secret'");
			expect(await verdict({ ...otto, oneTimeCodeSecret: OTTOS_SECRET })).toMatchObject({
				status: 'OK',
			});
		});

		it('takes an access token, and is red with a wrong one', async () => {
			const accessToken = tenant.tokens.get('access token 1');
			const data = { portalUrl: tenant.sandbox.url, signInWith: 'accessToken' };
			expect(await verdict({ ...data, accessToken })).toMatchObject({ status: 'OK' });
			expect((await verdict({ ...data, accessToken: 'expired-or-mistyped' })).status).toBe('Error');
		});
	});

	describe('Examples', () => {
		it.each(Object.keys(EXAMPLE_CALLS))('%s', async (file) => {
			const { rest } = tested;
			const { sandbox } = tenant;
			const secret = `caller of ${file}`;
			const maria = await saveLogin(rest, 'Maria', login(sandbox.url, 'maria@example.test'));
			const caller = await rest.saveCredential('httpHeaderAuth', 'Caller', {
				name: EXAMPLE_CALLER_HEADER,
				value: secret,
			});
			const olga = await rest.saveCredential('nexudusOperatorApi', 'Olga', {
				adminUrl: sandbox.url,
				portalUrl: sandbox.url,
				email: 'olga@example.test',
				password: PASSWORD,
			});
			sandbox.throttle.set(documentedLimits);
			const workflow = await activate(
				withCredentials(readWorkflow(join(EXAMPLES, file)), [maria, olga, caller]),
			);
			for (const { path, body, down, status, reply, holds } of EXAMPLE_CALLS[file] ?? []) {
				expect((await call(path, body)).status).toBe(403);
				await sandbox.refuseConnections(down ?? false);
				const answer = await call(path, body, { [EXAMPLE_CALLER_HEADER]: secret });
				await sandbox.refuseConnections(false);
				expect(answer).toEqual({ status, body: expect.objectContaining(reply) });
				expect(holds(sandbox)).toBe(true);
			}
			await rest.deactivateWorkflow(workflow);
			sandbox.throttle.off();
		});
	});

	describe('Session', () => {
		it('is made once, used again, and heals after it has expired', async () => {
			const { sandbox } = tenant;
			const path = 'session';
			await activate(inARow(path, [webhook(path), nexudus(nora, pauseOf('body.'))]));
			const [first, second, third] = newContracts(tenant, 3);
			const signIns = () => sandbox.signIns.filter(({ email }) => email === NORA.email).length;
			const pause = async (contractId: number) => {
				const { body } = await call(path, { contractId });
				expect(body).toEqual([expect.objectContaining({ contractId, outcome: 'changed' })]);
			};

			await pause(first);
			const before = signIns();
			await pause(second);
			expect(signIns()).toBe(before);

			sandbox.expireSessions(NORA.email);
			await pause(third);
			expect(signIns()).toBe(before + 1);
			expect(changesOf(sandbox, [first, second, third])).toEqual([1, 1, 1]);
		});

		it('heals in mid-run, with one sign-in for all items', async () => {
			const { sandbox } = tenant;
			const path = 'session-in-mid-run';
			await activate(inARow(path, [webhook(path), splitItems(), nexudus(nora, pauseOf())]));
			const ids = newContracts(tenant, 30);
			const before = sandbox.signIns.length;
			const running = call(path, { items: ids.map((contractId) => ({ contractId })) });
			await until('10 contracts are paused', () => paused(sandbox, ids) >= 10);
			sandbox.expireSessions(NORA.email);
			const { status, body } = await running;
			expect(status).toBe(200);
			expect(body).toHaveLength(ids.length);
			expect(changesOf(sandbox, ids)).toEqual(ids.map(() => 1));
			expect(sandbox.signIns).toHaveLength(before + 1);
		});
	});

	describe('Error output', () => {
		it('keeps items and their links, good ones and bad ones apart', async () => {
			const { rest } = tested;
			const path = 'error-output';
			const tag = "={{ $('Items').item.json.tag }}";
			const workflow = await activate(
				withErrorBranch(path, nexudus(nora, pauseOf(), { onError: 'continueErrorOutput' }), [
					keep(GOOD, 'linked', tag),
					keep(BAD, 'linked', tag),
				]),
			);
			const [one, two] = newContracts(tenant, 2);
			await call(path, {
				items: [
					{ contractId: one, tag: 'first' },
					{ contractId: NOT_PAUSABLE, tag: 'not pausable' },
					{ contractId: two, tag: 'third' },
					{ contractId: 99_999_999, tag: 'not there' },
					{ contractId: 'seven', tag: 'no number' },
				],
			});

			const execution = await newestExecution(rest, workflow.id);
			expect(execution.status).toBe('success');
			const [good, bad] = [itemsOf(execution, GOOD), itemsOf(execution, BAD)];
			expect(good.map(({ json }) => [json.linked, json.contractId, json.outcome])).toEqual([
				['first', one, 'changed'],
				['third', two, 'changed'],
			]);
			expect(bad.map(({ json }) => json.linked)).toEqual([
				'not pausable',
				'not there',
				'no number',
			]);
			const errors = itemsOf(execution, 'Nexudus', 1);
			expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 1 },
				{ item: 3 },
				{ item: 4 },
			]);
			for (const { json } of errors) {
				expect(json.error).toMatchObject({
					message: expect.stringMatching(/\S/),
					description: expect.stringMatching(/\S/),
					outcome: expect.stringMatching(/^(refused|failed)$/),
				});
			}
		});

		it('without it, the run stops and names what became of each contract', async () => {
			const { rest } = tested;
			const path = 'stop-workflow';
			const workflow = await activate(
				inARow(path, [webhook(path), splitItems(), nexudus(nora, pauseOf())]),
			);
			const [one] = newContracts(tenant, 1);
			const { status } = await call(path, {
				items: [{ contractId: NOT_PAUSABLE }, { contractId: one }],
			});
			expect(status).toBe(500);
			const execution = await newestExecution(rest, workflow.id);
			expect(execution.status).toBe('error');
			const { error } = runOf(execution, 'Nexudus');
			expect(`${error?.message} ${error?.description}`).toContain(String(NOT_PAUSABLE));
		});
	});

	describe('HTTP Request node', () => {
		it('signs in with the credential, and again after the session has expired', async () => {
			const { sandbox } = tenant;
			const path = 'http-request';
			const parameters = {
				url: `${sandbox.url}/api/public/billing/coworkerContracts?_shape=Contracts.Id`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: nora.type,
				options: {},
			};
			await activate(
				inARow(path, [
					webhook(path),
					node('HTTP', 'n8n-nodes-base.httpRequest', parameters, {
						version: 4.2,
						credential: nora,
					}),
				]),
			);
			const listed = [{ Contracts: expect.arrayContaining([{ Id: NOT_PAUSABLE }]) }];
			expect(await call(path, {})).toEqual({ status: 200, body: listed });
			sandbox.expireSessions(NORA.email);
			expect(await call(path, {})).toEqual({ status: 200, body: listed });
		});
	});

	describe('Cancellation', () => {
		it('of an execution writes nothing more', async () => {
			const { rest } = tested;
			const { sandbox } = tenant;
			const path = 'cancelled';
			const workflow = await activate(
				inARow(path, [webhook(path, 'onReceived'), splitItems(), nexudus(nora, pauseOf())]),
			);
			const ids = newContracts(tenant, 40);
			sandbox.faults.order({ route: 'pause', kind: 'slowButOk', ms: 400, times: Infinity });
			await call(path, { items: ids.map((contractId) => ({ contractId })) });
			await until('5 contracts are paused', () => paused(sandbox, ids) >= 5);
			const [{ id }] = await executionsOf(rest, workflow.id);
			await rest.stopExecution(id);

			const atStop = paused(sandbox, ids);
			await new Promise((resolve) => setTimeout(resolve, 5_000));
			sandbox.faults.clear();
			expect(paused(sandbox, ids)).toBe(atStop);
			expect(atStop).toBeLessThan(ids.length);
			expect((await executionsOf(rest, workflow.id))[0].status).toBe('canceled');
		});
	});

	describe('Secrets', () => {
		it('are in no execution, database, output or debug log', async () => {
			const { rest, n8n, userFolder } = tested;
			const path = 'canary';
			await activate(
				inARow(path, [
					webhook(path),
					nexudus(nora, {
						...pauseOf('body.'),
						options: { reason: '={{ $json.body.reason }}' },
					}),
				]),
			);
			const [contractId] = newContracts(tenant, 1);
			const forms = formsOf(CANARY);
			await call(path, { contractId, reason: CANARY, forms });

			const executions = await allExecutions(rest);
			await n8n.stop();
			const database = await databaseText(tested);
			const texts = new Map([
				['executions', JSON.stringify(executions)],
				['database', database],
				['answers', answers.join('\n')],
				...filesUnder(userFolder).map((file) => [file, readFileSync(file, 'latin1')] as const),
			]);
			const found = (secrets: ReadonlyMap<string, string>) =>
				[...texts].flatMap(([where, text]) =>
					secretsIn(isFile(where) ? Buffer.from(text, 'latin1') : text, secrets).map(
						(name) => `${name} in ${where}`,
					),
				);

			// The search would find them: what went through a workflow on purpose is found.
			const canary = found(new Map([['canary', CANARY]]));
			expect(canary.filter((text) => text.endsWith('in database'))).toHaveLength(forms.length);
			expect(tenant.tokens.size).toBeGreaterThanOrEqual(6);
			expect(executions.length).toBeGreaterThanOrEqual(10);

			const secrets = new Map([
				...tenant.tokens,
				['password of Nora', NORA.password],
				['password of the story', PASSWORD],
				['authenticator secret', OTTOS_SECRET],
			]);
			expect(found(secrets)).toEqual([]);
		});

		const allExecutions = async (rest: N8nUnderTest['rest']) => {
			const workflows = await rest.listWorkflows();
			const lists = await Promise.all(workflows.map(({ id }) => executionsOf(rest, id)));
			return await Promise.all(lists.flat().map(({ id }) => rest.getExecution(id)));
		};
	});
});

/** Parameters of a pause whose contract comes from the item. */
function pauseOf(prefix = ''): Record<string, unknown> {
	return {
		operation: 'pause',
		contractId: { __rl: true, mode: 'id', value: `={{ $json.${prefix}contractId }}` },
		pauseCycles: 1,
		termsAccepted: true,
		dryRun: false,
		options: {},
	};
}

function paused(sandbox: Tenant['sandbox'], ids: readonly number[]): number {
	return changesOf(sandbox, ids).filter((changes) => changes > 0).length;
}

function isFile(where: string): boolean {
	return where.startsWith('/');
}

/** Every file that n8n wrote, without the installed package. */
function filesUnder(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (name === 'node_modules') return [];
		return statSync(path).isDirectory() ? filesUnder(path) : [path];
	});
}
