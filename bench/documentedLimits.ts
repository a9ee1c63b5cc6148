import { setTimeout as wait } from 'node:timers/promises';
import { documentedLimits as limits } from '../sandbox/vendor/throttle';
import { contenders, type ContenderName } from './contenders';
import { measure, type Measurement } from './measure';
import { Runner } from './runner';
import { StandIn } from './standIn';

/** A vendor that keeps its documented limits, and loses one answer on the way back. */
export interface LimitedResult {
	contracts: number;
	latency: number;
	/** No client can be faster without a refusal, in ms. */
	minimum: number;
	rows: LimitedRow[];
}

export interface LimitedRow extends Measurement {
	label: string;
	node: ContenderName;
	listCarriesEligibility: boolean;
	lostReply: boolean;
	/** Of the minimum. */
	ratio: number;
}

const LATENCY = 20;

interface Entry {
	label: string;
	node: ContenderName;
	listCarriesEligibility?: boolean;
	lostReply?: boolean;
}

const entries: Entry[] = [
	{ node: 'nexudusPause', label: 'Nexudus: Pause, list tells eligibility' },
	{
		node: 'nexudusPause',
		label: 'Nexudus: Pause, list does not tell',
		listCarriesEligibility: false,
	},
	{ node: 'nexudusPause', label: 'Nexudus: Pause, an answer lost', lostReply: true },
	entryOf('httpPlain'),
	entryOf('httpBatched'),
	entryOf('httpRetried'),
	entryOf('httpTuned'),
	{ ...entryOf('httpTuned'), label: 'HTTP Request: tuned, an answer lost', lostReply: true },
	{
		...entryOf('httpTunedRetried'),
		label: 'HTTP Request: tuned, retried, an answer lost',
		lostReply: true,
	},
];

function entryOf(node: ContenderName): Entry {
	return { label: contenders[node].label, node };
}

/**
 * The shortest time in which so many writes can all be let through: a first burst with the spacing,
 * and then as many again in each further minute. In ms.
 */
function shortestTime(writes: number): number {
	const { writesPerMinute, minSpacingMs, windowMs } = limits;
	const last = writes - 1;
	const minutes = Math.floor(last / writesPerMinute);
	return minutes * windowMs + (last % writesPerMinute) * minSpacingMs;
}

/**
 * All contenders at the same time, each with a vendor and an n8n engine of its own: they wait nearly
 * all the time. A second pause makes the first one longer, so that a write sent twice does harm.
 */
export async function documentedLimits(options: {
	contracts: number;
	/** Leaves out those that take many minutes. */
	quick: boolean;
}): Promise<LimitedResult> {
	const { contracts, quick } = options;
	const minimum = shortestTime(contracts);
	const chosen = quick ? entries.filter(({ node }) => !node.startsWith('httpTuned')) : entries;
	const rows = await Promise.all(
		chosen.map(async ({ label, node, listCarriesEligibility = true, lostReply = false }, place) => {
			// One after the other: processes that start together hold each other up.
			await wait(place * (quick ? 1_000 : 4_000));
			const [standIn, runner] = await Promise.all([StandIn.start(), Runner.start()]);
			const scene = {
				contracts,
				latency: LATENCY,
				readings: { listCarriesEligibility, secondPause: 'extends' },
				limits,
				lostReply: lostReply ? Math.ceil(contracts / 2) : undefined,
			} as const;
			const trial = { node, scene, pacing: 'documented' } as const;
			const { measurement } = await measure(trial, { standIn, runner });
			standIn.close();
			runner.close();
			const ratio = measurement.ms / minimum;
			return { label, node, listCarriesEligibility, lostReply, ...measurement, ratio };
		}),
	);
	return { contracts, latency: LATENCY, minimum, rows };
}
