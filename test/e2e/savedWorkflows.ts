import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/createSandbox';
import type { Execution, N8nRest, StoredCredential, WorkflowFile } from '../../start/rest';
import { login, saveLogin } from './support/n8nUnderTest';
import { shapeOf, type Shape } from './support/shape';
import { newestExecution, NEXUDUS, runOf } from './support/workflows';

/** The folder with one folder for each version of the package that saved workflows. */
export const FIXTURES = join(__dirname, 'fixtures');

/** A workflow as n8n kept it when a version of the package was current, and what it gave. */
export interface SavedWorkflow {
	savedWith: { package: string; n8n: string };
	workflow: WorkflowFile;
	/** Of each output of our node: the shapes of its items. */
	outputs: Shape[][];
}

/** All saved workflows, with the path of each under the folder of fixtures. */
export function savedWorkflows(): Array<[string, SavedWorkflow]> {
	return readdirSync(FIXTURES).flatMap((version) =>
		readdirSync(join(FIXTURES, version)).map((file): [string, SavedWorkflow] => {
			const text = readFileSync(join(FIXTURES, version, file), 'utf8');
			return [`${version}/${file}`, JSON.parse(text) as SavedWorkflow];
		}),
	);
}

/** Imports a workflow with the story's Maria as its login, calls it once, takes it offline again. */
export async function runOnce(
	rest: N8nRest,
	sandbox: Sandbox,
	workflow: WorkflowFile,
): Promise<{ stored: WorkflowFile; outputs: Shape[][] }> {
	const maria = await saveLogin(rest, 'Maria', login(sandbox.url, 'maria@example.test'));
	const stored = await rest.activateWorkflow(await rest.saveWorkflow(withLogin(workflow, maria)));
	const webhook = stored.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
	await rest.callWebhook(String(webhook?.parameters.path), {});
	const execution = await newestExecution(rest, stored.id);
	await rest.deactivateWorkflow(stored);
	return { stored: await rest.getWorkflow(stored.id), outputs: outputsOf(execution) };
}

function withLogin(workflow: WorkflowFile, { id, name, type }: StoredCredential): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.type === NEXUDUS ? { ...node, credentials: { [type]: { id, name } } } : node,
	);
	return { ...workflow, nodes };
}

function outputsOf(execution: Execution): Shape[][] {
	const main = runOf(execution, 'Nexudus').data?.main ?? [];
	return main.map((items) => (items ?? []).map(({ json }) => shapeOf(json)));
}
