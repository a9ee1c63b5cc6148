import type { PeriodState } from '../../../../nodes/Nexudus/pausePeriod/periodState';
import { startOfDay } from '../../../../sandbox/vendor/location';
import { checkCalm, checkEnds, checkSignIns, hadDoubt, untrueOf } from '../everyHistory';
import type { Item as AnyItem } from '../history';
import type { Judgement } from '../simulated';
import { wantedDay, wantedNotes, type PeriodHistory as History } from './periodHistory';
import type { PeriodAsk } from './periodScenario';
import { overlap, type Period, type PeriodCommit } from './periodVendor';

/** What nobody can guarantee from outside: counted and printed, never a pass. */
export const PERIOD_OPEN_COLUMNS = [
	'overlap: two processes, or one that has lost its memory, each writing before it could see the other',
	'overlap: somebody else makes or moves a pause between our read and our write',
	'overlap: a request of another process, or of one that has died, acts after it was given up',
	'overlap: the list lags behind what somebody else or another process has done',
	'the list lags behind a create that was answered with an error and had acted',
	'overlap: one pause made and one deleted while the pages of a list are read hide a third',
	'put: what somebody else or another process changed between our read and our write is overwritten',
	'put: a request that was given up acts late and overwrites what was done since',
	'a change acts late, or is sent again, after somebody had undone it',
	'contradicted: a list that lags or is torn shows a new pause of somebody else, and not ours',
	"overlap: the list lags behind an update of the same process that the period's own record shows",
] as const;

type OpenColumn = (typeof PERIOD_OPEN_COLUMNS)[number];
type Item = AnyItem<PeriodAsk>;
type Count = (column: OpenColumn) => void;

/** Holds a history that has come to its end against all properties. */
export function judgePeriods(history: History): Judgement {
	const open: Partial<Record<OpenColumn, number>> = {};
	const count: Count = (column) => (open[column] = (open[column] ?? 0) + 1);
	checkEnds(history as never);
	checkSignIns(history as never);
	for (const [i, commit] of history.vendor.commits.entries()) {
		if (commit.item === null || !commit.effect) continue;
		const item = history.items[commit.item];
		if (commit.operation === 'create') checkTwice(history, commit, i, item, count);
		if (movesDays(commit)) {
			checkOverlaps(history, commit, item, count);
			checkContract(history, commit);
		}
		if (commit.operation === 'update') {
			checkPut(history, commit, item, count);
			if (commit.late) checkUndoesOurs(history, commit, item);
		}
	}
	for (const item of history.items) checkOutcome(history, item, count);
	return { findings: history.findings, open };
}

function movesDays({ before, after }: PeriodCommit): boolean {
	return after !== null && (before?.from !== after.from || before.until !== after.until);
}

/** One ask makes one period; one that somebody has taken away or moved meanwhile counts anew. */
function checkTwice(
	{ vendor }: History,
	commit: PeriodCommit,
	i: number,
	item: Item,
	count: Count,
): void {
	const first = vendor.commits
		.slice(0, i)
		.find((one) => one.operation === 'create' && one.item === item.index);
	if (first === undefined) return;
	const now = vendor.periodAt(first.period, commit.at);
	if (now !== null && now.from === first.after?.from && now.until === first.after.until) {
		// It overlaps itself: the vendor takes that, and checkOverlaps says why.
		return;
	}
	count(PERIOD_OPEN_COLUMNS[8]);
}

/** No write of ours makes two pauses of a contract at the same time. */
function checkOverlaps(history: History, commit: PeriodCommit, item: Item, count: Count): void {
	const { vendor, scenario } = history;
	const { at: decidedAt, lists } = decisionOf(history, item);
	const { listLag } = scenario.readings;
	for (const other of commit.others) {
		if (!overlap(other, commit.after as Period)) continue;
		const { by, at } = whoMade(history, other, commit.at);
		const life = by?.item == null ? null : history.items[by.item].run.life;
		const ours = life === item.run.life;
		const unseen = at > decidedAt;
		if (ours && by !== undefined) {
			const maker = history.items[by.item as number];
			const unlisted = at > decidedAt - listLag && listLag > 0;
			if (unlisted && isLateList(history, maker)) count(PERIOD_OPEN_COLUMNS[4]);
			else if (unlisted && by.operation === 'update') count(PERIOD_OPEN_COLUMNS[10]);
			else history.find('two pauses at once', `${textOf(commit)} over ${textOf(by)}`);
		} else if (unseen && (commit.late || by?.late)) count(PERIOD_OPEN_COLUMNS[2]);
		else if (unseen) count(PERIOD_OPEN_COLUMNS[life === null ? 1 : 0]);
		else if (at > decidedAt - listLag) count(PERIOD_OPEN_COLUMNS[3]);
		else if (lists.some((list) => isTorn(vendor.commits, list))) count(PERIOD_OPEN_COLUMNS[5]);
		else history.find('two pauses at once', `${textOf(commit)} over period ${other.id}`);
	}
}

