import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { CONCURRENCY } from './contenders';

/** One request that a run sent. */
export interface SentRequest {
	method: 'GET' | 'PUT';
	/** With its query. */
	path: string;
	body?: string;
}

export interface NullWork {
	/** What our node put out for one item, as JSON. */
	sample: string;
	portal: string;
	/** Requests to send through the same helper, in this order; empty sends none. */
	requests: readonly SentRequest[];
}

const CREDENTIAL = 'nexudusCustomerSessionApi';

const description: INodeTypeDescription = {
	name: 'null',
	displayName: 'Null',
	description: 'Does nothing by itself',
	group: ['transform'],
	version: 1,
	defaults: { name: 'Null' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: CREDENTIAL, required: true }],
	properties: [],
};

/**
 * A node without any work of its own: the helper calls of our node, and items of the same size.
 * What our node takes beyond it is our own.
 */
export function nullNode(work: NullWork): INodeType {
	return {
		description,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			await sendAll(this, work);
			const items = this.getInputData().map(
				({ json: { contractId } }, item): INodeExecutionData => ({
					json: { ...(JSON.parse(work.sample) as IDataObject), contractId },
					pairedItem: { item },
				}),
			);
			return [items];
		},
	};
}

async function sendAll(context: IExecuteFunctions, { requests, portal }: NullWork): Promise<void> {
	let next = 0;
	const send = async () => {
		const { method, path, body } = requests[next++] as SentRequest;
		const options: IHttpRequestOptions = {
			method,
			url: `${portal}${path}`,
			headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
			body,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		};
		await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options);
	};
	const worker = async () => {
		while (next < requests.length) await send();
	};
	// The first one signs in, as ours does.
	if (requests.length > 0) await send();
	await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
