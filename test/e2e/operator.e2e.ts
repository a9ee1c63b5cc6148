import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import { studio } from '../../sandbox/seeds/pricePlans';
import type { StoredCredential } from '../../start/rest';
import { firstOfMonth } from './support/days';
import {
	chooseContract,
	field,
	openEditor,
	openNode,
	part,
	startBrowser,
	type Editor,
} from './support/editor';
import { lockedNodeVersion } from './support/lockedNode';
import {
	databaseText,
	login,
	PASSWORD,
	saveLogin,
	saveOperator,
	startN8nUnderTest,
	type N8nUnderTest,
} from './support/n8nUnderTest';
import { secretsIn } from './support/secrets';
import {
	executionsOf,
	inARow,
	itemsOf,
	newestExecution,
	nexudus,
	splitItems,
	webhook,
} from './support/workflows';

const START_TIMEOUT = 20 * 60_000;
const [MARIA, TOM] = [15_001, 15_002];
const [HOT_DESK, WEEKLY_CREDITS, TOMS_HOT_DESK] = [700100, 700102, 800200];
/** Added by the test of pause periods, which n8n lists from then on. */
const TOMS_STUDIO = 720_001;

describe.each(['2.40.7', '1.123.81'] as const)(
	`n8n %s on Node.js ${lockedNodeVersion()}`,
	(version) => {
		let sandbox: Sandbox;
		let tested: N8nUnderTest;
		let browser: Browser;
		let editor: Editor;
		let olga: StoredCredential;

		beforeAll(async () => {
			sandbox = await createSandbox();
			tested = await startN8nUnderTest({ version, name: `operator-${version}` });
			olga = await saveOperator(tested.rest, sandbox.url);
			browser = await startBrowser();
			editor = await openEditor(browser, tested);
		}, START_TIMEOUT);

		afterAll(async () => {
			await editor?.picture('last-of-operator');
			await browser?.close();
			await tested?.n8n.stop();
			await sandbox?.close();
		});

		describe('Acting as an operator', () => {
			const fields = (more: object = {}) => ({
				adminUrl: sandbox.url,
				portalUrl: sandbox.url,
				email: 'olga@example.test',
				password: PASSWORD,
				...more,
			});

			it('is tested: green for an administrator, red for a customer', async () => {
				expect(await tested.rest.testCredential(olga, fields())).toMatchObject({ status: 'OK' });
				const customer = fields({ email: 'maria@example.test' });
				expect(await tested.rest.testCredential(olga, customer)).toMatchObject({
					status: 'Error',
					message: expect.stringContaining('an administrator with the role Coworker-List'),
				});
				await tested.rest.testCredential(olga, fields());
			});

			it('pauses contracts of several members, one session for each', async () => {
				const path = 'for-members';
				const stored = await tested.rest.saveWorkflow(
					inARow(path, [
						webhook(path),
						splitItems(),
						nexudus(olga, {
							actAs: 'operator',
							operation: 'pause',
							coworkerId: { __rl: true, mode: 'id', value: '={{ $json.coworkerId }}' },
							pauseCycles: 1,
							termsAccepted: true,
							dryRun: false,
							options: {},
						}),
					]),
				);
				await tested.rest.activateWorkflow(stored);
				const before = sandbox.requests.length;
				await tested.rest.callWebhook(path, {
					items: [
						{ coworkerId: MARIA, contractId: HOT_DESK },
						{ coworkerId: TOM, contractId: TOMS_HOT_DESK },
						{ coworkerId: MARIA, contractId: WEEKLY_CREDITS },
					],
				});
				const outputs = itemsOf(await newestExecution(tested.rest, stored.id), 'Nexudus');
				expect(outputs.map(({ json }) => [json.coworkerId, json.outcome])).toEqual([
					[MARIA, 'changed'],
					[TOM, 'changed'],
					[MARIA, 'changed'],
				]);
				const kinds = sandbox.requests.slice(before).map(({ kind }) => kind);
				expect(kinds.filter((kind) => kind === 'exchange')).toHaveLength(2);
				expect(sandbox.committed).toHaveLength(3);
			});

			describe('pauses from and until chosen days', () => {
				const contractId = TOMS_STUDIO;
				const [from, until, later] = [2, 3, 4].map(firstOfMonth);
				let periods: Array<Record<string, unknown>>;
				let calls = 0;

				beforeAll(() => {
					const first = { pricePlan: studio, currentCycleFrom: firstOfMonth(0) };
					sandbox.addContracts('tom@example.test', [{ ...first, id: contractId }]);
				});

				/** What the node puts out for one item. */
				const ask = async (operation: string, parameters: object) => {
					const path = `pause-periods-${++calls}`;
					const ours = nexudus(
						olga,
						{ actAs: 'operator', resource: 'pausePeriod', operation, options: {}, ...parameters },
						{ onError: 'continueRegularOutput' },
					);
					const stored = await tested.rest.saveWorkflow(inARow(path, [webhook(path), ours]));
					await tested.rest.activateWorkflow(stored);
					await tested.rest.callWebhook(path, {});
					const execution = await newestExecution(tested.rest, stored.id);
					return itemsOf(execution, 'Nexudus').map(({ json }) => json);
				};
				const create = async (more: object) => {
					const id = { __rl: true, mode: 'id', value: String(contractId) };
					const asked = { contractId: id, pauseFrom: from, pauseUntil: until, dryRun: false };
					return (await ask('create', { ...asked, ...more }))[0];
				};
				const pauses = () => sandbox.pausesOf(contractId).map((one) => [one.from, one.until]);
				/** Writes that took effect while something is done. */
				const writesOf = async (act: () => Promise<void>) => {
					const before = sandbox.committed.length;
					await act();
					return sandbox.committed.slice(before).map(({ operation }) => operation);
				};

				it('finds contracts by price plan, member and state', async () => {
					const found = async (filters: object) =>
						(await ask('getAll', { resource: 'contract', returnAll: true, filters })).map(
							(contract) => contract.contractId,
						);
					expect(await found({ pricePlan: 'studio monthly' })).toEqual([700_106, contractId]);
					expect(await found({ pricePlan: studio.name, active: 'yes' })).toEqual([contractId]);
					expect(await found({ coworkerId: String(TOM) })).toEqual([contractId, TOMS_HOT_DESK]);
					expect(await found({ pauseState: 'active' })).toEqual([700_104]);
				});

				it('refuses a day that begins no billing cycle, and names the nearest', async () => {
					const offCycle = from.replace(/01$/, '10');
					const writes = await writesOf(async () => {
						expect((await create({ pauseFrom: offCycle })).error).toMatchObject({
							code: 'offCycle',
							outcome: 'refused',
							contractId,
							message: expect.stringMatching(`'Pause From' is ${offCycle}.*${from} and ${until}`),
						});
					});
					expect(writes).toEqual([]);
				});

				it('plans, and writes only what was planned', async () => {
					let planId: unknown;
					const planned = await writesOf(async () => {
						const plan = await create({ dryRun: true });
						expect(plan).toMatchObject({
							outcome: 'planned',
							wouldDo: 'write',
							expectedDates: { pausedFromLocal: from, pausedUntilLocal: until },
						});
						({ planId } = plan);
						const other = { pauseUntil: later, options: { expectedPlanId: planId } };
						expect((await create(other)).error).toMatchObject({ outcome: 'refused' });
					});
					expect(planned).toEqual([]);

					const done = await writesOf(async () => {
						const options = { expectedPlanId: planId, reason: 'Holiday', requestedBy: 'Ana' };
						expect(await create({ options })).toMatchObject({ outcome: 'changed', verified: true });
						expect(await create({})).toMatchObject({ outcome: 'unchanged' });
					});
					expect(done).toEqual(['createPeriod']);
					expect(pauses()).toEqual([[from, until]]);
				});

				it('lists and reads what it has made', async () => {
					periods = await ask('getAll', {
						returnAll: true,
						filters: { contractId: String(contractId), pauseState: 'scheduled' },
					});
					expect(periods).toMatchObject([
						{
							contractId,
							coworkerId: TOM,
							state: 'scheduled',
							pausedFromLocal: from,
							pausedUntilLocal: until,
							notes: expect.stringContaining('Holiday'),
						},
					]);
					const [{ pausePeriodId }] = periods;
					expect(await ask('get', { pausePeriodId })).toEqual(periods);
					const elsewhere = { contractId: String(contractId), endsAfter: later };
					expect(await ask('getAll', { returnAll: true, filters: elsewhere })).toEqual([]);
				});

				it.each([
					['update', { updateFields: { pauseUntil: later } }, [[from, later]]],
					['delete', {}, []],
				])('plans and carries out: %s', async (operation, parameters, left) => {
					const [{ pausePeriodId }] = periods;
					const change = async (more: object) =>
						(await ask(operation, { pausePeriodId, dryRun: false, ...parameters, ...more }))[0];
					const before = pauses();
					const plan = await change({ dryRun: true });
					expect(plan).toMatchObject({ outcome: 'planned', wouldDo: 'write' });
					expect(pauses()).toEqual(before);
					const writes = await writesOf(async () => {
						const options = { expectedPlanId: plan.planId };
						expect(await change({ options })).toMatchObject({ outcome: 'changed', verified: true });
						expect(await change({})).toMatchObject({ outcome: 'unchanged' });
					});
					expect(writes).toEqual([`${operation}Period`]);
					expect(pauses()).toEqual(left);
				});
			});

			it('lists members, and the contracts of the one chosen', async () => {
				const { page } = editor;
				const ours = nexudus(olga, {
					actAs: 'operator',
					operation: 'pause',
					contractId: { __rl: true, mode: 'list', value: '' },
					coworkerId: { __rl: true, mode: 'list', value: '' },
				});
				const stored = await tested.rest.saveWorkflow(
					inARow('form of an operator', [webhook('form-of-an-operator'), ours]),
				);
				await openNode(page, tested.n8n.url, stored.id, String(ours.id));
				const members = part(page, 'resource-locator-coworkerId');
				await part(members, 'rlc-input').click();
				const items = part(page, 'rlc-item').filter({ visible: true });
				await items.filter({ hasText: `Tom Weber · tom@example.test · ${TOM}` }).click();
				expect(await chooseContract(page, TOMS_HOT_DESK)).toEqual([
					expect.stringContaining(`Hot Desk Monthly · ${TOMS_HOT_DESK}`),
					expect.stringContaining(`Studio Monthly · ${TOMS_STUDIO}`),
				]);
				await editor.picture('operator-form');
			});

			it('leaves workflows without the choice with the customer', async () => {
				const { page } = editor;
				const maria = await saveLogin(
					tested.rest,
					'Maria',
					login(sandbox.url, 'maria@example.test'),
				);
				const ours = nexudus(maria, {
					operation: 'get',
					contractId: { __rl: true, mode: 'list', value: '' },
				});
				const stored = await tested.rest.saveWorkflow(
					inARow('saved before', [webhook('saved-before'), ours]),
				);
				await openNode(page, tested.n8n.url, stored.id, String(ours.id));
				await field(page, 'actAs').waitFor();
				expect(await part(page, 'resource-locator-coworkerId').count()).toBe(0);
				const names = await chooseContract(page, HOT_DESK);
				expect(names.length).toBeGreaterThan(5);
				await editor.picture('customer-form');
			});

			it('leaves no session of a member in executions, database or debug log', async () => {
				const { rest, n8n, userFolder } = tested;
				const workflows = await rest.listWorkflows();
				const lists = await Promise.all(workflows.map(({ id }) => executionsOf(rest, id)));
				const executions = await Promise.all(
					lists.flat().map(async ({ id }) => await rest.getExecution(id)),
				);
				await n8n.stop();
				const texts = new Map([
					['executions', JSON.stringify(executions)],
					['database', await databaseText(tested)],
					...filesUnder(userFolder).map((file) => [file, readFileSync(file, 'latin1')] as const),
				]);
				expect(sandbox.tokens.length).toBeGreaterThan(6);
				const secrets = new Map([
					...sandbox.tokens.map((token, i): [string, string] => [`token ${i}`, token]),
					['password of the operator', PASSWORD],
				]);
				const found = [...texts].flatMap(([where, text]) =>
					secretsIn(Buffer.from(text, 'latin1'), secrets).map((name) => `${name} in ${where}`),
				);
				expect(found).toEqual([]);
			});
		});
	},
);

/** Every file that n8n wrote, without the installed package. */
function filesUnder(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (name === 'node_modules') return [];
		return statSync(path).isDirectory() ? filesUnder(path) : [path];
	});
}
