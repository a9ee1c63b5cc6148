import type { Read, Reason } from '../../guarded-change/change';
import { runAll } from '../../guarded-change/runAll';
import type { ItemSettings } from '../../n8n/requestSettings';
import type { RequestContext } from '../../n8n/transport';
import { readContract, showsPause } from '../Nexudus/readContract';
import { readContracts } from '../Nexudus/readContracts';
import { nexudusApi } from '../Nexudus/nexudusApi';
import { wordsFor } from '../Nexudus/nexudusWords';
import { pauseState } from '../Nexudus/pauseState';
import { openNexudus, whoIsSignedIn } from '../Nexudus/session';
import { sessionTools } from '../Nexudus/sessionTools';
import { knowsNone } from '../Nexudus/vendorAnswer';
import { text, type VendorRecord } from '../Nexudus/vendorRecord';
import type { PauseSource, SeenContract, Sighting, UnreadContract } from './pauseSource';

/** Reasons that are about all requests of this account, not about one contract. */
const OF_ALL: ReadonlyArray<Reason['code']> = ['session', 'stopped', 'throttledTooLong'];

/**
 * The contracts of the customer who is signed in, from their list.
 * @throws UserError where the credential cannot be used
 */
export async function customerSource(
	context: RequestContext,
	settings: ItemSettings,
): Promise<PauseSource> {
	const session = await openNexudus({ context, settings });
	const api = nexudusApi(session.portal);
	const tools = sessionTools(session, api.profiles());

	return {
		account: `${session.portal} ${session.account}`,
		words: wordsFor('customer'),
		whoIsSignedIn: async () => await whoIsSignedIn(session),
		read: async (watched): Promise<Read<Sighting>> => {
			// What is remembered belongs to a customer, not to one of their tokens.
			if (session.ownerNotRead) return session.ownerNotRead;
			const list = await readContracts(api, tools);
			if (!list.known) return list;
			const { records, now } = list.value;
			const seen = new Map<number, SeenContract>();
			const alone = new Set(watched.keys());
			for (const record of records) {
				if (typeof record.Id !== 'number') continue;
				if (showsPause(record)) {
					seen.set(record.Id, seenIn(record, now));
					alone.delete(record.Id);
				} else {
					alone.add(record.Id);
				}
			}

			const gone = new Set<number>();
			const unread = new Map<number, UnreadContract>();
			let ofAll: Reason | undefined;
			await runAll({
				items: [...alone],
				width: settings.concurrency,
				stopped: () => ofAll !== undefined,
				skipped: () => undefined,
				work: async (id) => {
					const read = await readContract(id, api, tools, showsPause);
					if (read.known) seen.set(id, seenIn(read.value.record, read.value.now));
					else if (knowsNone(read)) gone.add(id);
					else {
						unread.set(id, { reason: read.reason, periods: [] });
						if (OF_ALL.includes(read.reason.code)) ofAll = read.reason;
					}
				},
			});
			if (ofAll) return { known: false, reason: ofAll, waited: list.waited };
			return { ...list, value: { now, seen, gone, unread, unreadPeriods: new Map() } };
		},
	};
}

function seenIn(record: VendorRecord, now: number): SeenContract {
	const { state, pausedFromUtc, pausedUntilUtc } = pauseState(record, null, now);
	const about = { pricePlan: text(record.TariffName) };
	return { state, pausedFromUtc, pausedUntilUtc, about, periods: [] };
}
