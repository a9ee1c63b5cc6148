import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../../guarded-change/change';
import type { Presentation } from '../../../n8n/changeOutput';
import { adminApi } from '../operator/adminApi';
import { periodWords } from './periodWords';
import { startOfDay } from './localDay';
import type { PeriodChange } from './periodChange';
import { periodRequest } from './periodRequest';
import { daysOf, overlapping, sameAs, type WantedDays } from './wantedDays';
import { phaseOf, type PausePeriod, type PeriodState } from './periodState';
import { periodStateView } from './periodView';

const VERBS = { create: 'creation', update: 'update', delete: 'deletion' };

/** How changes of pause periods show in the output. */
export const periodPresentation: Presentation<PeriodChange, PeriodState> = {
	system: 'nexudus',
	words: periodWords,
	subject: (change) => ({
		verb: VERBS[change.operation],
		thing:
			change.operation === 'create'
				? `a pause period of contract ${change.contractId}`
				: `pause period ${change.pausePeriodId}`,
	}),
	ids,
	operation: ({ operation }) => operation,
	request: (change, before) => periodRequest(adminApi(change.portal), change, before),
	body: ({ body }) => JSON.parse(body ?? '{}') as IDataObject,
	state: ({ period, contract, asOf }) => periodStateView(period, contract, asOf),
	sameAsAsked,
	expectedDates,
	audit: (change, { before }) => ({
		actAs: 'operator',
		operator: change.account,
		// With the period its notes are gone, so they are kept here.
		...(change.operation === 'delete' && { notes: before?.period?.notes ?? null }),
	}),
	hint,
	failureNote,
};

function ids(change: PeriodChange, outcome: Outcome<PeriodState>): IDataObject {
	const { before, after } = outcome;
	if (change.operation === 'create') {
		const made = outcome.outcome === 'changed' || outcome.outcome === 'unchanged';
		return { pausePeriodId: (made && after?.period?.id) || null, contractId: change.contractId };
	}
	const { pausePeriodId } = change;
	return { pausePeriodId, contractId: before?.period?.contractId ?? null };
}

function sameAsAsked(
	change: PeriodChange,
	{ before, after }: Outcome<PeriodState>,
): boolean | null {
	if (before === null || after === null) return null;
	if (change.operation === 'delete') return after.period === null;
	if (change.operation === 'create')
		return sameAs(after.periods, daysOf(change, before)) !== undefined;
	return after.period !== null && sameAs([after.period], daysOf(change, before)) !== undefined;
}

function expectedDates(change: PeriodChange, before: PeriodState): IDataObject | null {
	if (change.operation === 'delete') return null;
	const { from, until } = daysOf(change, before);
	const zone = before.contract?.zone.name ?? null;
	const instant = (day: string | null) =>
		day === null || zone === null ? null : startOfDay(day, zone);
	return {
		pausedFromLocal: from,
		pausedUntilLocal: until,
		pausedFromUtc: instant(from) ?? before.period?.fromUtc ?? null,
		pausedUntilUtc: instant(until) ?? before.period?.untilUtc ?? null,
		timeZone: zone,
		inferred: true,
	};
}

/** What Nexudus charges for a pause that is lifted or shortened by its record is not documented [?]. */
function hint(change: PeriodChange, outcome: Outcome<PeriodState>): string | undefined {
	const { before, plan } = outcome;
	const isPlanned = outcome.outcome === 'planned' && plan?.do === 'write';
	if (before === null || (outcome.outcome !== 'changed' && !isPlanned)) return undefined;
	if (change.operation === 'delete') {
		return phaseOf(before.period, before.asOf) === 'active'
			? 'The pause had begun: the contract is charged again. Whether Nexudus invoices the rest of the cycle at once is not documented.'
			: undefined;
	}
	const days = daysOf(change, before);
	const twin = change.operation === 'create' ? twinNote(outcome.after, days) : undefined;
	if (twin !== undefined) return twin;
	if (endsEarlier(before, days)) {
		return 'The pause had begun and ends earlier now: the contract is charged again from that day on. Whether Nexudus invoices it at once or with the next cycle is not documented.';
	}
	const { from } = days;
	const invoiced = before.contract?.invoicedUntil ?? null;
	return from !== null && invoiced !== null && invoiced > from
		? `Nexudus has invoiced this contract up to ${invoiced} already, which is after the pause begins.`
		: undefined;
}

function endsEarlier({ period, asOf }: PeriodState, { until }: WantedDays): boolean {
	if (phaseOf(period, asOf) !== 'active' || period?.until == null) return false;
	return until !== null && until < period.until;
}

/** A vendor that lets pauses overlap may have got another one between our read and our write. */
function twinNote(after: PeriodState | null, days: WantedDays): string | undefined {
	const mine = after?.period ?? null;
	if (after === null || mine === null) return undefined;
	const others = after.periods.filter(({ id }) => id !== mine.id);
	const twin = overlapping(others, days);
	if (twin === undefined) return undefined;
	return `Somebody else has made a pause at that time too: Nexudus shows ${numbered(mine)} and ${numbered(twin)}. Delete the one that is not wanted.`;
}

const numbered = ({ id, from, until }: PausePeriod) =>
	`${from ?? '?'} to ${until ?? '?'} (pause period ${id})`;

/** A vendor that takes other days than it was given: the days that it shows are named. */
function failureNote(change: PeriodChange, outcome: Outcome<PeriodState>): string | undefined {
	const { before, after, reason } = outcome;
	if (reason?.code !== 'contradicted' || after === null) return undefined;
	if (change.operation === 'delete') return 'Nexudus still shows the pause period.';
	const known = new Set(before?.periods.map(({ id }) => id));
	const made =
		change.operation === 'create'
			? after.periods.filter(({ id }) => !known.has(id))
			: [after.period];
	const shown = made.flatMap((period) => (period ? numbered(period) : []));
	return shown.length > 0
		? `Nexudus shows ${shown.join(' and ')}: delete or update it if that is not wanted.`
		: 'Nexudus shows no such pause period.';
}
