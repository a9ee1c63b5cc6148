import {
	NodeConnectionTypes,
	type IConnections,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type NodeExecutionHint,
} from 'n8n-workflow';

import {
	hintsOf,
	outputsOf,
	runWorkflow,
	type NodeError,
	type RunOptions,
	type WorkflowJson,
	type WorkflowResult,
} from './runWorkflow';

const TRIGGER = 'Start';
const AGENT = 'Agent';

export interface RunNodeOptions extends Omit<RunOptions, 'nodeTypes'> {
	node: INodeType;
	parameters: INodeParameters;
	/** Input items; default one empty item. As a tool: the model's input, one call per item. */
	items?: INodeExecutionData[];
	/** Full type name; default `n8n-nodes-nexudus.<name of the node>`. */
	typeName?: string;
	/** Runs the tool variant of the node, called by an agent. */
	asTool?: boolean;
	nodeName?: string;
	workflowId?: string;
	onError?: INode['onError'];
	retryOnFail?: boolean;
	/** n8n bounds it to 2…5; default 3. */
	maxTries?: number;
	/** Milliseconds, n8n bounds it to 0…5 000 and takes 0 for 1 000. */
	waitBetweenTries?: number;
}

export interface NodeResult extends Omit<WorkflowResult, 'responses'> {
	/** Items of the node's main output. */
	items: INodeExecutionData[];
	/** Items of the error output; empty unless `onError` is `continueErrorOutput`. */
	errorItems: INodeExecutionData[];
	/** What the node threw, as n8n keeps it, also where n8n went on afterwards. */
	error?: NodeError;
	hints: NodeExecutionHint[];
}

/** Runs one node in the n8n engine behind a trigger that hands it the given items. */
export async function runNode(options: RunNodeOptions): Promise<NodeResult> {
	const { node, items, workflowId, onError, retryOnFail, maxTries, waitBetweenTries } = options;
	const { nodeName = node.description.defaults.name ?? 'Node', asTool = false } = options;
	const { typeName = `n8n-nodes-nexudus.${node.description.name}` } = options;

	const tested: WorkflowJson['nodes'][number] = {
		name: nodeName,
		type: asTool ? `${typeName}Tool` : typeName,
		typeVersion: latestVersion(node),
		position: [400, 0],
		parameters: options.parameters,
		onError,
		retryOnFail,
		maxTries,
		waitBetweenTries,
	};
	const result = await runWorkflow(
		{ id: workflowId, ...(asTool ? behindAgent(tested) : behindTrigger(tested)) },
		{ ...options, nodeTypes: { [typeName]: node }, triggerItems: items, triggerName: TRIGGER },
	);

	const outputs = outputsOf(result.runData, nodeName);
	const thrown = result.runData[nodeName]?.at(-1)?.error as NodeError | undefined;
	return {
		status: result.status,
		outputs,
		items: outputs[0] ?? [],
		errorItems: outputs[1] ?? [],
		error: thrown ?? result.error,
		hints: hintsOf(result.runData, nodeName),
		runData: result.runData,
		run: result.run,
		credentialStore: result.credentialStore,
	};
}

const trigger: WorkflowJson['nodes'][number] = {
	name: TRIGGER,
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function to(node: string, type: keyof IConnections[string]): IConnections[string] {
	return { [type]: [[{ node, type: type as 'main', index: 0 }]] };
}

function behindTrigger(tested: WorkflowJson['nodes'][number]): WorkflowJson {
	return {
		nodes: [trigger, tested],
		connections: { [TRIGGER]: to(tested.name, NodeConnectionTypes.Main) },
	};
}

function behindAgent(tested: WorkflowJson['nodes'][number]): WorkflowJson {
	return {
		nodes: [
			trigger,
			{
				name: AGENT,
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion: 3,
				position: [200, 0],
				parameters: { toolName: tested.name },
			},
			tested,
		],
		connections: {
			[TRIGGER]: to(AGENT, NodeConnectionTypes.Main),
			[tested.name]: to(AGENT, NodeConnectionTypes.AiTool),
		},
	};
}

function latestVersion({ description: { version, defaultVersion } }: INodeType): number {
	return defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version);
}
