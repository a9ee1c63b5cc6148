import type { Read, Reason } from '../../guarded-change/change';
import type { ItemSettings } from '../../n8n/requestSettings';
import type { RequestContext } from '../../n8n/transport';
import { adminApi } from '../Nexudus/operator/adminApi';
import { adminWords } from '../Nexudus/operator/adminWords';
import { adminTools } from '../Nexudus/operator/adminTools';
import { openOperator } from '../Nexudus/operator/openOperator';
import { openPeriods, readPeriods } from '../Nexudus/pausePeriod/periodRows';
import { pausePeriod, saysEnough, type PausePeriod } from '../Nexudus/pausePeriod/periodState';
import type {
	About,
	PauseSource,
	SeenContract,
	Sighting,
	UnreadContract,
	Watched,
} from './pauseSource';
import { pauseOfPeriods } from './pauseOfPeriods';

/** Reasons that are about all requests of this account; a refusal may be about one period. */
const OF_ALL: ReadonlyArray<Reason['code']> = ['noAccess', 'stopped', 'throttledTooLong'];

/**
 * All contracts of the operator's location, from the list of their pause periods. A period that was
 * deleted shows by not being there; its own address says so before it counts. So does the address of
 * one that the list shows without its contract or its dates.
 *
 * @throws UserError where the credential cannot be used
 */
export async function operatorSource(
	context: RequestContext,
	settings: ItemSettings,
): Promise<PauseSource> {
	const session = await openOperator({ context, settings });
	const api = adminApi(session.admin);
	const tools = adminTools(session);

	return {
		account: `${session.admin} ${session.operator}`,
		words: adminWords,
		read: async (watched): Promise<Read<Sighting>> => {
			const list = await openPeriods(api, tools, {});
			if (!list.known) return list;
			const { records, now } = list.value;
			const good = new Set(records.filter(saysEnough).map(({ Id }) => Number(Id)));
			const known = [...watched.values()].flatMap(({ periods }) => periods);
			const poor = records.map(({ Id }) => Number(Id)).filter((id) => id > 0 && !good.has(id));
			const alone = [...new Set([...poor, ...known.filter((id) => !good.has(id))])];
			const read = await readPeriods(alone, api, tools, {
				width: settings.concurrency,
				isEnough: saysEnough,
				isAnswer: saysEnough,
				endsAll: ({ code }) => OF_ALL.includes(code),
			});
			const waited = list.waited + read.waited;
			const ofAll = [...read.unread.values()].find(({ code }) => OF_ALL.includes(code));
			if (ofAll) return { known: false, reason: ofAll, waited };

			const periods = [...records.filter(saysEnough), ...read.whole.values()].map((record) =>
				pausePeriod(record, null),
			);
			const owners = new Map<number, number>();
			for (const [contractId, one] of watched) {
				for (const id of one.periods) owners.set(id, contractId);
			}
			for (const { Id, CoworkerContractId } of records) {
				if (typeof CoworkerContractId === 'number') owners.set(Number(Id), CoworkerContractId);
			}
			const unread = new Map<number, UnreadContract>();
			const unreadPeriods = new Map<number, Reason>();
			for (const [id, reason] of read.unread) {
				const contractId = owners.get(id);
				if (contractId === undefined) unreadPeriods.set(id, reason);
				else unread.set(contractId, { reason, periods: idsOf(contractId, owners) });
			}
			const seen = seenIn(periods, watched, now);
			for (const contractId of unread.keys()) seen.delete(contractId);
			return { ...list, waited, value: { now, seen, gone: new Set(), unread, unreadPeriods } };
		},
	};
}

function idsOf(contractId: number, owners: ReadonlyMap<number, number>): number[] {
	return [...owners].filter(([, owner]) => owner === contractId).map(([id]) => id);
}

function seenIn(
	periods: readonly PausePeriod[],
	watched: ReadonlyMap<number, Watched>,
	now: number,
): Map<number, SeenContract> {
	const byContract = new Map<number, PausePeriod[]>();
	for (const contractId of watched.keys()) byContract.set(contractId, []);
	for (const period of periods) {
		if (period.contractId === null) continue;
		const own = byContract.get(period.contractId);
		if (own) own.push(period);
		else byContract.set(period.contractId, [period]);
	}
	const seen = new Map<number, SeenContract>();
	for (const [contractId, own] of byContract) {
		const { period, ...pause } = pauseOfPeriods(own, now);
		const shown = period ?? own[0];
		const about: About = shown
			? {
					pricePlan: shown.pricePlan,
					coworkerId: shown.coworkerId,
					coworkerName: shown.coworkerName,
					pausePeriodId: shown.id,
				}
			: (watched.get(contractId)?.about ?? {});
		const open = own.filter(({ untilUtc }) => Date.parse(untilUtc ?? '') > now);
		seen.set(contractId, { ...pause, about, periods: open.map(({ id }) => id).sort(byNumber) });
	}
	return seen;
}

const byNumber = (one: number, other: number) => one - other;
