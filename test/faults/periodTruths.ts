import type { IDataObject } from 'n8n-workflow';
import type { ContractView } from '../../sandbox/vendor/contract';
import type { CommittedWrite, PeriodOperation } from '../../sandbox/vendor/world';
import type { Target } from './delivery';

type Pause = ContractView['pauses'][number];

const same = (a: Pick<Pause, 'from' | 'until'>, b: Target['period']) =>
	a.from === b?.from && a.until === b.until;

/** The pause period that a report is about, as far as there is one. */
function mine(operation: PeriodOperation, { pauses }: ContractView, target: Target) {
	return operation === 'createPeriod'
		? pauses.find((pause) => same(pause, target.period))
		: pauses.find(({ id }) => id === target.id);
}

/** Is the change there? */
export function isThere(operation: PeriodOperation, truth: ContractView, target: Target): boolean {
	const found = mine(operation, truth, target);
	if (operation === 'deletePeriod') return found === undefined;
	return found !== undefined && same(found, target.period);
}

/** Has the pause period of this number the days asked for? */
export function isNamed({ pauses }: ContractView, named: number, { period }: Target): boolean {
	return pauses.some((pause) => pause.id === named && same(pause, period));
}

/** Is what a report says under "before" or "after" so? */
export function isSo(
	operation: PeriodOperation,
	told: IDataObject,
	truth: ContractView,
	target: Target,
): boolean {
	const { pausePeriodId: id } = told;
	if (id === null) return mine(operation, truth, target) === undefined;
	return truth.pauses.some(
		(pause) =>
			// A pause has no number before an administrator has looked at it.
			(pause.id === undefined || pause.id === id) &&
			isDay(told.pausedFromLocal, told.pausedFromUtc, pause.from) &&
			isDay(told.pausedUntilLocal, told.pausedUntilUtc, pause.until) &&
			(!('notes' in told) || (told.notes ?? null) === (pause.notes ?? null)),
	);
}

const DAY = 86_400_000;

/** A day as it is told: in the location's words where its time zone is known, and as an instant. */
function isDay(local: unknown, utc: unknown, day: string): boolean {
	if (local !== null && local !== day) return false;
	return typeof utc === 'string' && Math.abs(Date.parse(utc) - Date.parse(day)) < DAY;
}

/** Pauses of a contract at the same time, in words. */
export function overlaps({ pauses }: ContractView): string[] {
	return pauses.flatMap((one, index) =>
		pauses
			.slice(index + 1)
			.filter((other) => one.from < other.until && other.from < one.until)
			.map((other) => `${one.from} to ${one.until} and ${other.from} to ${other.until}`),
	);
}

/** What a write has changed besides what the call named, in words. */
export function unnamedChanges({
	operation,
	pausePeriodId,
	before,
	after,
}: CommittedWrite): string[] {
	return before.pauses.flatMap((pause) => {
		const now = after.pauses.find(({ id }) => id === pause.id);
		const isMine = pause.id === pausePeriodId;
		if (isMine && operation === 'deletePeriod') return [];
		const named = isMine && operation === 'updatePeriod' ? { until: now?.until } : {};
		const kept = { ...pause, ...named };
		return JSON.stringify(now) === JSON.stringify(kept)
			? []
			: [`${JSON.stringify(pause)} became ${JSON.stringify(now ?? null)}`];
	});
}
