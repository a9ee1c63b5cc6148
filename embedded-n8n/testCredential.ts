import { ExecuteContext, RoutingNode } from './engine';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialTestRequest,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
} from 'n8n-workflow';

import type { CredentialStore } from './credentialStore';
import { coreNodes } from './coreNodes';
import { createNodeTypes } from './nodeTypes';
import { additionalData } from './runWorkflow';

/**
 * Tests a stored credential as the editor does on saving: the hook signs in afresh, then the test
 * request of the credential class is sent and its rules are applied.
 */
export async function testCredential(
	store: CredentialStore,
	test: ICredentialTestRequest,
	type: string,
	id = store.defaultIds[type] ?? type,
): Promise<INodeCredentialTestResult> {
	const typeName = 'n8n-nodes-base.noOp';
	const prober: INodeType = {
		description: {
			...coreNodes[typeName]!.description,
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: typeName,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id, name: id } },
	};
	const nodeTypes = createNodeTypes({ [typeName]: prober });
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const [items, inputData] = [[{ json: {} }], { main: [[{ json: {} }]] }];
	const context = new ExecuteContext(
		workflow,
		workflow.nodes[node.name]!,
		{ ...additionalData({ credentialStore: store }), currentNodeParameters: {} },
		'internal',
		createRunExecutionData({}),
		0,
		items,
		inputData,
		{ node, data: inputData, source: null },
		[],
	);
	const data = await store.helper.getDecrypted(
		additionalData({ credentialStore: store }),
		{ id, name: id },
		type,
		'internal',
	);

	try {
		const response = await new RoutingNode(context, prober, { id, name: id, type, data }).runNode();
		const body = response?.[0]?.[0]?.json ?? {};
		for (const { type: kind, properties } of test.rules ?? []) {
			if (kind !== 'responseSuccessBody') continue;
			const { key, value, message } = properties;
			if (body[key] === value) return { status: 'Error', message };
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: failureText(error as TestFailure, test) };
	}
}

interface TestFailure extends Error {
	httpCode?: string;
	cause?: { response?: { status: number; statusText: string }; code?: string };
}

function failureText({ message, cause }: TestFailure, { rules = [] }: ICredentialTestRequest) {
	const response = cause?.response;
	if (response === undefined) return cause?.code ?? message;
	for (const { type, properties } of rules) {
		if (type === 'responseCode' && properties.value === response.status) return properties.message;
	}
	return response.statusText || `Received HTTP status code: ${response.status}`;
}
