import type { INode, INodeParameters } from 'n8n-workflow';

/** How fast the run may go: as fast as it can, or within the vendor's documented limits. */
export type Pacing = 'off' | 'documented';

type Configuration = Pick<INode, 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>;

export interface Contender {
	label: string;
	/** Full type name of the node. */
	type: string;
	typeVersion: number;
	parameters(portal: string, pacing: Pacing): INodeParameters;
	configuration?: Configuration;
}

const CONTRACT_ID = '={{ $json.contractId }}';

/** Requests of our node in flight at the same time, where pacing is off. */
export const CONCURRENCY = 16;

const nexudusPause: Contender = {
	label: 'Nexudus: Pause',
	type: 'n8n-nodes-nexudus.nexudus',
	typeVersion: 1,
	parameters: (_portal, pacing) => ({
		resource: 'contract',
		operation: 'pause',
		contractId: { __rl: true, mode: 'id', value: CONTRACT_ID },
		pauseCycles: 1,
		termsAccepted: true,
		requestSettings:
			pacing === 'documented'
				? {}
				: {
						concurrency: CONCURRENCY,
						requestsPerMinute: 0,
						writesPerMinute: 0,
						minSpacing: 0,
					},
	}),
};

interface Batch {
	batchSize: number;
	/** ms */
	batchInterval: number;
}

function httpRequest(
	label: string,
	batch?: (pacing: Pacing) => Batch,
	configuration?: Configuration,
): Contender {
	return {
		label: `HTTP Request: ${label}`,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.4,
		parameters: (portal, pacing) => ({
			method: 'PUT',
			url: `=${portal}/api/public/billing/coworkerContracts/v2/{{ $json.contractId }}/pause`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '{ "PauseCycles": 1 }',
			options: batch === undefined ? {} : { batching: { batch: { ...batch(pacing) } } },
		}),
		configuration,
	};
}

/** By hand one finds the pace: one write a second, or as many in flight as our node has. */
const tuned = (pacing: Pacing): Batch =>
	pacing === 'documented'
		? { batchSize: 1, batchInterval: 1_000 }
		: { batchSize: CONCURRENCY, batchInterval: 20 };

const retryOnFail: Configuration = { retryOnFail: true, maxTries: 3, waitBetweenTries: 5_000 };

/** Who takes part, with n8n's HTTP Request node set up in the ways its users do. */
export const contenders = {
	nexudusPause,
	httpPlain: httpRequest('plain'),
	httpBatched: httpRequest('batching 50 / 1000 ms', () => ({
		batchSize: 50,
		batchInterval: 1_000,
	})),
	httpTuned: httpRequest('batching tuned by hand', tuned),
	httpRetried: httpRequest('Retry On Fail', undefined, retryOnFail),
	httpTunedRetried: httpRequest('tuned, Retry On Fail', tuned, retryOnFail),
} satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;
