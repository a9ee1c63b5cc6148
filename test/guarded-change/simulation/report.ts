import { STEPS } from './faults';
import type { Tally } from './runHistories';
import type { Simulated } from './simulated';

/** The table of hits: how often each fault befell each step. */
export function hitTable({ faults, steps }: Simulated, hits: readonly number[]): string {
	const width = Math.max(...faults.map((fault) => fault.length));
	const columns = steps.map((step) => step.padStart(Math.max(8, step.length)));
	const lines = faults.map((fault, f) => {
		const cells = steps.map((step) =>
			String(hits[f * STEPS.length + STEPS.indexOf(step)]).padStart(Math.max(8, step.length)),
		);
		return `${fault.padEnd(width)}  ${cells.join('  ')}`;
	});
	return [`${''.padEnd(width)}  ${columns.join('  ')}`, ...lines].join('\n');
}

/** Outcomes, open columns and the hash of a run, one line each. */
export function summary(tally: Tally): string {
	const counts = (of: Record<string, number>) =>
		Object.entries(of)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, count]) => `${String(count).padStart(10)}  ${name}`);
	return [
		`${tally.histories} histories, ${tally.requests} requests, ${tally.faults} faults`,
		'Reported outcomes',
		...counts(tally.outcomes),
		'Open: nobody can guarantee these from outside',
		...counts(tally.open),
		`hash ${tally.hash.toString(16).padStart(8, '0')}`,
	].join('\n');
}

/** The first failures, and how to live through one again. */
export function failureText({ name }: Pick<Simulated, 'name'>, tally: Tally): string {
	const lines = tally.failures.map(
		({ seed, property, detail }) => `  seed ${seed}: ${property}: ${detail}`,
	);
	const [first] = tally.failures;
	return [
		`${tally.failed} histories broke a property`,
		...lines,
		`Replay: npm run simulate -- --system ${name} --seed ${first?.seed} --histories 1 --trace`,
	].join('\n');
}
