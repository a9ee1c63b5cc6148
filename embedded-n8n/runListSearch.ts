import { LoadOptionsContext } from './engine';
import {
	Workflow,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import type { CredentialStore } from './credentialStore';
import { createNodeTypes } from './nodeTypes';
import { additionalData } from './runWorkflow';

/**
 * Calls a list search of a node as the editor does for a resource locator.
 *
 * @param method key in `methods.listSearch`
 * @param filter what the user typed
 * @param paginationToken what the page before returned
 * @throws what the method throws
 */
export async function runListSearch({
	node,
	method,
	filter,
	paginationToken,
	parameters = {},
	credentialStore,
	credentialIds,
	path = 'parameters.contractId',
}: {
	node: INodeType;
	method: string;
	filter?: string;
	paginationToken?: string;
	parameters?: INodeParameters;
	credentialStore: CredentialStore;
	credentialIds?: Record<string, string>;
	path?: string;
}): Promise<INodeListSearchResult> {
	const search = node.methods?.listSearch?.[method];
	if (search === undefined) throw new Error(`The node has no list search "${method}"`);

	const typeName = `n8n-nodes-nexudus.${node.description.name}`;
	const ids = Object.entries({ ...credentialStore.defaultIds, ...credentialIds });
	const workflow = new Workflow({
		active: false,
		connections: {},
		nodes: [
			{
				id: 'node',
				name: 'Temp-Node',
				type: typeName,
				typeVersion: [node.description.version].flat()[0] ?? 1,
				position: [0, 0],
				parameters,
				credentials: Object.fromEntries(ids.map(([type, id]) => [type, { id, name: id }])),
			},
		],
		nodeTypes: createNodeTypes({ [typeName]: node }),
	});
	const tempNode = workflow.nodes['Temp-Node']!;
	const context = new LoadOptionsContext(
		workflow,
		tempNode,
		// As the editor, which fills in the defaults when it opens a workflow.
		{ ...additionalData({ credentialStore }), currentNodeParameters: tempNode.parameters },
		path,
	);
	return await search.call(context, filter, paginationToken);
}
