import type { Item as AnyItem } from './history';
import type { NexudusHistory as History } from './nexudusHistory';
import { DAY, type Ask } from './scenario';
import { checkCalm, checkEnds, checkSignIns, hadDoubt, untrueOf } from './everyHistory';
import type { Judgement } from './simulated';
import type { Commit, Pause } from './vendor';

/**
 * What nobody can guarantee from outside, in the readings where the vendor neither shows a pause
 * nor refuses a second one. Documented, counted and printed; never a pass.
 */
export const OPEN_COLUMNS = [
	'hidden and extends: a second pause after the memory was lost, or from another process',
	'visible and extends: two processes, each writing before it could see the other',
	'a change without an answer acts late, or is sent again, after somebody had undone it',
	'a resume at end repeated, nothing changed: memory lost, or another process',
	'a resume at end repeated, nothing changed: same process',
] as const;

export type OpenColumn = (typeof OPEN_COLUMNS)[number];

type Item = AnyItem<Ask>;
type Open = Partial<Record<OpenColumn, number>>;

/** Holds a history that has come to its end against all properties. */
export function judge(history: History): Judgement {
	const open: Open = {};
	checkEnds(history as never);
	checkSignIns(history as never);
	checkCommits(history, open);
	for (const item of history.items) checkOutcome(history, item);
	return { findings: history.findings, open };
}

/** No change has two effects; a change undone by somebody counts anew. */
function checkCommits(history: History, open: Open): void {
	const perItem = new Map<number, Commit>();
	const standing = new Map<string, Commit>();
	for (const commit of history.vendor.commits) {
		const item = commit.item === null ? undefined : history.items[commit.item];
		if (commit.before === null) {
			// The pause is over: a new one is a new effect.
			forget(standing, commit.contract, 'pause');
		}
		if (commit.effect) {
			forget(standing, commit.contract, commit.operation === 'pause' ? 'resume' : 'pause');
		}
		if (item === undefined) continue;
		if (commit.effect) {
			const first = perItem.get(item.index);
			if (first && undoneBetween(history, first, commit)) count(open, OPEN_COLUMNS[2]);
			else if (first) history.find('two effects', `item ${item.index} acts twice`);
			perItem.set(item.index, commit);
		}
		const name = `${commit.contract} ${commit.operation === 'pause' ? 'pause' : 'resume'} ${item.change.key}`;
		const earlier = standing.get(name);
		if (earlier) countDouble(history, earlier, commit, open);
		if (commit.effect || !earlier) standing.set(name, commit);
	}
}

function count(open: Open, column: OpenColumn): void {
	open[column] = (open[column] ?? 0) + 1;
}

/** Between two effects of one item, somebody has undone the first. */
function undoneBetween(history: History, first: Commit, second: Commit): boolean {
	const pauses = first.operation === 'pause';
	return history.vendor.commits.some(
		({ contract, operation, effect, at }) =>
			contract === first.contract &&
			effect &&
			(operation === 'pause') !== pauses &&
			at >= first.at &&
			at <= second.at,
	);
}

function forget(standing: Map<string, Commit>, contract: number, kind: string): void {
	for (const name of standing.keys()) {
		if (name.startsWith(`${contract} ${kind} `)) standing.delete(name);
	}
}

function countDouble(history: History, earlier: Commit, later: Commit, open: Open): void {
	const [a, b] = [history.items[earlier.item as number], history.items[later.item as number]];
	const apart = a.run.life !== b.run.life;
	const { scheduled, secondPause } = history.scenario.readings;
	if (!later.effect) return count(open, OPEN_COLUMNS[apart ? 3 : 4]);
	if (later.operation === 'pause' && secondPause === 'extends' && apart) {
		if (scheduled === 'hidden') return count(open, OPEN_COLUMNS[0]);
		if (b.decidedAt < earlier.at) return count(open, OPEN_COLUMNS[1]);
	}
	history.find('two effects', `items ${a.index} and ${b.index} both ${later.operation}`);
}

