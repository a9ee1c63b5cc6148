import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { huntMutant } from './huntMutant';
import { failureText, hitTable, summary } from './report';
import {
	addTally,
	emptyTally,
	runHistories,
	scenariosOf,
	seedsFrom,
	traceOf,
	type Tally,
} from './runHistories';
import { emptyCells, type Simulated } from './simulated';
import { systemNamed, SYSTEMS } from './systems';

/** What one worker does: its share of the seeds, and its share of the small worlds. */
interface Share {
	system: string;
	first: number;
	count: number;
	step: number;
	smallWorlds: boolean;
}

interface ShareDone {
	histories: Tally;
	small: Tally;
	/** Seconds of processor time. */
	cpu: number;
}

const { values } = parseArgs({
	options: {
		/** Of one system; all of them unless it is named. */
		system: { type: 'string' },
		histories: { type: 'string' },
		seed: { type: 'string', default: '1' },
		workers: { type: 'string', default: String(Math.min(availableParallelism(), 8)) },
		trace: { type: 'boolean', default: false },
		mutants: { type: 'boolean', default: false },
		share: { type: 'string' },
	},
});

const number = (text: string, name: string): number => {
	const value = Number(text);
	if (!Number.isSafeInteger(value) || value < 1)
		throw new Error(`--${name} is a whole number from 1`);
	return value;
};

async function doShare(share: Share): Promise<ShareDone> {
	const { first, count, step } = share;
	const of = systemNamed(share.system);
	const engine = of.loadEngine();
	const histories = await runHistories({
		of,
		engine,
		scenarios: scenariosOf(of, seedsFrom(first, count, step)),
	});
	const small = share.smallWorlds ? (of.smallWorlds?.() ?? []) : [];
	const own = everyNth(small, step, (first - 1) % step);
	const smallTally = await runHistories({ of, engine, scenarios: own });
	const { user, system } = process.cpuUsage();
	return { histories, small: smallTally, cpu: (user + system) / 1e6 };
}

function* everyNth<T>(all: Iterable<T>, n: number, rest: number): Generator<T> {
	let i = 0;
	for (const one of all) if (i++ % n === rest) yield one;
}

async function inChild(share: Share): Promise<ShareDone> {
	return await new Promise((resolve, reject) => {
		const child = fork(__filename, ['--share', JSON.stringify(share)], {
			execArgv: [...process.execArgv, '--max-semi-space-size=64'],
		});
		child.once('message', (done) => resolve(done as ShareDone));
		child.once('exit', (code) => reject(new Error(`A worker ended early, with code ${code}`)));
	});
}

async function simulate(
	of: Simulated,
	histories: number,
	seed: number,
	workers: number,
): Promise<boolean> {
	const startedAt = Date.now();
	const shares = Array.from({ length: workers }, (_, i) => ({
		system: of.name,
		first: seed + i,
		count: Math.ceil((histories - i) / workers),
		step: workers,
		smallWorlds: histories > 1,
	}));
	const tally = emptyTally(of);
	const small = emptyTally(of);
	let cpu = 0;
	for (const done of await Promise.all(shares.map(inChild))) {
		addTally(tally, done.histories);
		addTally(small, done.small);
		cpu += done.cpu;
	}
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
	console.log(`\n== ${of.name}\n\n${hitTable(of, tally.hits)}`);
	console.log(`\nRandom histories from seed ${seed}\n${summary(tally)}`);
	if (small.histories > 0) console.log(`\nSmall worlds, every one\n${summary(small)}`);
	console.log(`\n${seconds} s on ${workers} workers, ${cpu.toFixed(1)} s of processor time`);
	if (tally.failed > 0) console.log(`\n${failureText(of, tally)}`);
	if (small.failed > 0)
		console.log(`\nSmall worlds: ${small.failed} broke a property`, small.failures);
	const empty = histories >= 10_000 ? emptyCells(of, tally.hits) : [];
	if (empty.length > 0) console.log(`\nNever reached: ${empty.join('; ')}`);
	return tally.failed + small.failed + empty.length === 0;
}

async function hunt(of: Simulated, seed: number): Promise<boolean> {
	let alive = 0;
	for (const mutant of of.mutants) {
		const { killedBy, histories } = await huntMutant(of, mutant, seed);
		if (killedBy === undefined) alive += 1;
		const found = killedBy
			? `killed after ${histories} histories, seed ${killedBy.seed}: ${killedBy.property}`
			: `ALIVE after ${histories} histories`;
		console.log(`${of.name.padEnd(9)} ${mutant.name.padEnd(58)} ${found}`);
	}
	return alive === 0;
}

async function main(): Promise<boolean> {
	const seed = number(values.seed, 'seed');
	if (values.share !== undefined) {
		const done = await doShare(JSON.parse(values.share) as Share);
		await new Promise((resolve) => process.send?.(done, resolve));
		return true;
	}
	const systems = values.system === undefined ? SYSTEMS : [systemNamed(values.system)];
	if (values.trace) {
		const [of] = systems;
		console.log((await traceOf(of, of.scenarioOf(seed), of.loadEngine())).join('\n'));
		return true;
	}
	let fine = true;
	for (const of of systems) {
		const histories = number(values.histories ?? String(of.histories), 'histories');
		const passed = values.mutants
			? await hunt(of, seed)
			: await simulate(of, histories, seed, number(values.workers, 'workers'));
		fine &&= passed;
	}
	return fine;
}

void main().then((fine) => {
	process.exitCode = fine ? 0 : 1;
	process.disconnect?.();
});
