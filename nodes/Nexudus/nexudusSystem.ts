import type { BulkSystem } from '../../guarded-change/changeMany';
import type { ReadTools, Transport } from '../../guarded-change/readWell';
import type { ContractReader } from './contractReader';
import type { NexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { showsBeforeStart, type ContractState } from './pauseState';
import { absenceProves, hiddenFor, pauseMark, planFacts, rulesFor, sees } from './rules';
import { judge } from './vendorAnswer';

export interface NexudusSystemOptions {
	portal: string;
	api: NexudusApi;
	reader: ContractReader;
	transport: Transport;
	tools: ReadTools;
	renewSession: (since: number) => Promise<boolean>;
}

/** Nexudus for the engine: how to read, what the rules are, what to send, what shows that it is there. */
export function nexudusSystem(
	options: NexudusSystemOptions,
): BulkSystem<NexudusChange, ContractState> {
	const { api, portal, reader, transport, tools } = options;
	const { observed } = tools.run.memory;
	const shows = `${portal} shows scheduled pauses`;
	const showsScheduled = () => observed.has(shows);

	return {
		replays: false,
		judge,
		sees,
		planFacts,
		mark: pauseMark,
		read: async (change, notBefore, purpose) => {
			const read = await reader.read(change, notBefore, purpose);
			// Seen once, it holds for the portal: this vendor does not hide what has not begun.
			if (read.known && showsBeforeStart(read.value)) observed.add(shows);
			return read;
		},
		rules: (change, state, sent) => rulesFor(change, state, sent, showsScheduled()),
		send: async (change, _state, limit) => await transport(writeRequest(api, change), limit),
		absenceProves: (change, before, verdict, sinceSent) =>
			absenceProves(change, before, verdict, sinceSent, showsScheduled()),
		hiddenUntil: (change, state) =>
			// On our clock: the record of sent writes is ours.
			tools.run.clock.now() + hiddenFor(change, state),
		settles: (change, sent) =>
			change.operation === 'resumeNow' ||
			(change.operation === 'pause' && sent.operation === 'resumeAtEnd'),
		renewSession: options.renewSession,
		gate: tools.gate,
		nudge: () => reader.nudge(),
	};
}

/** The one write that a change is, exactly as it goes out. Pure. */
export function writeRequest(api: NexudusApi, change: NexudusChange) {
	return change.operation === 'pause'
		? api.pause(change.contractId, change.cycles)
		: api.resume(change.contractId, change.operation === 'resumeNow');
}
