/**
 * Saves one workflow for each operation as this version of the package and the current n8n keep it:
 * `npx tsx test/e2e/saveWorkflows.ts`. What an earlier run has saved stays as it is, for ever.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox } from '../../sandbox/createSandbox';
import type { N8nVersion } from '../../start/install';
import type { WorkflowFile } from '../../start/rest';
import { FIXTURES, runOnce, type SavedWorkflow } from './savedWorkflows';
import { startN8nUnderTest } from './support/n8nUnderTest';
import { inARow, node, NEXUDUS, webhook } from './support/workflows';

const N8N: N8nVersion = '2.40.7';

const READ_SETTINGS = {
	backoffRate: 3,
	concurrency: 2,
	deadline: 60_000,
	maxAttempts: 2,
	maxThrottleWait: 60_000,
	minSpacing: 10,
	requestsPerMinute: 600,
	retryInterval: 500,
	timeout: 5_000,
};
const WRITE_SETTINGS = {
	...READ_SETTINGS,
	stopAfterFailures: 5,
	writesPerMinute: 300,
	writeTimeout: 30_000,
};
const byId = (id: number) => ({ __rl: true, mode: 'id', value: String(id) });
const fromList = (id: number) => ({
	__rl: true,
	mode: 'list',
	value: String(id),
	cachedResultName: 'Hot Desk Monthly',
});
const asked = { reason: 'Travelling', requestedBy: 'help desk' };

interface Settings {
	onError?: string;
}

/** One workflow by name: parameters of our node, and what else is set on it. */
const WORKFLOWS: Record<string, [Record<string, unknown>, Settings?]> = {
	get: [{ operation: 'get', contractId: fromList(700100), requestSettings: READ_SETTINGS }],
	getRaw: [{ operation: 'get', contractId: byId(700100), simplify: false }],
	getAll: [
		{
			operation: 'getAll',
			returnAll: true,
			filters: { pauseState: 'any' },
			simplify: true,
			requestSettings: READ_SETTINGS,
		},
	],
	getAllLimited: [
		{ operation: 'getAll', limit: 1, filters: { pauseState: 'active' }, simplify: false },
	],
	getPauseMeta: [
		{ operation: 'getPauseMeta', contractId: byId(700101), requestSettings: READ_SETTINGS },
	],
	pause: [
		{
			operation: 'pause',
			contractId: fromList(700100),
			pauseCycles: 2,
			termsAccepted: true,
			dryRun: false,
			options: { ...asked, ifAlreadyPaused: 'accept' },
			requestSettings: WRITE_SETTINGS,
		},
	],
	pauseDryRun: [
		{
			operation: 'pause',
			contractId: byId(700101),
			pauseCycles: 3,
			termsAccepted: true,
			dryRun: true,
			options: { ...asked, ifAlreadyPaused: 'fail' },
		},
	],
	pauseAlreadyPaused: [
		{
			operation: 'pause',
			contractId: byId(700104),
			pauseCycles: 3,
			termsAccepted: true,
			options: { ifAlreadyPaused: 'accept' },
		},
	],
	pauseRefusedToErrorOutput: [
		{ operation: 'pause', contractId: byId(700103), termsAccepted: true, options: asked },
		{ onError: 'continueErrorOutput' },
	],
	pauseRefusedToRegularOutput: [
		{ operation: 'pause', contractId: byId(700103), termsAccepted: true },
		{ onError: 'continueRegularOutput' },
	],
	resumeImmediately: [
		{
			operation: 'resume',
			contractId: byId(700104),
			resumeWhen: 'immediately',
			options: { ...asked, ifNotPaused: 'fail' },
			requestSettings: WRITE_SETTINGS,
		},
	],
	resumeAtEndDryRun: [
		{
			operation: 'resume',
			contractId: fromList(700104),
			resumeWhen: 'endOfPausePeriod',
			dryRun: true,
			options: { ifNotPaused: 'unchanged' },
		},
	],
	previewBookingsOfContract: [
		{
			operation: 'previewBookings',
			contractId: byId(700101),
			pauseCycles: 2,
			requestSettings: READ_SETTINGS,
		},
	],
	previewBookingsOfPeriod: [
		{
			operation: 'previewBookings',
			from: '2026-01-01T00:00:00Z',
			until: '2030-01-01T00:00:00Z',
		},
	],
};

function workflowNamed(name: string): WorkflowFile {
	const [parameters, settings] = WORKFLOWS[name];
	const ours = node('Nexudus', NEXUDUS, { resource: 'contract', ...parameters }, settings);
	return inARow(`saved ${name}`, [webhook(`saved-${name}`), ours]);
}

async function main(): Promise<void> {
	const sandbox = await createSandbox();
	const tested = await startN8nUnderTest({ version: N8N, name: 'save-workflows' });
	try {
		const folder = join(FIXTURES, tested.packed.version);
		mkdirSync(folder, { recursive: true });
		for (const name of Object.keys(WORKFLOWS)) {
			const file = join(folder, `${name}.json`);
			if (existsSync(file)) continue;
			sandbox.reset();
			const { stored, outputs } = await runOnce(tested.rest, sandbox, workflowNamed(name));
			const { nodes, connections, settings } = stored;
			const saved: SavedWorkflow = {
				savedWith: { package: tested.packed.version, n8n: N8N },
				workflow: { name: stored.name, nodes, connections, settings },
				outputs,
			};
			writeFileSync(file, `${JSON.stringify(saved, null, '\t')}\n`);
			process.stdout.write(`${file}: ${outputs.map((items) => items.length).join(' + ')} items\n`);
		}
	} finally {
		await tested.n8n.stop();
		await sandbox.close();
	}
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
