import { ActiveWorkflows, Container, PollContext } from './engine';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import type { CredentialStore } from './credentialStore';
import { createNodeTypes } from './nodeTypes';
import { additionalData } from './runWorkflow';

/** What n8n's database keeps of a workflow between its activations: share it to restart n8n. */
export interface WorkflowRecord {
	id: string;
	/** JSON text, so that nothing lives on by reference. */
	staticData: string;
}

/** Where the process is killed: what n8n does after a poll has returned is two things. */
export type KillPoint = 'beforeBoth' | 'savedOnly' | 'ranOnly';

export interface PollResult {
	/** Executions that n8n started, each with the items of the trigger. */
	executions: INodeExecutionData[][];
	/** What the poll threw; n8n makes an execution that failed of it. */
	error?: Error & { description?: string | null };
}

export interface Poller {
	/** What activation gave, which polls once. */
	activation: PollResult;
	poll(kill?: KillPoint): Promise<PollResult>;
	/** All executions that n8n started so far, also where polls overlapped. */
	executions: INodeExecutionData[][];
}

export interface PollerOptions {
	node: INodeType;
	parameters: INodeParameters;
	credentialStore: CredentialStore;
	credentialIds?: Record<string, string>;
	record?: WorkflowRecord;
	/** Of the node's Settings tab. */
	settings?: Pick<INode, 'alwaysOutputData' | 'executeOnce'>;
	activationMode?: WorkflowActivateMode;
	kill?: KillPoint;
}

const NAME = 'Trigger';

/**
 * Activates a workflow whose only node is a polling trigger, with n8n's own context and poll
 * function. Like n8n, it stores static data on activation and together with an execution, and not
 * after a poll that gives null.
 *
 * @throws what the poll of the activation throws: n8n does not activate the workflow then
 */
export async function activatePoller(options: PollerOptions): Promise<Poller> {
	const { record = { id: 'polled', staticData: '{}' }, activationMode = 'activate' } = options;
	const { workflow, node } = workflowOf(options, record);
	let result: PollResult = { executions: [] };
	let kill = options.kill;
	const executions: INodeExecutionData[][] = [];

	const save = () => {
		if (workflow.staticData.__dataChanged !== true) return;
		record.staticData = JSON.stringify(workflow.staticData);
		workflow.staticData.__dataChanged = false;
	};
	const context = new PollContext(
		workflow,
		node,
		{
			...additionalData({ credentialStore: options.credentialStore }),
			currentNodeParameters: options.parameters,
		},
		'trigger',
		activationMode,
		(data) => {
			if (kill !== 'beforeBoth' && kill !== 'ranOnly') save();
			if (kill === 'beforeBoth' || kill === 'savedOnly') return;
			result.executions.push(data[0] ?? []);
			executions.push(data[0] ?? []);
		},
		(error) => {
			result.error = error;
		},
	);
	const execute = Container.get(ActiveWorkflows)['createPollExecuteFn'](workflow, node, context);

	const once = async (testing: boolean): Promise<PollResult> => {
		const own = (result = { executions: [] } as PollResult);
		await execute(testing);
		return own;
	};
	const activation = await once(true);
	if (kill === undefined) save();
	return {
		activation,
		poll: async (point) => {
			kill = point;
			return await once(false);
		},
		executions,
	};
}

/** "Fetch test event" of the editor: what the trigger gives, and what it left in its static data. */
export async function fetchTestEvent(
	options: Omit<PollerOptions, 'kill' | 'activationMode'>,
): Promise<{ items: INodeExecutionData[]; staticData: IDataObject }> {
	const { record = { id: 'polled', staticData: '{}' } } = options;
	const { workflow, node } = workflowOf(options, record);
	const context = new PollContext(
		workflow,
		node,
		{
			...additionalData({ credentialStore: options.credentialStore }),
			currentNodeParameters: options.parameters,
		},
		'manual',
		'manual',
	);
	const given = await options.node.poll?.call(context);
	return { items: given?.[0] ?? [], staticData: workflow.getStaticData('node', node) };
}

function workflowOf(
	{ node, parameters, credentialStore, credentialIds, settings }: PollerOptions,
	record: WorkflowRecord,
): { workflow: Workflow; node: INode } {
	const typeName = `n8n-nodes-nexudus.${node.description.name}`;
	const ids = Object.entries({ ...credentialStore.defaultIds, ...credentialIds });
	const workflow = new Workflow({
		id: record.id,
		active: true,
		connections: {},
		nodes: [
			{
				id: 'trigger',
				name: NAME,
				type: typeName,
				typeVersion: [node.description.version].flat()[0] ?? 1,
				position: [0, 0],
				...settings,
				parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
				credentials: Object.fromEntries(ids.map(([type, id]) => [type, { id, name: id }])),
			},
		],
		nodeTypes: createNodeTypes({ [typeName]: node }),
		staticData: JSON.parse(record.staticData) as IDataObject,
	});
	return { workflow, node: workflow.nodes[NAME]! };
}
