import type { History, Item } from './history';

/** Properties that hold for every system. */

/** Every run comes to its end, unless its process died. */
export function checkEnds(history: History): void {
	for (const [i, run] of history.runs.entries()) {
		if (run.life.alive && !run.done) history.find('hangs', `run ${i} never ends`);
	}
}

/** One sign-in from cold, and one for each session lost. */
export function checkSignIns(history: History): void {
	for (const [i, run] of history.runs.entries()) {
		const allowed = 1 + run.sessionsLost;
		if (run.signIns > allowed) {
			history.find('sign-in', `run ${i} signs in ${run.signIns} times, ${allowed} allowed`);
		}
	}
}

/** Where nothing goes wrong, nothing fails. */
export function checkCalm(history: History, item: Item): void {
	const { happenings, signInWorks, executions } = history.scenario;
	if (history.faults > 0 || happenings.length > 0 || !signInWorks || executions.length > 1) return;
	const code = item.outcome?.reason?.code ?? '';
	if (['vendor', 'session'].includes(code)) return;
	history.find('fails in calm', `item ${item.index}: ${code}`);
}

/** Something about the item's thing was doubtful in its process. */
export function hadDoubt(history: History, item: Item): boolean {
	const thing = history.thingOf(item.ask);
	return history.items.some(
		(other) =>
			history.thingOf(other.ask) === thing &&
			other.run.life === item.run.life &&
			(other.doubted ||
				(other.run.cancelled && other.writes > 0) ||
				(other !== item && other.writes > 0)),
	);
}

/** Says of an item that what it reported was not so. */
export function untrueOf(
	history: Pick<History, 'find'>,
	{ index, outcome }: Pick<Item, 'index' | 'outcome'>,
	operation: string,
): (why: string) => void {
	return (why) =>
		history.find(
			`untrue ${outcome?.outcome}`,
			`item ${index} (${operation}, ${outcome?.verification}): ${why}`,
		);
}