/** What this process has changed since is not undone by a request of it that acts late. */
function checkUndoesOurs(
	history: History,
	late: PeriodCommit,
	{ change, run, endedAt }: Item,
): void {
	const undone = history.vendor.commits.find(({ item, period, operation, effect, at }) => {
		if (item === null || period !== late.period || operation !== 'update' || !effect) return false;
		const other = history.items[item];
		const isOfUs = other.run.life === run.life && other.change.key !== change.key;
		return isOfUs && at > endedAt && at < late.at;
	});
	if (undone) history.find('undoes its own', `${textOf(late)} over ${textOf(undone)}`);
}

/** No write of ours pauses a contract that has ended, or beyond its end. */
function checkContract(history: History, commit: PeriodCommit): void {
	const { contract: id, until } = commit.after as Period;
	const contract = history.scenario.contracts.find((one) => one.id === id);
	if (contract === undefined) return;
	const { active, cancelled, endsOn, zone } = contract;
	const ends = endsOn === null ? Infinity : startOfDay(endsOn, zone);
	if (cancelled || !active || until > ends) history.find('paused beyond its end', textOf(commit));
}

/** A create of its was answered with an error, and the list that follows may not show it yet. */
function isLateList({ scenario, errored }: History, { ask, index }: Item): boolean {
	return scenario.readings.listLag > 0 && ask.operation === 'create' && errored.has(index);
}

/** Somebody has taken away or changed again what a write has done. */
function isUndone({ vendor, items }: History, done: PeriodCommit, until: number): boolean {
	return vendor.commits.some(
		(other) =>
			other.period === done.period &&
			other.effect &&
			other.at >= done.at &&
			other.at <= until &&
			(other.item === null || items[other.item] !== items[done.item as number]),
	);
}

/** A list that lags, or is torn, shows a period that another hand, process or item has made, and not ours. */
function showsOther(history: History, { outcome, index, ask, run }: Item): boolean {
	const { vendor, scenario } = history;
	if (ask.operation !== 'create') return false;
	const torn = history.listsOf(run).some((list) => isTorn(vendor.commits, list));
	if (scenario.readings.listLag === 0 && !torn) return false;
	const after = (outcome?.after as PeriodState | null)?.periods ?? [];
	return after.some(({ id }) =>
		vendor.commits.some(
			({ operation, period, item }) => operation === 'create' && period === id && item !== index,
		),
	);
}

function textOf({ operation, period, item, late }: PeriodCommit): string {
	return `${operation} ${period} of item ${item}${late ? ', late' : ''}`;
}

function decisionOf({ decisions }: History, { index }: Item) {
	return decisions.get(index) ?? { at: Infinity, recordAt: Infinity, lists: [] };
}

/** The commit that gave a period its days, and when. */
function whoMade({ vendor }: History, period: Period, until: number) {
	const by = vendor.commits
		.filter((one) => one.period === period.id && one.at <= until && one.effect && movesDays(one))
		.at(-1);
	return { by, at: by?.at ?? -Infinity };
}

/** A deletion moves rows over the edge of a page, and a new row keeps the count as it was. */
function isTorn(commits: readonly PeriodCommit[], list: { first: number; last: number }): boolean {
	const meanwhile = commits.filter(({ at }) => at >= list.first && at <= list.last);
	return ['create', 'delete'].every((one) => meanwhile.some(({ operation }) => operation === one));
}

/** A put changes what is named and nothing else. */
function checkPut(history: History, commit: PeriodCommit, item: Item, count: Count): void {
	const { before, after, at } = commit;
	const { ask } = item;
	if (before === null || after === null || ask.operation !== 'update') return;
	const named = {
		from: ask.from !== undefined,
		until: ask.until !== undefined,
		notes: ask.notes !== undefined || ask.reason !== null || ask.requestedBy !== null,
		systemId: false,
	};
	const changed = (['from', 'until', 'notes', 'systemId'] as const).filter(
		(name) => !named[name] && before[name] !== after[name],
	);
	if (changed.length === 0) return;
	const since = decisionOf(history, item).recordAt;
	const others = history.vendor.commits.filter(
		(one) => one !== commit && one.period === commit.period && one.at > since && one.at <= at,
	);
	const ours = others.filter(
		(one) => one.item !== null && history.items[one.item].run.life === item.run.life,
	);
	if (commit.late) count(PERIOD_OPEN_COLUMNS[7]);
	else if (others.length > ours.length) count(PERIOD_OPEN_COLUMNS[6]);
	else if (ours.some(({ late }) => late)) count(PERIOD_OPEN_COLUMNS[7]);
	else history.find('whole record', `${textOf(commit)} changes ${changed.join(', ')} too`);
}

