import {
	NodeConnectionTypes,
	NodeHelpers,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

import { coreNodes } from './coreNodes';

/** Node types by their full name, e.g. `n8n-nodes-nexudus.nexudus`. */
export type NodeTypesByName = Record<string, INodeType | IVersionedNodeType>;

/**
 * The registry that the engine asks. Besides the given nodes it knows small stand-ins for the few
 * core nodes that example workflows use, and the tool variant (`…Tool`) of every node that is
 * usable as a tool.
 */
export function createNodeTypes(nodeTypes: NodeTypesByName): INodeTypes {
	const known: NodeTypesByName = { ...coreNodes, ...nodeTypes };
	const tools = new Map<string, INodeType>();

	const find = (name: string, version?: number): INodeType => {
		const nodeType = known[name];
		if (nodeType !== undefined) return NodeHelpers.getVersionedNodeType(nodeType, version);
		const tool = tools.get(name) ?? asTool(name, known);
		tools.set(name, tool);
		return tool;
	};
	return {
		getByName: (name) => find(name),
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	};
}

/** What n8n makes of a node with `usableAsTool` when it is attached to an AI agent. */
function asTool(name: string, known: NodeTypesByName): INodeType {
	const base = known[name.replace(/Tool$/, '')];
	if (!name.endsWith('Tool') || base === undefined) throw new Error(`Unknown node type "${name}"`);
	const nodeType = NodeHelpers.getVersionedNodeType(base);
	if (!nodeType.description.usableAsTool) {
		throw new Error(`Node type "${nodeType.description.name}" is not usable as a tool`);
	}
	const description: INodeTypeDescription = {
		...nodeType.description,
		name: `${nodeType.description.name}Tool`,
		displayName: `${nodeType.description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [
			{
				displayName: 'Description',
				name: 'toolDescription',
				type: 'string',
				default: nodeType.description.description,
			},
			...nodeType.description.properties,
		],
	};
	delete description.usableAsTool;
	return Object.create(nodeType, { description: { value: description } }) as INodeType;
}
