import { createHash } from 'crypto';
import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import type { Read, Reason } from '../../guarded-change/change';
import { BadInput } from '../../n8n/inputs';
import type { ItemSettings } from '../../n8n/requestSettings';
import { advance, type Delivery } from './advance';
import { failed, tellDamaged, tellUnread } from './failures';
import type { Memory } from './memory';
import { recall, remember } from './staticData';
import { readParameters, type TriggerParameters } from './parameters';
import type { About, PauseSource, Sighting, Watched } from './pauseSource';
import { inTurn, visitOf } from './pollTurns';
import { sampleEvents } from './sampleEvents';

type OpenSource = (context: IPollFunctions, settings: ItemSettings) => Promise<PauseSource>;

/**
 * One poll: events that happened since the one before.
 * @returns items; no item where only the memory has to be stored, which n8n does with an execution;
 * null where there is nothing to do
 * @throws NodeOperationError when the contracts could not be read: nothing is forgotten then
 */
export async function poll(
	context: IPollFunctions,
	open: OpenSource,
): Promise<INodeExecutionData[][] | null> {
	refuseSettings(context);
	const parameters = usable(context, () => readParameters(context));
	const source = await open(context, parameters.settings).catch((error: Error) => {
		throw new NodeOperationError(context.getNode(), error.message, {
			description: 'Open the credential, mend it, and use its test.',
		});
	});
	const account = createHash('sha256').update(source.account).digest('hex').slice(0, 16);
	if (context.getMode() === 'manual') return await testEvents(context, source, account, parameters);
	return await inTurn(context, async () => await compare(context, source, account, parameters));
}

async function compare(
	context: IPollFunctions,
	source: PauseSource,
	account: string,
	{ events, daysBefore }: TriggerParameters,
): Promise<INodeExecutionData[][] | null> {
	const staticData = context.getWorkflowStaticData('node');
	const { memory: before, damaged } = recall(staticData, account);
	const visit = visitOf(context, account);
	const read = await look(source, before);
	if (!read.known) {
		// n8n starts while the vendor is down: the trigger must come up, the next poll tells.
		if (before !== undefined && visit.attempts === 1 && passes(read.reason)) return null;
		throw await failed(context, source, read.reason);
	}

	const { memory, deliver, changed } = advance(before, read.value, {
		account,
		events,
		daysBefore,
		process: visit.process,
	});
	if (damaged) tellDamaged(context);
	await tellUnread(context, source, read.value, visit.unreadTold);
	remember(staticData, account, memory);
	if (deliver.length > 0) return [deliver.map((event) => ({ json: outputOf(event) }))];
	// n8n stores what a trigger remembers only when it runs the workflow.
	return changed || damaged ? [[]] : null;
}

/** Reasons that say nothing about the settings of the node: it may work in a minute. */
function passes({ code }: Reason): boolean {
	return code !== 'vendor' && code !== 'session' && code !== 'rules';
}

/**
 * All contracts, for a memory that is there or for the first one. A row that moves to a page which
 * was read already is missed: so a baseline is read twice, and what the first read showed is confirmed.
 */
async function look(source: PauseSource, before: Memory | undefined): Promise<Read<Sighting>> {
	if (before !== undefined) return await source.read(watchedIn(before.pauses));
	const first = await source.read(new Map());
	if (!first.known) return first;
	const paused = [...first.value.seen].filter(([, { state }]) => state !== 'none');
	return await source.read(new Map(paused));
}

function watchedIn(pauses: Memory['pauses']): Map<number, Watched> {
	const there = Object.entries(pauses).filter(([, { goneAt }]) => goneAt === undefined);
	return new Map(there.map(([id, watched]) => [Number(id), watched]));
}

/** Settings of any node that n8n applies to what this one gives, and that would lose events. */
function refuseSettings(context: IPollFunctions): void {
	const { alwaysOutputData, executeOnce } = context.getNode();
	if (alwaysOutputData === true) {
		throw new NodeOperationError(
			context.getNode(),
			"'Always Output Data' must be off in the settings of this trigger",
			{
				description:
					'What the trigger remembers is stored with an execution without items, of which n8n would make an empty item. Open the Settings tab of this node, switch it off, and activate the workflow again.',
			},
		);
	}
	if (executeOnce === true) {
		throw new NodeOperationError(
			context.getNode(),
			"'Execute Once' must be off in the settings of this trigger",
			{
				description:
					'n8n would take the first event of each poll, and all others would be lost. Open the Settings tab of this node, switch it off, and activate the workflow again. The node after it may have it on.',
			},
		);
	}
}

function usable<T>(context: IPollFunctions, read: () => T): T {
	try {
		return read();
	} catch (error) {
		const { message } = error as Error;
		throw new NodeOperationError(context.getNode(), message, {
			description: error instanceof BadInput ? error.advice : undefined,
		});
	}
}

async function testEvents(
	context: IPollFunctions,
	source: PauseSource,
	account: string,
	{ events }: TriggerParameters,
): Promise<INodeExecutionData[][]> {
	const read = await source.read(new Map());
	if (!read.known) throw await failed(context, source, read.reason);
	const samples = sampleEvents(read.value, events, account);
	if (samples.length === 0) {
		throw new NodeOperationError(context.getNode(), 'There is no contract to show an event of', {
			description: 'Nexudus shows no contract for this credential.',
		});
	}
	return [samples.map((event) => ({ json: { ...outputOf(event), sample: true } }))];
}

/** What only one of the sources tells: items of both have the same fields. */
const NOT_TOLD: About = {
	pricePlan: null,
	coworkerId: null,
	coworkerName: null,
	pausePeriodId: null,
};

/** What people look for stands first in the output panel, and what is not told last. */
function outputOf({ event, contractId, about, eventId, ...rest }: Delivery): IDataObject {
	const { before, after, daysLeft, ...times } = rest;
	const sides = { before: { ...before }, after: { ...after } };
	const lacking = Object.entries(NOT_TOLD).filter(([name]) => !(name in about));
	return {
		...{ event, contractId, ...about, ...sides, daysLeft, eventId, ...times },
		...Object.fromEntries(lacking),
	};
}