/** What an item reported was true at some instant between its first and last request. */
function checkOutcome(history: History, item: Item): void {
	const { outcome, ask, run } = item;
	if (outcome === null) return;
	const { vendor } = history;
	const commits = vendor.commits.filter((commit) => commit.item === item.index);
	const exists = history.scenario.contracts.some(({ id }) => id === ask.contractId);
	const truths = exists ? vendor.truths(ask.contractId, run.startedAt, item.endedAt) : [null];
	const untrue = untrueOf(history, item, ask.operation);

	switch (outcome.outcome) {
		case 'changed':
			if (outcome.verification === 'confirmed') {
				if (!truths.some((truth) => isWanted(history, item, truth))) untrue('never so in truth');
			} else if (commits.length === 0) untrue('the vendor carried out nothing');
			return;
		case 'unchanged':
			if (commits.some(({ effect }) => effect)) untrue('it changed something');
			if (outcome.verification === 'confirmed') {
				if (!truths.some((truth) => isThere(history, item, truth))) untrue('never so in truth');
			} else if (ask.operation === 'pause') {
				checkSentBefore(history, item, untrue);
			} else if (!saidBefore(history, item) && !couldBeNone(history, item)) {
				untrue('it showed a pause all the time');
			}
			return;
		case 'refused':
		case 'notTried':
			if (commits.length > 0) untrue('the vendor carried it out');
			return;
		case 'planned':
			if (item.writes > 0) untrue('it was sent');
			return;
		case 'failed':
			if (outcome.reason?.code === 'contradicted') {
				if (commits.length === 0) untrue('there is nothing to contradict');
				if (
					ask.operation !== 'resumeAtEnd' &&
					truths.every((truth) => isWanted(history, item, truth))
				) {
					untrue('no contradiction');
				}
			} else if (commits.length > 0) untrue('the vendor carried it out');
			checkCalm(history as never, item);
			return;
		case 'unknown':
			if (!hadDoubt(history as never, item)) untrue('nothing was doubtful');
	}
}

/** The wanted state, exactly. */
function isWanted(history: History, { ask, run, endedAt }: Item, truth: Pause | null): boolean {
	if (ask.operation === 'pause') {
		return truth !== null && history.vendor.cyclesOf(ask.contractId, truth) === ask.cycles;
	}
	if (truth === null) return true;
	// A pause that ends today cannot be told from a resume that is effective today.
	if (ask.operation === 'resumeNow') return truth.until <= endedAt + DAY;
	const before = history.vendor.truth(ask.contractId, run.startedAt);
	return (
		history.vendor.commits.some(
			({ contract, after, before: was }) =>
				contract === ask.contractId && after !== null && was !== null && after.until < was.until,
		) ||
		(before !== null && truth.until < before.until)
	);
}

/** What `unchanged` says: a pause as asked, or one that does not matter; or no pause. */
function isThere(history: History, item: Item, truth: Pause | null): boolean {
	const { ask, outcome } = item;
	if (truth === null) return ask.operation !== 'pause';
	if (ask.operation === 'resumeNow') return false;
	if (ask.operation === 'resumeAtEnd') {
		// An earlier one has moved the end, and the pause still ends before it did.
		return history.vendor.commits.some(
			({ contract, operation, before, effect }) =>
				contract === ask.contractId &&
				operation === 'resumeAtEnd' &&
				effect &&
				before !== null &&
				truth.until < before.until,
		);
	}
	const asAsked = history.vendor.cyclesOf(ask.contractId, truth) === ask.cycles;
	// Null: it says itself that it could not compare.
	return asAsked || ask.ifAlreadyPaused === 'accept' || outcome?.sameAsAsked === null;
}

/** "Sent before and accepted": then it was, and none of ours has undone it since. */
function checkSentBefore(history: History, item: Item, untrue: (why: string) => void): void {
	const { vendor, items } = history;
	const ofContract = vendor.commits.filter(
		({ contract, at }) => contract === item.ask.contractId && at <= item.endedAt,
	);
	const mine = ofContract.filter(
		({ item: by }) => by !== null && items[by].change.key === item.change.key,
	);
	const last = mine.at(-1);
	if (last === undefined) return untrue('nobody sent it before');
	const undone = ofContract.some(
		({ at, item: by, operation, effect }) =>
			at > last.at &&
			effect &&
			by !== null &&
			items[by].run.life === item.run.life &&
			operation !== 'pause',
	);
	if (undone) untrue('a resume of ours has undone it');
}

function saidBefore(history: History, item: Item): boolean {
	return history.vendor.commits.some(
		({ item: by, at }) =>
			by !== null && at <= item.endedAt && history.items[by].change.key === item.change.key,
	);
}

function couldBeNone(history: History, { ask, run, endedAt }: Item): boolean {
	const { vendor } = history;
	if (!vendor.shows(ask.contractId, run.startedAt) || !vendor.shows(ask.contractId, endedAt)) {
		return true;
	}
	return vendor.truths(ask.contractId, run.startedAt, endedAt).includes(null);
}
