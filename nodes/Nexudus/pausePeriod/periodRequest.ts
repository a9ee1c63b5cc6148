import type { HttpRequest } from '../../../guarded-change/change';
import type { AdminApi } from '../operator/adminApi';
import type { VendorRecord } from '../vendorRecord';
import { startOfDay, type LocalDay } from './localDay';
import { notesOf } from './notes';
import type { CreateChange, PeriodChange, UpdateChange } from './periodChange';
import { daysOf } from './wantedDays';
import type { PeriodState } from './periodState';

const NOTHING_READ: PeriodState = { asOf: 0, contract: null, period: null, periods: [] };

/** The one write that a change is, exactly as it goes out. Pure. */
export function periodRequest(
	api: AdminApi,
	change: PeriodChange,
	before: PeriodState | null,
): HttpRequest {
	const state = before ?? NOTHING_READ;
	switch (change.operation) {
		case 'create':
			return api.createPeriod(newRecord(change, state));
		case 'update':
			return api.updatePeriod(wholeRecord(change, state));
		case 'delete':
			return api.deletePeriod(change.pausePeriodId);
	}
}

function newRecord(change: CreateChange, state: PeriodState): VendorRecord {
	const { from, until } = daysOf(change, state);
	const notes = notesOf(change, null);
	return {
		CoworkerContractId: change.contractId,
		PauseFrom: instantOf(from, state),
		PauseUntil: instantOf(until, state),
		...(notes !== null && { Notes: notes }),
	};
}

/** A put clears what it leaves out [D], so the record goes back whole, with what is named changed. */
function wholeRecord(change: UpdateChange, state: PeriodState): VendorRecord {
	const { period } = state;
	if (period === null) return { Id: change.pausePeriodId };
	const { from, until } = daysOf(change, state);
	const record = { ...period.raw };
	const set = (name: string, day: LocalDay | null) => {
		record[name] = instantOf(day, state);
		// A local date that contradicts its instant could win [?].
		const local = record[`${name}Local`];
		if (typeof local === 'string') {
			record[`${name}Local`] = `${day}T00:00:00${/z$/i.test(local) ? 'Z' : ''}`;
		}
	};
	if (from !== period.from) set('PauseFrom', from);
	if (until !== period.until) set('PauseUntil', until);
	return { ...record, Notes: notesOf(change, period) };
}

/** A date of the wire: the instant at which the day begins at the location, UTC without milliseconds [D]. */
function instantOf(day: LocalDay | null, { contract }: PeriodState): string | null {
	const zone = contract?.zone.name ?? null;
	return day === null || zone === null ? null : startOfDay(day, zone).replace('.000Z', 'Z');
}
