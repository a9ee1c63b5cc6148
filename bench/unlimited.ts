import { contenders, type ContenderName } from './contenders';
import { measure, type Measurement } from './measure';
import { median } from './median';
import { Runner } from './runner';
import { StandIn } from './standIn';

/** A vendor without limits: how fast is each node by itself? */
export interface UnlimitedResult {
	contracts: number;
	latency: number;
	rows: UnlimitedRow[];
}

export interface UnlimitedRow {
	label: string;
	node: ContenderName;
	/** Whether a row of the vendor's list tells if the contract may be paused. */
	listCarriesEligibility: boolean;
	/** Median of the runs, ms. */
	ms: number;
	/** Median of the time in pairs with the plain HTTP Request node: less than 1 is faster than it. */
	ratio: number;
	/** CPU time of the n8n process, median, ms. */
	cpuMs: number;
	runs: Measurement[];
}

const LATENCY = 20;

const entries: Array<Pick<UnlimitedRow, 'label' | 'node' | 'listCarriesEligibility'>> = [
	entry('httpPlain'),
	{ ...entry('nexudusPause'), label: 'Nexudus: Pause, list tells eligibility' },
	{
		...entry('nexudusPause'),
		label: 'Nexudus: Pause, list does not tell',
		listCarriesEligibility: false,
	},
	entry('httpTuned'),
	entry('httpRetried'),
	entry('httpBatched'),
];

function entry(node: ContenderName) {
	return { label: contenders[node].label, node, listCarriesEligibility: true };
}

/** All contenders take turns, in the opposite order every other time, in one process that is warm. */
export async function unlimited(options: {
	contracts: number;
	rounds: number;
	warmUps: number;
}): Promise<UnlimitedResult> {
	const { contracts, rounds, warmUps } = options;
	const [standIn, runner] = await Promise.all([StandIn.start(), Runner.start()]);
	const runs = new Map(entries.map((one) => [one, [] as Measurement[]]));
	for (let round = -warmUps; round < rounds; round++) {
		for (const one of round % 2 === 0 ? entries : [...entries].reverse()) {
			if (round < 0 && one.node === 'httpBatched') continue;
			const readings = { listCarriesEligibility: one.listCarriesEligibility };
			const scene = { contracts, latency: LATENCY, readings };
			const trial = { node: one.node, scene, pacing: 'off' } as const;
			const { measurement } = await measure(trial, { standIn, runner });
			if (round >= 0) runs.get(one)?.push(measurement);
		}
	}
	standIn.close();
	runner.close();

	const plain = runs.get(entries[0]!) ?? [];
	const rows = [...runs].map(([one, measured]) => ({
		...one,
		ms: median(measured.map(({ ms }) => ms)),
		ratio: median(measured.map(({ ms }, round) => ms / (plain[round]?.ms ?? NaN))),
		cpuMs: median(measured.map(({ cpuMs }) => cpuMs)),
		runs: measured,
	}));
	return { contracts, latency: LATENCY, rows };
}
