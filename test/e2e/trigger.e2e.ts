import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import type { N8nVersion } from '../../start/install';
import { startN8n } from '../../start/n8n';
import { N8nRest, type StoredCredential, type StoredWorkflow } from '../../start/rest';
import { changeList } from '../nexudus-trigger/otherRows';
import { lockedNodeVersion } from './support/lockedNode';
import { login, saveLogin, startN8nUnderTest, type N8nUnderTest } from './support/n8nUnderTest';
import { until } from './support/until';
import { executionsOf, inARow, itemsOf, node } from './support/workflows';

const VERSIONS: N8nVersion[] = ['2.40.7', '1.123.81'];
const START_TIMEOUT = 20 * 60_000;
/** n8n polls once a minute at most. */
const NEXT_POLL = 100_000;
const TRIGGER = 'n8n-nodes-nexudus.nexudusTrigger';

/** What n8n 2 tells of an activation. */
interface Publication {
	status: string;
	triggers: Array<{ status: string; errorMessage: string | null }>;
}

const [HOT_DESK, PAUSED_NOW, SCHEDULED] = [700100, 700104, 700108];

describe.each(VERSIONS)(`n8n %s on Node.js ${lockedNodeVersion()}`, (version) => {
	let sandbox: Sandbox;
	let tested: N8nUnderTest;
	let maria: StoredCredential;
	let workflow: StoredWorkflow;

	beforeAll(async () => {
		sandbox = await createSandbox();
		tested = await startN8nUnderTest({ version, name: `trigger-${version}` });
		maria = await saveLogin(tested.rest, 'Maria', login(sandbox.url, 'maria@example.test'));
	}, START_TIMEOUT);

	afterAll(async () => {
		await tested?.n8n.stop();
		await sandbox?.close();
	});

	/** What came out of each execution that ended well, oldest first; empty where no item did. */
	const delivered = async (): Promise<string[][]> => {
		const executions = (await executionsOf(tested.rest, workflow.id)).reverse();
		const good = executions.filter(({ status }) => status === 'success');
		const read = await Promise.all(good.map(async ({ id }) => await tested.rest.getExecution(id)));
		return read.map((execution) =>
			itemsOf(execution, 'Trigger').map(
				({ json }) => `${String(json.event)} ${String(json.contractId)}`,
			),
		);
	};
	const events = async () => (await delivered()).flat();
	const failures = async () =>
		(await executionsOf(tested.rest, workflow.id)).filter(({ status }) => status === 'error');

	const startAgain = async (kill: boolean, meanwhile: () => void) => {
		const { n8n, userFolder } = tested;
		await (kill ? n8n.kill() : n8n.stop());
		meanwhile();
		const again = await startN8n({ version, userFolder, port: 0 });
		const rest = new N8nRest(again.url);
		await rest.signInAsOwner(tested.owner);
		tested = { ...tested, n8n: again, rest };
	};

	describe('Trigger', () => {
		it('takes its baseline on activation and says nothing', async () => {
			const trigger = node(
				'Trigger',
				TRIGGER,
				{
					pollTimes: { item: [{ mode: 'everyMinute' }] },
					actAs: 'customer',
					events: ['contractPaused', 'contractResumed', 'pauseChanged', 'pauseScheduled'],
				},
				{ credential: maria },
			);
			const after = node('After', 'n8n-nodes-base.noOp', {});
			workflow = await tested.rest.saveWorkflow(inARow('watched', [trigger, after]));
			await tested.rest.activateWorkflow(workflow);
			await until('the baseline is stored', async () => (await delivered()).length === 1);
			expect(await events()).toEqual([]);
		});

		it('starts the workflow with a change', async () => {
			sandbox.otherHand.pause(HOT_DESK, 1);
			const told = [`pauseScheduled ${HOT_DESK}`];
			await until('the event is there', async () => (await events()).length > 0, NEXT_POLL);
			expect(await events()).toEqual(told);
			// n8n keeps what a trigger remembers only with an execution: one without items follows.
			await until('it is noted', async () => (await delivered()).at(-1)?.length === 0, NEXT_POLL);
			const [last] = await executionsOf(tested.rest, workflow.id);
			const { data } = await tested.rest.getExecution(last.id);
			expect(Object.keys(data.resultData.runData)).toEqual(['Trigger']);
		}, 300_000);

		it('tells what happened while n8n was stopped, and nothing twice', async () => {
			await startAgain(false, () => sandbox.otherHand.resume(PAUSED_NOW));
			await until('the event is there', async () => (await events()).length > 1, NEXT_POLL);
			expect(await events()).toEqual([
				`pauseScheduled ${HOT_DESK}`,
				`contractResumed ${PAUSED_NOW}`,
			]);
			await until('it is noted', async () => (await delivered()).at(-1)?.length === 0, NEXT_POLL);
		}, 300_000);

		it('tells what happened while n8n was killed, and Nexudus was down when it came back', async () => {
			await startAgain(true, () => {
				sandbox.otherHand.resume(SCHEDULED);
				// As often as the first poll asks.
				sandbox.faults.order({ route: 'list', kind: 'status', status: 503, times: 3 });
			});
			await until(
				'the event is there',
				async () => (await events()).includes(`pauseChanged ${SCHEDULED}`),
				2 * NEXT_POLL,
			);
			expect((await events()).filter((one) => one.includes(String(PAUSED_NOW)))).toHaveLength(1);
		}, 400_000);

		it('loses nothing when the active workflow is saved', async () => {
			const before = (await events()).length;
			await tested.rest.deactivateWorkflow(workflow);
			sandbox.otherHand.resume(HOT_DESK);
			await tested.rest.activateWorkflow(workflow);
			await until('the event is there', async () => (await events()).length > before, NEXT_POLL);
			expect((await events()).slice(before)).toEqual([`pauseChanged ${HOT_DESK}`]);
			expect(await failures()).toEqual([]);
		}, 300_000);

		it('goes on with the others where one contract cannot be read, and says so', async () => {
			sandbox.otherHand.pause(HOT_DESK, 1);
			await changeList(
				sandbox,
				'customer',
				(row) => (row.Id === SCHEDULED ? { Id: row.Id } : row),
				Infinity,
			);
			sandbox.faults.order({ route: 'contract', kind: 'status', status: 500, times: Infinity });
			await until('the failure is there', async () => (await failures()).length > 0, NEXT_POLL);
			// The same poll has told both; n8n stores them one after the other.
			const event = `pauseScheduled ${HOT_DESK}`;
			await until('the event is there', async () => (await events()).at(-1) === event);
			const [failure] = await failures();
			const { data } = await tested.rest.getExecution(failure.id);
			expect(JSON.stringify(data.resultData)).toContain(`Contract ${SCHEDULED}: `);
			sandbox.faults.clear();
		}, 300_000);

		it('is not activated with settings that would lose events', async () => {
			const trigger = node('Trigger', TRIGGER, { actAs: 'customer' }, { credential: maria });
			const polls = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
			const stored = await tested.rest.saveWorkflow(
				inARow('never active', [
					{
						...trigger,
						parameters: { ...trigger.parameters, ...polls },
						...{ alwaysOutputData: true },
					},
				]),
			);
			const activated = tested.rest.activateWorkflow(stored);
			if (version.startsWith('1.')) {
				await expect(activated).rejects.toThrow('Always Output Data');
				return;
			}
			// n8n 2 answers first, activates afterwards, and keeps what became of it.
			await activated;
			const published = async () =>
				await tested.rest.call<Publication>('GET', `/workflows/${stored.id}/publication-status`);
			await until('n8n has tried', async () => (await published()).status !== 'in_progress');
			expect(await published()).toMatchObject({
				status: 'failed',
				triggers: [
					{ status: 'failed', errorMessage: expect.stringContaining('Always Output Data') },
				],
			});
		});
	});
});
