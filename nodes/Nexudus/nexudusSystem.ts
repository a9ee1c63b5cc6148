import type { BulkSystem } from '../../guarded-change/changeMany';
import { sharedRead } from '../../guarded-change/sharedRead';
import type { Run } from '../../guarded-change/world';
import type { MemberSession } from './access';
import type { ContractReader } from './contractReader';
import { contractLane, stillOpen } from './operatorLanes';
import { nexudusApi, type NexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { showsBeforeStart, type ContractState } from './pauseState';
import {
	absenceProves,
	hiddenFor,
	pauseMark,
	planFacts,
	rulesFor,
	sees,
	SETTLED_AFTER,
} from './rules';
import { judge } from './vendorAnswer';

/** A member whose contracts a run changes. */
export interface MemberAtWork {
	session: MemberSession;
	reader: ContractReader;
	/** Items at work now. */
	items: number;
}

export interface NexudusSystemOptions {
	portal: string;
	run: Run;
	memberOf(change: NexudusChange): MemberAtWork;
}

/** Operations on pause periods after which a contract may be paused at another time than a read has shown. */
const MOVES_A_PAUSE = ['create', 'update'];

/** Nexudus for the engine: how to read, what the rules are, what to send, what shows that it is there. */
export function nexudusSystem(
	options: NexudusSystemOptions,
): BulkSystem<NexudusChange, ContractState> {
	const { portal, run, memberOf } = options;
	const api = nexudusApi(portal);
	const { observed } = run.memory;
	const shows = `${portal} shows scheduled pauses`;
	const showsScheduled = () => observed.has(shows);
	const toolsOf = (change: NexudusChange) => memberOf(change).session.tools;

	return {
		replays: false,
		judge,
		sees,
		planFacts,
		mark: pauseMark,
		read: async (change, notBefore, purpose) => {
			const { session, reader } = memberOf(change);
			// It is opened once for all items of the member.
			const opened = session.open && (await sharedRead(run.clock, session.open()));
			if (opened?.known === false) return opened;
			const read = await reader.read(change, notBefore, purpose);
			// Seen once, it holds for the portal: this vendor does not hide what has not begun.
			if (read.known && showsBeforeStart(read.value)) observed.add(shows);
			return opened === undefined ? read : { ...read, waited: read.waited + opened.waited };
		},
		rules: (change, state, sent) => rulesFor(change, state, sent, showsScheduled()),
		send: async (change, _state, limit) =>
			await toolsOf(change).transport(writeRequest(api, change), limit),
		absenceProves: (change, before, verdict, sinceSent) =>
			absenceProves(change, before, verdict, sinceSent, showsScheduled()),
		hiddenUntil: (change, state) =>
			// On our clock: the record of sent writes is ours.
			run.clock.now() + hiddenFor(change, state),
		settles: (change, sent) =>
			change.operation === 'resumeNow' ||
			(change.operation === 'pause' && sent.operation === 'resumeAtEnd'),
		renewSession: async (since, change) => (await toolsOf(change).renewSession?.(since)) ?? false,
		gateOf: (change) => toolsOf(change).gate,
		shared: {
			// Customers know no admin API, so their own changes do not meet those of pause periods.
			of: ({ admin, contractId }) =>
				admin === undefined ? undefined : contractLane(admin, contractId),
			actsFor: SETTLED_AFTER,
			refusal: (_change, _state, others) =>
				stillOpen(others.filter(({ operation }) => MOVES_A_PAUSE.includes(operation))),
		},
		begins: (change) => {
			memberOf(change).items += 1;
		},
		ends: (change) => {
			const member = memberOf(change);
			member.items -= 1;
			member.reader.nudge();
		},
	};
}

/** The one write that a change is, exactly as it goes out. Pure. */
export function writeRequest(api: NexudusApi, change: NexudusChange) {
	return change.operation === 'pause'
		? api.pause(change.contractId, change.cycles)
		: api.resume(change.contractId, change.operation === 'resumeNow');
}
