import type { Item } from '../history';
import { checkCalm, checkEnds, hadDoubt, untrueOf } from '../everyHistory';
import type { Judgement } from '../simulated';
import type { KeyedHistory } from './keyedHistory';
import type { KeyedAsk } from './keyedScenario';
import type { KeyedCommit } from './keyedVendor';

/** What nobody can guarantee from outside: counted and printed, never a pass. */
export const KEYED_OPEN_COLUMNS = [
	'two processes, or one that has lost its memory, each writing before it could see the other',
	'a change is sent again, acts late, or is told as not done, after somebody had undone it',
	'the vendor does not show what it has done, or not in the way that tells what it is',
	'a second call acts again, and the vendor ignores keys',
] as const;

type OpenColumn = (typeof KEYED_OPEN_COLUMNS)[number];
type Open = Partial<Record<OpenColumn, number>>;

/** What only a system knows of its states. */
export interface Truths<A, S> {
	/** Is it as the item asked? */
	isWanted(item: Item<A>, state: S): boolean;
	/** The vendor has taken it up, and completes it later. */
	isBegun(item: Item<A>, state: S): boolean;
	/** Does an effect of this operation undo one of that? */
	undoes(operation: string, earlier: string): boolean;
	/**
	 * Does the vendor not show the effect of `earlier`, or not in the way that tells what it is?
	 * `before` are the effects until then; `remembered` where the same process has seen it.
	 */
	hides(earlier: KeyedCommit, before: readonly KeyedCommit[], remembered: boolean): boolean;
	/** A second call acts again, and no key keeps it from that. */
	unprotected: boolean;
	/** What the vendor shows may be behind what is true. */
	lags: boolean;
}

/** Holds a history that has come to its end against all properties. */
export function judgeKeyed<A extends KeyedAsk, S>(
	history: KeyedHistory<A, S>,
	truths: Truths<A, S>,
): Judgement {
	const open: Open = {};
	checkEnds(history as never);
	checkEffects(history, truths, open);
	checkKeys(history);
	for (const item of history.items) checkOutcome(history, truths, item, open);
	return { findings: history.findings, open };
}

function countIn(open: Open, column: OpenColumn): void {
	open[column] = (open[column] ?? 0) + 1;
}

/** Committed effects are never more than distinct changes; a change undone by somebody counts anew. */
function checkEffects<A extends KeyedAsk, S>(
	history: KeyedHistory<A, S>,
	{ undoes, hides, unprotected }: Truths<A, S>,
	open: Open,
): void {
	const count = (column: OpenColumn) => countIn(open, column);
	const effects = history.vendor.commits.filter(({ effect }) => effect);
	for (const [i, later] of effects.entries()) {
		if (later.item === null) continue;
		const own = history.items[later.item];
		const before = effects.slice(0, i).filter(({ thing }) => thing === later.thing);
		const earlier = [...before]
			.reverse()
			.find(
				({ item, operation }) =>
					item !== null &&
					operation === later.operation &&
					history.items[item].change.key === own.change.key,
			);
		if (earlier === undefined) continue;
		const between = before.slice(before.indexOf(earlier) + 1);
		const undone = between.some(({ operation }) => undoes(operation, earlier.operation));
		const other = history.items[earlier.item as number];
		const decidedAt = Math.min(own.decidedAt, other.decidedAt);
		const late = before.some(
			({ at, operation }) => at > decidedAt && undoes(operation, earlier.operation),
		);
		if (undone) {
			if (earlier.item === later.item) count(KEYED_OPEN_COLUMNS[1]);
		} else if (late) {
			count(KEYED_OPEN_COLUMNS[1]);
		} else if (other.run.life !== own.run.life && own.decidedAt <= earlier.at) {
			count(KEYED_OPEN_COLUMNS[0]);
		} else if (unprotected) {
			count(KEYED_OPEN_COLUMNS[3]);
		} else if (earlier.item !== later.item && hides(earlier, before, remembers(other, own))) {
			count(KEYED_OPEN_COLUMNS[2]);
		} else {
			history.find('two effects', `items ${other.index} and ${own.index} both ${later.operation}`);
		}
	}
}

/** An answer that is kept for a key is only ever given to the same execution. */
function checkKeys<A extends KeyedAsk, S>(history: KeyedHistory<A, S>): void {
	const { vendor, items } = history;
	for (const { first, item } of vendor.replays) {
		if (first === null || item === null) continue;
		if (items[first].run.execution !== items[item].run.execution) {
			history.find('foreign key', `item ${item} gets the answer of item ${first}`);
		}
	}
}

/** The process of the later item has seen the effect of the earlier one. */
function remembers(earlier: Item, later: Item): boolean {
	const seen = earlier.outcome?.outcome === 'changed' && earlier.outcome.after !== null;
	return earlier.run.life === later.run.life && seen;
}

/** What an item reported was true at some instant between its first and last request. */
function checkOutcome<A extends KeyedAsk, S>(
	history: KeyedHistory<A, S>,
	{ isWanted, isBegun, undoes, lags }: Truths<A, S>,
	item: Item<A>,
	open: Open,
): void {
	const { outcome, ask, run } = item;
	if (outcome === null) return;
	const { vendor } = history;
	const own = vendor.commits.filter((commit) => commit.item === item.index);
	const accepted =
		own.length > 0 || vendor.replays.some((one) => one.item === item.index && one.status === 200);
	const exists = vendor.things.includes(ask.subscription);
	const states = exists ? vendor.truths(ask.subscription, run.startedAt, item.endedAt) : [];
	const untrue = untrueOf(history, item, item.change.operation);
	const wanted = states.some((state) => isWanted(item, state));
	const confirmed = outcome.verification === 'confirmed';

	switch (outcome.outcome) {
		case 'changed':
			if (confirmed && !wanted) untrue('never so in truth');
			if (!confirmed && !accepted && !states.some((state) => isBegun(item, state))) {
				untrue('the vendor carried out nothing');
			}
			return;
		case 'unchanged':
			if (own.some(({ effect }) => effect)) untrue('it changed something');
			if (confirmed && !wanted && !lags) untrue('never so in truth');
			return;
		case 'refused':
		case 'notTried':
			if (own.length > 0) untrue('the vendor carried it out');
			return;
		case 'planned':
			if (item.writes > 0) untrue('it was sent');
			return;
		case 'failed':
			if (outcome.reason?.code === 'contradicted') {
				if (!accepted) untrue('there is nothing to contradict');
				if (!lags && states.every((state) => isWanted(item, state))) untrue('no contradiction');
			} else if (own.length > 0) {
				const undone = vendor.commits.some(
					({ thing, at, operation, item: by }) =>
						thing === ask.subscription &&
						by !== item.index &&
						own[0].at <= at &&
						at <= item.endedAt &&
						undoes(operation, own[0].operation),
				);
				if (undone) countIn(open, KEYED_OPEN_COLUMNS[1]);
				else untrue('the vendor carried it out');
			}
			if (!lags) checkCalm(history as never, item as never);
			return;
		case 'unknown':
			if (!hadDoubt(history as never, item as never)) untrue('nothing was doubtful');
	}
}