/** What an item reported was true at some instant between its first and last request. */
function checkOutcome(history: History, item: Item, count: Count): void {
	const { outcome, ask, run } = item;
	if (outcome === null) return;
	const { vendor } = history;
	const own = vendor.commits.filter((commit) => commit.item === item.index);
	const untrue = untrueOf(history, item, ask.operation);
	const carriedOut = () => {
		if (isLateList(history, item)) count(PERIOD_OPEN_COLUMNS[4]);
		else if (own.every((commit) => isUndone(history, commit, item.endedAt))) {
			count(PERIOD_OPEN_COLUMNS[8]);
		} else untrue('the vendor carried it out');
	};
	const from = run.startedAt - history.scenario.readings.listLag;
	const wanted = () => isWanted(history, item, from);
	switch (outcome.outcome) {
		case 'changed':
			if (outcome.verification !== 'confirmed') {
				if (own.length === 0) untrue('the vendor carried out nothing');
			} else if (!wanted()) untrue('never so in truth');
			else if (!isShown(history, item, from)) untrue('what it shows never was');
			return;
		case 'unchanged':
			if (own.some(({ effect }) => effect)) {
				if (isLateList(history, item)) count(PERIOD_OPEN_COLUMNS[4]);
				else untrue('it changed something');
			}
			if (outcome.verification === 'confirmed' || ask.operation === 'delete') {
				if (!wanted()) untrue('never so in truth');
			} else if (!wanted() && !sentBefore(history, item)) untrue('nobody sent it before');
			return;
		case 'refused':
		case 'notTried':
			if (own.length > 0) carriedOut();
			return;
		case 'planned':
			if (item.writes > 0) untrue('it was sent');
			return;
		case 'failed':
			if (outcome.reason?.code === 'contradicted') {
				if (own.length === 0) untrue('there is nothing to contradict');
				if (isWanted(history, item, run.startedAt, 'always')) {
					if (showsOther(history, item)) count(PERIOD_OPEN_COLUMNS[9]);
					else untrue('no contradiction');
				}
			} else if (own.length > 0) carriedOut();
			// A list that changes with each of its pages comes to no end.
			if (history.scenario.betweenPages === 0) checkCalm(history as never, item as never);
			return;
		case 'unknown':
			if (!hadDoubt(history as never, item as never)) untrue('nothing was doubtful');
	}
}

/** Was it as the item asked at some instant, or from its last write on always? */
function isWanted(
	history: History,
	{ ask, endedAt, index }: Item,
	from: number,
	when: 'once' | 'always' = 'once',
): boolean {
	const { vendor, scenario } = history;
	if (ask.operation === 'delete') {
		const versions = vendor.versionsOf(ask.pausePeriodId, from, endedAt);
		if (when === 'once') return versions.includes(null);
		return vendor.periodAt(ask.pausePeriodId, endedAt) === null;
	}
	const contractId = history.contractOf(ask);
	const contract = scenario.contracts.find(({ id }) => id === contractId);
	if (contract === undefined) return false;
	const instant = (day: string | undefined) =>
		day === undefined
			? undefined
			: startOfDay(wantedDay(contract, day, ask.onOffCycleDate), contract.zone);
	const exact = (day: string | undefined) =>
		day === undefined ? undefined : startOfDay(day, contract.zone);
	const fits = (period: Period | null) =>
		period !== null &&
		[instant(ask.from), exact(ask.from), undefined].includes(
			ask.from === undefined ? undefined : period.from,
		) &&
		[instant(ask.until), exact(ask.until), undefined].includes(
			ask.until === undefined ? undefined : period.until,
		) &&
		(ask.operation === 'create' ||
			ask.notes === undefined ||
			period.notes === wantedNotes(ask.notes, ask));
	const ids = ask.operation === 'create' ? vendor.periodsOf(contract.id) : [ask.pausePeriodId];
	if (when === 'once') {
		return ids.some((id) => vendor.versionsOf(id, from, endedAt).some(fits));
	}
	const last = vendor.commits.filter(({ item }) => item === index).at(-1);
	return ids.some((id) => vendor.versionsOf(id, last?.at ?? endedAt, endedAt).every(fits));
}

/** The period that `after` shows is one that there was. */
function isShown(history: History, { outcome, endedAt }: Item, from: number): boolean {
	const shown = (outcome?.after as PeriodState | null)?.period;
	if (shown == null) return true;
	return history.vendor
		.versionsOf(shown.id, from, endedAt)
		.some(
			(period) =>
				period !== null &&
				period.from === Date.parse(shown.fromUtc ?? '') &&
				period.until === Date.parse(shown.untilUtc ?? '') &&
				(!('Notes' in shown.raw) || period.notes === shown.notes),
		);
}

/** "Sent before and accepted": then it was. */
function sentBefore({ vendor, items }: History, item: Item): boolean {
	return vendor.commits.some(
		({ item: by, at }) =>
			by !== null && at <= item.endedAt && items[by].change.key === item.change.key,
	);
}
