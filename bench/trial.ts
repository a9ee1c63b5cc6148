import type { INodeExecutionData } from 'n8n-workflow';
import { createCredentialStore, runWorkflow, type NodeTypesByName } from '../embedded-n8n';
import type { loadBuiltPackage } from './builtPackage';
import { contenders, type ContenderName, type Pacing } from './contenders';
import type { HttpRequestNode } from './httpRequestNode';
import { watchMemory } from './memory';
import { nullNode, type NullWork } from './nullNodes';
import { LOGIN } from './standIn';

/** One run of one node over many contracts. */
export interface TrialOrder {
	node: ContenderName | 'null';
	portal: string;
	/** For the HTTP Request node: a bearer token obtained before. */
	token: string;
	contractIds: number[];
	pacing: Pacing;
	/** Collects garbage all the time to see what is really held; the times mean nothing then. */
	watchHeap?: boolean;
	nullWork?: NullWork;
}

export interface TrialResult {
	/** Wall time of the execution, in ms. */
	ms: number;
	/** CPU time of this process, in ms. */
	cpuMs: number;
	status: string;
	error?: string;
	/** Items by what the node said about them. */
	succeeded: number;
	failed: number;
	/** Items that the node read again afterwards, and found changed. */
	verified: number;
	/** Bytes beyond the beginning of the run. */
	peakRss: number;
	/** Bytes beyond the beginning of the run, with `watchHeap`. */
	peakHeap: number;
	/** The first item, as JSON. */
	sample: string;
}

export interface TrialNodes {
	nexudus: Awaited<ReturnType<typeof loadBuiltPackage>>;
	http: HttpRequestNode;
}

const NODE = 'Measured';
const NULL_TYPE = 'n8n-nodes-bench.null';

/** Runs a node in the n8n engine as a production execution does, with credentials of its own. */
export async function runTrial(order: TrialOrder, nodes: TrialNodes): Promise<TrialResult> {
	const { portal, token, contractIds } = order;
	const credentialStore = createCredentialStore({
		types: [nodes.nexudus.credential, nodes.http.credential],
		records: {
			[nodes.nexudus.credential.name]: {
				portalUrl: portal,
				signInWith: 'password',
				...LOGIN,
				clientId: 'n8n-nodes-nexudus',
				sessionToken: '',
			},
			[nodes.http.credential.name]: { name: 'Authorization', value: `Bearer ${token}` },
		},
	});
	const triggerItems = contractIds.map((contractId) => ({ json: { contractId } }));
	const { node, nodeTypes } = measured(order, nodes);

	const memory = watchMemory(order.watchHeap ?? false);
	const cpu = process.cpuUsage();
	const begun = performance.now();
	const { status, error, runData, outputs } = await runWorkflow(
		{
			nodes: [
				{
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{ ...node, name: NODE, position: [200, 0] },
			],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		},
		{ nodeTypes, credentialStore, mode: 'trigger', triggerItems },
	);
	const ms = performance.now() - begun;
	const { user, system } = process.cpuUsage(cpu);
	const peaks = memory.stop();

	const items = runData[NODE]?.at(-1)?.data === undefined ? [] : (outputs[0] ?? []);
	const succeeded = items.filter(({ json }) => json.error === undefined).length;
	return {
		ms,
		cpuMs: (user + system) / 1000,
		status,
		error: error?.message,
		succeeded,
		failed: contractIds.length - succeeded,
		verified: items.filter(isVerified).length,
		...peaks,
		sample: JSON.stringify(items[0]?.json ?? {}),
	};
}

const isVerified = ({ json }: INodeExecutionData) => json.verified === true;

function measured(order: TrialOrder, { nexudus, http }: TrialNodes) {
	const nodeTypes: NodeTypesByName = {
		[contenders.nexudusPause.type]: nexudus.node,
		[contenders.httpPlain.type]: http.node,
	};
	if (order.node === 'null') {
		nodeTypes[NULL_TYPE] = nullNode(order.nullWork as NullWork);
		return { nodeTypes, node: { type: NULL_TYPE, typeVersion: 1, parameters: {} } };
	}
	const { type, typeVersion, parameters, configuration } = contenders[order.node];
	const credential = type === contenders.nexudusPause.type ? nexudus.credential : http.credential;
	return {
		nodeTypes,
		node: {
			type,
			typeVersion,
			parameters: parameters(order.portal, order.pacing),
			credentials: { [credential.name]: { id: credential.name, name: credential.name } },
			...configuration,
		},
	};
}
