import { ExecutionLifecycleHooks, WorkflowExecute } from './engine';
import {
	createRunExecutionData,
	Workflow,
	type IConnections,
	type IDataObject,
	type IExecuteResponsePromiseData,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IRunData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { createCredentialStore, type CredentialStore } from './credentialStore';
import { createNodeTypes, type NodeTypesByName } from './nodeTypes';

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: Array<Omit<INode, 'id'> & { id?: string }>;
	connections: IConnections;
	settings?: IWorkflowSettings;
}

/** The error of a node as n8n keeps it: a plain copy with the fields of the error thrown. */
export interface NodeError {
	name: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: IDataObject;
	[field: string]: unknown;
}

export interface RunOptions {
	/** The nodes under test, by full type name. */
	nodeTypes: NodeTypesByName;
	/** Where credentials live; share it between runs to keep a session. */
	credentialStore?: CredentialStore;
	/** Which record a run uses: credential type → id. Default: the first one saved of each type. */
	credentialIds?: Record<string, string>;
	/** 'manual' (default), 'webhook', 'trigger', … */
	mode?: WorkflowExecuteMode;
	executionId?: string;
	/** Aborting it is what *Stop* does in the editor. */
	signal?: AbortSignal;
	/** Messages that a node sends to the editor while it runs. */
	onMessage?: (type: string, data: IDataObject | IDataObject[]) => void;
}

export interface WorkflowResult {
	status: IRun['status'];
	/** Why the execution stopped; absent when it ran to its end. */
	error?: NodeError;
	/** Runs of each node. */
	runData: IRunData;
	/** What the last node that ran put out, by output. */
	outputs: INodeExecutionData[][];
	/** What *Respond to Webhook* sent. */
	responses: IExecuteResponsePromiseData[];
	run: IRun;
	credentialStore: CredentialStore;
}

let executions = 0;

/**
 * Runs a whole workflow in the n8n engine, from its trigger to its end. Never rejects for what a
 * node throws: that is in `error`.
 *
 * @param json the workflow; its nodes' credentials are replaced by those of the store
 * @param triggerItems what the trigger hands on, e.g. `[{ json: { body: {…} } }]` for a webhook
 */
export async function runWorkflow(
	json: WorkflowJson,
	{
		triggerItems = [{ json: {} }],
		triggerName,
		...options
	}: RunOptions & { triggerItems?: INodeExecutionData[]; triggerName?: string },
): Promise<WorkflowResult> {
	const {
		nodeTypes,
		credentialStore = createCredentialStore({ types: [] }),
		mode = 'manual',
		executionId = String(++executions),
		signal,
	} = options;

	const nodes = json.nodes.map((node, index): INode => ({
		...node,
		id: node.id ?? `node-${index}`,
		credentials: credentialsOf(node, credentialStore, options),
	}));
	const workflow = new Workflow({
		id: json.id ?? 'workflow',
		name: json.name ?? 'Workflow',
		active: mode !== 'manual',
		nodes,
		connections: json.connections,
		settings: { executionOrder: 'v1', ...json.settings },
		nodeTypes: createNodeTypes(nodeTypes),
	});
	const start = startNode(workflow, triggerName);

	const responses: IExecuteResponsePromiseData[] = [];
	const hooks = new ExecutionLifecycleHooks(mode, executionId, workflowBase(workflow, nodes));
	hooks.addHandler('sendResponse', (response) => {
		responses.push(response);
	});

	const execution = new WorkflowExecute(
		additionalData({ credentialStore, hooks, executionId, onMessage: options.onMessage }),
		mode,
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: start, data: { main: [triggerItems] }, source: null }],
			},
		}),
	).processRunExecutionData(workflow);

	let cancelled = false;
	const cancel = () => {
		cancelled = true;
		execution.cancel();
	};
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	const run = await execution;
	signal?.removeEventListener('abort', cancel);

	const { runData, lastNodeExecuted, error } = run.data.resultData;
	return {
		// A node that throws when it is stopped would turn the engine's own word into 'error'.
		status: cancelled ? 'canceled' : run.status,
		error: error as NodeError | undefined,
		runData,
		outputs: outputsOf(runData, lastNodeExecuted),
		responses,
		run,
		credentialStore,
	};
}

/** What a node put out in its last run, by output; empty when it did not get that far. */
export function outputsOf(runData: IRunData, nodeName = ''): INodeExecutionData[][] {
	const data = runData[nodeName]?.at(-1)?.data;
	return (data?.main ?? data?.ai_tool ?? []).map((items) => items ?? []);
}

/** The notes that a node left for the user in its last run. */
export function hintsOf(runData: IRunData, nodeName: string): NodeExecutionHint[] {
	return runData[nodeName]?.at(-1)?.hints ?? [];
}

function startNode(workflow: Workflow, triggerName?: string): INode {
	const start = Object.values(workflow.nodes).find(({ name, type, typeVersion }) =>
		triggerName === undefined
			? workflow.nodeTypes
					.getByNameAndVersion(type, typeVersion)
					.description.group.includes('trigger')
			: name === triggerName,
	);
	if (start === undefined) throw new Error('The workflow has no trigger to start from');
	return start;
}

function credentialsOf(
	node: WorkflowJson['nodes'][number],
	store: CredentialStore,
	{ credentialIds, nodeTypes }: RunOptions,
): INode['credentials'] {
	const wanted = Object.keys(node.credentials ?? {});
	const accepted = createNodeTypes(nodeTypes)
		.getByNameAndVersion(node.type, node.typeVersion)
		.description.credentials?.map(({ name }) => name);
	const types = wanted.length > 0 ? wanted : (accepted ?? []);
	const ids = { ...store.defaultIds, ...credentialIds };
	return Object.fromEntries(
		types.flatMap((type) =>
			ids[type] === undefined ? [] : [[type, { id: ids[type], name: ids[type] }]],
		),
	);
}

function workflowBase(workflow: Workflow, nodes: INode[]): IWorkflowBase {
	return {
		id: workflow.id,
		name: workflow.name ?? '',
		active: workflow.active,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes,
		connections: workflow.connectionsBySourceNode,
		settings: workflow.settings,
	};
}

/** What the engine asks of the instance around it. */
export function additionalData({
	credentialStore,
	hooks,
	executionId,
	onMessage,
}: {
	credentialStore: CredentialStore;
	hooks?: ExecutionLifecycleHooks;
	executionId?: string;
	onMessage?: RunOptions['onMessage'];
}): IWorkflowExecuteAdditionalData {
	const absent = (what: string) => async (): Promise<never> => {
		throw new Error(`${what} are not part of the embedded engine`);
	};
	return {
		credentialsHelper: credentialStore.helper,
		hooks,
		executionId,
		currentNodeExecutionIndex: 0,
		executeWorkflow: absent('Sub-workflows'),
		getRunExecutionData: async () => undefined,
		startRunnerTask: absent('Task runners'),
		logAiEvent: () => {},
		sendDataToUI: onMessage,
		variables: {},
		restApiUrl: 'http://localhost:5678/rest',
		instanceBaseUrl: 'http://localhost:5678/',
		formWaitingBaseUrl: 'http://localhost:5678/form-waiting',
		webhookBaseUrl: 'http://localhost:5678/webhook',
		webhookWaitingBaseUrl: 'http://localhost:5678/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost:5678/webhook-test',
	} as IWorkflowExecuteAdditionalData;
}
