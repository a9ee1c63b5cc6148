import { createSandbox, type Sandbox } from '../../sandbox/createSandbox';
import type { N8nVersion } from '../../start/install';
import { runOnce, savedWorkflows } from './savedWorkflows';
import { lockedNodeVersion } from './support/lockedNode';
import { startN8nUnderTest, type N8nUnderTest } from './support/n8nUnderTest';
import { broken } from './support/shape';

const VERSION: N8nVersion = '2.40.7';
const START_TIMEOUT = 20 * 60_000;
const OPERATIONS = ['get', 'getAll', 'getPauseMeta', 'pause', 'resume', 'previewBookings'];

describe(`n8n ${VERSION} on Node.js ${lockedNodeVersion()}`, () => {
	let sandbox: Sandbox;
	let tested: N8nUnderTest;

	beforeAll(async () => {
		sandbox = await createSandbox();
		tested = await startN8nUnderTest({ version: VERSION, name: 'upgrade' });
	}, START_TIMEOUT);

	afterAll(async () => {
		await tested?.n8n.stop();
		await sandbox?.close();
	});

	describe('Workflows saved earlier', () => {
		it('are there for every operation', () => {
			const saved = savedWorkflows().flatMap(([, { workflow }]) =>
				workflow.nodes.map(({ parameters }) => parameters.operation),
			);
			expect(saved).toEqual(expect.arrayContaining(OPERATIONS));
		});

		it.each(savedWorkflows())('%s gives what it gave', async (_, { workflow, outputs }) => {
			sandbox.reset();
			const now = await runOnce(tested.rest, sandbox, workflow);
			expect(now.outputs.map((items) => items.length)).toEqual(
				outputs.map((items) => items.length),
			);
			expect(broken(outputs, now.outputs)).toEqual([]);
		});
	});
});
