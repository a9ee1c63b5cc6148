import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

const description = (
	name: string,
	rest: Partial<INodeTypeDescription> = {},
): INodeTypeDescription => ({
	name,
	displayName: name,
	description: name,
	group: ['transform'],
	version: [1, 1.1, 1.2, 1.3, 1.4, 1.5, 2, 2.1, 3, 3.1, 3.2, 3.3, 3.4],
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
	...rest,
});

const property = (
	name: string,
	type: INodeProperties['type'],
	defaultValue: INodeProperties['default'],
): INodeProperties => ({ displayName: name, name, type, default: defaultValue });

/** A trigger hands on the data that the execution was started with. */
const trigger = (name: string): INodeType => ({
	description: description(name, { group: ['trigger'], inputs: [] }),
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
});

const passThrough = (name: string): INodeType => ({
	description: description(name),
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
});

/** Edit Fields, in its manual mode (typed assignments) and its JSON mode. */
const set: INodeType = {
	description: description('set', {
		properties: [
			property('mode', 'string', 'manual'),
			property('jsonOutput', 'json', '{}'),
			property('assignments', 'json', {}),
			property('includeOtherFields', 'boolean', false),
		],
	}),
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData().map((item, index): INodeExecutionData => {
			const kept = this.getNodeParameter('includeOtherFields', index, false) ? item.json : {};
			return { json: { ...kept, ...editedFields(this, index) }, pairedItem: { item: index } };
		});
		return [items];
	},
};

function editedFields(node: IExecuteFunctions, index: number): IDataObject {
	if (node.getNodeParameter('mode', index) === 'raw') {
		const json = node.getNodeParameter('jsonOutput', index);
		return (typeof json === 'string' ? JSON.parse(json) : json) as IDataObject;
	}
	const { assignments = [] } = node.getNodeParameter('assignments', index, {}) as {
		assignments?: Array<{ name: string; value: IDataObject[string] }>;
	};
	return Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
}

/** If, for conditions that are true or false, and texts that are equal. */
const ifNode: INodeType = {
	description: description('if', {
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		properties: [property('conditions', 'json', {})],
	}),
	async execute(this: IExecuteFunctions) {
		const outputs: INodeExecutionData[][] = [[], []];
		this.getInputData().forEach((item, index) => {
			const { conditions } = this.getNodeParameter('conditions', index) as {
				conditions: Condition[];
			};
			outputs[conditions.every(holds) ? 0 : 1].push({ ...item, pairedItem: { item: index } });
		});
		return outputs;
	},
};

interface Condition {
	leftValue: unknown;
	rightValue: unknown;
	operator: { type: string };
}

function holds({ leftValue, rightValue, operator }: Condition): boolean {
	// n8n's strict validation of types.
	if (typeof leftValue !== operator.type) throw new Error(`Not a ${operator.type}: ${leftValue}`);
	return leftValue === rightValue;
}

/** Respond to Webhook, for JSON, text, the first item or all items. */
const respondToWebhook: INodeType = {
	description: description('respondToWebhook', {
		properties: [
			property('respondWith', 'string', 'firstIncomingItem'),
			property('responseBody', 'json', ''),
			{
				...property('options', 'collection', {}),
				options: [property('responseCode', 'number', 200)],
			},
		],
	}),
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		const { responseCode = 200 } = this.getNodeParameter('options', 0, {}) as {
			responseCode?: number;
		};
		await this.sendResponse({
			body: responseBody(this, items) as IDataObject,
			headers: {},
			statusCode: responseCode,
		} as never);
		return [items];
	},
};

function responseBody(node: IExecuteFunctions, items: INodeExecutionData[]): unknown {
	switch (node.getNodeParameter('respondWith', 0)) {
		case 'json': {
			const body = node.getNodeParameter('responseBody', 0);
			return typeof body === 'string' ? JSON.parse(body) : body;
		}
		case 'text':
			return node.getNodeParameter('responseBody', 0);
		case 'allIncomingItems':
			return items.map(({ json }) => json);
		case 'noData':
			return undefined;
		default:
			return items[0]?.json;
	}
}

/** An AI agent without a model: it calls the tool once for each item and hands on what came back. */
const agent: INodeType = {
	description: description('agent', {
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		properties: [property('toolName', 'string', '')],
	}),
	async execute(
		this: IExecuteFunctions,
		response?: EngineResponse,
	): Promise<INodeExecutionData[][] | EngineRequest> {
		if (response !== undefined && response.actionResponses.length > 0) {
			return [response.actionResponses.flatMap(({ data }) => data.data?.ai_tool?.[0] ?? [])];
		}
		const nodeName = this.getNodeParameter('toolName', 0) as string;
		return {
			actions: this.getInputData().map((item, itemIndex) => ({
				actionType: 'ExecutionNodeAction',
				nodeName,
				input: item.json,
				type: NodeConnectionTypes.AiTool,
				id: `call-${itemIndex}`,
				metadata: { itemIndex },
			})),
			metadata: {},
		};
	},
};

/** Stand-ins for the core nodes, by n8n's own names; a workflow's triggers only pass data on. */
export const coreNodes: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': trigger('manualTrigger'),
	'n8n-nodes-base.webhook': trigger('webhook'),
	'n8n-nodes-base.noOp': passThrough('noOp'),
	'n8n-nodes-base.if': ifNode,
	'n8n-nodes-base.set': set,
	'n8n-nodes-base.stickyNote': passThrough('stickyNote'),
	'n8n-nodes-base.respondToWebhook': respondToWebhook,
	'@n8n/n8n-nodes-langchain.agent': agent,
};
