import { createHash } from 'crypto';
import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import type { Reason } from '../../guarded-change/change';
import { readFailure } from '../../n8n/failureText';
import { isAboutIdentity } from '../../n8n/identity';
import { BadInput } from '../../n8n/inputs';
import type { ItemSettings } from '../../n8n/requestSettings';
import { advance, type Delivery } from './advance';
import { recall, remember } from './memory';
import { readParameters, type TriggerParameters } from './parameters';
import type { About, PauseSource, Sighting } from './pauseSource';
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
	const before = recall(staticData, account);
	const visit = visitOf(context, account);
	visit.kept ||= before?.by === visit.process;
	const watched = Object.entries(before?.pauses ?? {}).filter(([, { gone }]) => !gone);
	const read = await source.read(new Map(watched.map(([id, { about }]) => [Number(id), about])));
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
		arrived: visit.kept,
	});
	if (deliver.length === 0) await tellUnread(context, source, read.value);
	remember(staticData, account, memory);
	if (deliver.length > 0) return [deliver.map((event) => ({ json: outputOf(event) }))];
	// n8n stores what a trigger remembers only when it runs the workflow.
	return changed && context.getNode().alwaysOutputData !== true ? [[]] : null;
}

/** Reasons that say nothing about the settings of the node: it may work in a minute. */
function passes({ code }: Reason): boolean {
	return code !== 'vendor' && code !== 'session' && code !== 'rules';
}

/** A contract that cannot be read is kept as it was, but not in silence. */
async function tellUnread(
	context: IPollFunctions,
	source: PauseSource,
	{ unread }: Sighting,
): Promise<void> {
	const [first] = unread;
	if (first === undefined) return;
	const [contractId, reason] = first;
	throw await failed(context, source, reason, `Contract ${contractId}: `);
}

async function failed(
	context: IPollFunctions,
	source: PauseSource,
	reason: Reason,
	about = '',
): Promise<NodeOperationError> {
	const { message, description } = readFailure(source.words, reason);
	const who = isAboutIdentity(reason) ? await source.whoIsSignedIn?.() : undefined;
	return new NodeOperationError(context.getNode(), `${about}${message}`, {
		description: [description, who, 'Nothing is lost: the next poll goes on from the one before.']
			.filter((part) => part)
			.join(' '),
	});
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

const NOBODY: About = {
	pricePlan: null,
	coworkerId: null,
	coworkerName: null,
	pausePeriodId: null,
};

/** Both sources give items of one shape. */
function outputOf({ event, eventId, contractId, about, ...rest }: Delivery): IDataObject {
	return { event, eventId, contractId, ...NOBODY, ...about, ...rest } as IDataObject;
}
