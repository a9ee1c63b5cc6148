import type { Read, Reason } from '../../guarded-change/change';
import { runAll } from '../../guarded-change/runAll';
import type { ItemSettings } from '../../n8n/requestSettings';
import type { RequestContext } from '../../n8n/transport';
import { adminApi } from '../Nexudus/operator/adminApi';
import { adminWords } from '../Nexudus/operator/adminWords';
import { adminTools } from '../Nexudus/operator/adminTools';
import { openOperator } from '../Nexudus/operator/openOperator';
import { openPeriods, wholeRows } from '../Nexudus/pausePeriod/periodRows';
import { pausePeriod, type PausePeriod } from '../Nexudus/pausePeriod/periodState';
import { readAdminRecord } from '../Nexudus/operator/readAdminRecords';
import type { About, PauseSource, SeenContract, Sighting } from './pauseSource';
import { pauseOfPeriods } from './pauseOfPeriods';

/**
 * All contracts of the operator's location, from the list of their pause periods. A period that was
 * deleted shows by not being there; its own address says so before it counts.
 *
 * @throws UserError where the credential cannot be used
 */
export async function operatorSource(
	context: RequestContext,
	settings: ItemSettings,
): Promise<PauseSource> {
	const session = await openOperator({ context, limits: settings, settings });
	const api = adminApi(session.admin);
	const tools = adminTools(session);

	return {
		account: `${session.admin} ${session.operator}`,
		words: adminWords,
		read: async (watched): Promise<Read<Sighting>> => {
			const list = await openPeriods(api, tools, {});
			if (!list.known) return list;
			const rows = await wholeRows(list, api, tools);
			if (!rows.known) return rows;
			const { records, now } = rows.value;
			const periods = records.map((record) => pausePeriod(record, null));
			const listed = new Set(periods.map(({ id }) => id));
			const unread = new Map<number, Reason>();

			const missing = [...watched].filter(
				([, { pausePeriodId }]) => !listed.has(idOf(pausePeriodId)),
			);
			await runAll({
				items: missing,
				width: settings.concurrency,
				stopped: () => false,
				skipped: () => undefined,
				work: async ([contractId, { pausePeriodId }]) => {
					const id = idOf(pausePeriodId);
					const read = await readAdminRecord(api.period(id), id, tools);
					if (!read.known) unread.set(contractId, read.reason);
					else if (read.value.record) periods.push(pausePeriod(read.value.record, null));
				},
			});
			return {
				...rows,
				value: { now, seen: seenIn(periods, watched, unread, now), gone: new Set(), unread },
			};
		},
	};
}

function seenIn(
	periods: readonly PausePeriod[],
	watched: ReadonlyMap<number, About>,
	unread: ReadonlyMap<number, Reason>,
	now: number,
): Map<number, SeenContract> {
	const byContract = new Map<number, PausePeriod[]>();
	for (const contractId of watched.keys()) byContract.set(contractId, []);
	for (const period of periods) {
		if (period.contractId === null) continue;
		byContract.set(period.contractId, [...(byContract.get(period.contractId) ?? []), period]);
	}
	const seen = new Map<number, SeenContract>();
	for (const [contractId, own] of byContract) {
		if (unread.has(contractId)) continue;
		const { period, ...pause } = pauseOfPeriods(own, now);
		const shown = period ?? own[0];
		const about: About = shown
			? {
					pricePlan: shown.pricePlan,
					coworkerId: shown.coworkerId,
					coworkerName: shown.coworkerName,
					pausePeriodId: shown.id,
				}
			: (watched.get(contractId) ?? {});
		seen.set(contractId, { ...pause, about });
	}
	return seen;
}

function idOf(value: About[string] | undefined): number {
	return typeof value === 'number' ? value : 0;
}
