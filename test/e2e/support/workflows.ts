import { randomUUID } from 'node:crypto';
import type {
	Execution,
	ExecutionSummary,
	N8nRest,
	NodeRun,
	StoredCredential,
	WorkflowFile,
	WorkflowNode,
} from '../../../start/rest';

/** The node's type as n8n names it when the package is installed. */
export const NEXUDUS = 'n8n-nodes-nexudus.nexudus';

/** The longest page of executions that n8n gives. */
const PAGE = 100;

export const GOOD = 'Good';
export const BAD = 'Bad';

interface NodeOptions {
	version?: number;
	credential?: StoredCredential;
	/** `continueErrorOutput` or `continueRegularOutput`; stops the workflow unless given. */
	onError?: string;
	retryOnFail?: boolean;
}

/** A node as n8n keeps it in a workflow. */
export function node(
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	{ version = 1, credential, ...settings }: NodeOptions = {},
): WorkflowNode {
	return {
		id: randomUUID(),
		name,
		type,
		typeVersion: version,
		position: [0, 0],
		parameters,
		...settings,
		...(credential && {
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		}),
	};
}

/** A POST webhook. It answers at once, or with what the last node gives. */
export function webhook(
	path: string,
	responseMode: 'onReceived' | 'lastNode' = 'lastNode',
): WorkflowNode {
	const parameters = {
		httpMethod: 'POST',
		path,
		responseMode,
		...(responseMode === 'lastNode' && { responseData: 'allEntries' }),
		options: {},
	};
	return {
		...node('Webhook', 'n8n-nodes-base.webhook', parameters, { version: 2 }),
		webhookId: randomUUID(),
	};
}

/** One item for each entry of the webhook's `body.items`. */
export function splitItems(): WorkflowNode {
	return node('Items', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.items', options: {} });
}

/** A node that keeps one field, taken by an expression. */
export function keep(name: string, field: string, expression: string): WorkflowNode {
	return node(
		name,
		'n8n-nodes-base.set',
		{
			assignments: {
				assignments: [{ id: randomUUID(), name: field, type: 'string', value: expression }],
			},
			includeOtherFields: true,
			options: {},
		},
		{ version: 3.4 },
	);
}

/** Our node with an operation on the contract that each item names. */
export function nexudus(
	credential: StoredCredential,
	parameters: Record<string, unknown>,
	options: Omit<NodeOptions, 'credential'> = {},
): WorkflowNode {
	return node(
		'Nexudus',
		NEXUDUS,
		{
			resource: 'contract',
			contractId: { __rl: true, mode: 'id', value: '={{ $json.contractId }}' },
			...parameters,
		},
		{ ...options, credential },
	);
}

/** Nodes in a row, each into the next. */
export function inARow(name: string, nodes: WorkflowNode[]): WorkflowFile {
	const pairs = nodes.slice(1).map((next, i) => [nodes[i].name, next.name] as const);
	const connections = Object.fromEntries(
		pairs.map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** Webhook → items → our node, whose two branches end in `Good` and `Bad`. */
export function withErrorBranch(
	path: string,
	ours: WorkflowNode,
	ends: readonly [WorkflowNode, WorkflowNode],
): WorkflowFile {
	const workflow = inARow(path, [webhook(path), splitItems(), ours]);
	const toEnds = ends.map(({ name }) => [{ node: name, type: 'main', index: 0 }]);
	return {
		...workflow,
		nodes: [...workflow.nodes, ...ends],
		connections: { ...workflow.connections, [ours.name]: { main: toEnds } },
	};
}

/**
 * All executions of a workflow, newest first. n8n gives them in pages; the first also holds those
 * that have not ended, which come again on later ones.
 */
export async function executionsOf(rest: N8nRest, workflowId: string): Promise<ExecutionSummary[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const all = new Map<number, ExecutionSummary>();
	for (let last = '', before = -1; all.size > before; last = `&lastId=${Math.min(...all.keys())}`) {
		before = all.size;
		const { results } = await rest.call<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?filter=${filter}&limit=${PAGE}${last}`,
		);
		for (const execution of results) all.set(Number(execution.id), execution);
		if (results.length < PAGE) break;
	}
	return [...all.keys()].sort((a, b) => b - a).map((id) => all.get(id) as ExecutionSummary);
}

/** The newest execution of a workflow with its data. */
export async function newestExecution(rest: N8nRest, workflowId: string): Promise<Execution> {
	const [newest] = await executionsOf(rest, workflowId);
	return await rest.getExecution(newest.id);
}

/** The last run of a node in an execution. Throws when the node has not run. */
export function runOf({ data }: Execution, name: string): NodeRun {
	const runs = data.resultData.runData[name] as NodeRun[] | undefined;
	if (!runs) throw new Error(`"${name}" has not run; ${data.resultData.error?.message ?? ''}`);
	return runs[runs.length - 1];
}

/** Items of one output of a node. */
export function itemsOf(
	execution: Execution,
	name: string,
	output = 0,
): Array<{ json: Record<string, unknown>; pairedItem?: unknown }> {
	return runOf(execution, name).data?.main?.[output] ?? [];
}
