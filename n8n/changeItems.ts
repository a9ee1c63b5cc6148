import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Change, Outcome } from '../guarded-change/change';
import { changeMany, type BulkSystem, type ItemChange } from '../guarded-change/changeMany';
import type { PaceLimits } from '../guarded-change/settings';
import type { Run } from '../guarded-change/world';
import { executionAudit } from './audit';
import {
	changeError,
	changeOutput,
	hasFailed,
	type Asked,
	type Presentation,
} from './changeOutput';
import { isAboutIdentity } from './identity';
import { BadInput, optionalText, yesNo } from './inputs';
import { emitItems, withoutThrowing, type ItemResult } from './itemResults';
import { openForItems } from './openForItems';
import { reportProgress } from './progress';
import { readRequestSettings, type ItemSettings } from './requestSettings';

/** What the form says of how a change is guarded; the same for every system. */
export interface Guards {
	dryRun: boolean;
	expectedPlanId?: string;
	/** Nothing is written without `expectedPlanId`: a model uses the node as a tool. */
	planRequired: boolean;
}

/** A system that is ready for one run. */
export interface OpenedSystem<W, C extends Change, S> {
	/** @param asked for a system that records it too */
	change(wanted: W, guards: Guards, asked: Asked): C;
	carryOut(
		changes: ReadonlyArray<ItemChange<C>>,
		ended: (outcome: Outcome<S>, index: number) => void,
	): Promise<void>;
	/** Who is signed in, for errors that depend on it. */
	whoIsSignedIn?(): Promise<string | undefined>;
}

/** `OpenedSystem.carryOut` of a system that needs nothing but itself for many changes. */
export function inBulk<C extends Change, S>(
	run: Run,
	limits: PaceLimits,
	system: () => BulkSystem<C, S>,
): OpenedSystem<unknown, C, S>['carryOut'] {
	return async (changes, ended) => await changeMany({ changes, run, limits, ended, system });
}

/** One operation of one system that changes something. */
export interface ChangeOperation<W, C extends Change, S> {
	show: Presentation<C, S>;
	/** The names of the thing changed, for an item whose parameters cannot be read. */
	noIds: IDataObject;
	limits: PaceLimits;
	/** What one item asks for. Throws BadInput. */
	wanted(item: number, options: IDataObject): W;
	/** Throws UserError where the credential cannot be used. Sends nothing that could change anything. */
	open(settings: ItemSettings, failuresLeft: () => number): Promise<OpenedSystem<W, C, S>>;
	/** What to say before a run that must exceed limits of the vendor which are not waited for. */
	warning?(items: number): string | undefined;
}

interface ItemInput<W> {
	wanted: W;
	asked: Asked;
	dryRun: boolean;
	expectedPlanId?: string;
	settings: ItemSettings;
}

/** Longest text of a reason or a name in the audit record. */
const LONGEST_TEXT = 500;

/**
 * Carries out one operation for all input items: parameters → changes → outcomes → output.
 * Every parameter of every item is read before the first request leaves.
 */
export async function changeItems<W, C extends Change, S>(
	context: IExecuteFunctions,
	operation: ChangeOperation<W, C, S>,
): Promise<INodeExecutionData[]> {
	return await withoutThrowing(
		context,
		operation.noIds,
		async () => await change(context, operation),
	);
}

async function change<W, C extends Change, S>(
	context: IExecuteFunctions,
	operation: ChangeOperation<W, C, S>,
): Promise<INodeExecutionData[]> {
	const { show, noIds } = operation;
	let failures = 0;
	const ready = await openForItems(context, {
		noIds,
		input: (item) => readInput(context, item, operation),
		open: async ({ settings }) => {
			const stopAfter = context.continueOnFail() ? settings.stopAfterFailures : 1;
			return await operation.open(settings, () =>
				stopAfter > 0 ? stopAfter - failures : Infinity,
			);
		},
	});
	if ('results' in ready) return emitItems(context, ready.results);
	const { opened: system, inputs, valid, notBegun } = ready;
	const message = operation.warning?.(valid.length);
	if (message !== undefined) {
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}

	const planRequired = asksForPlan(context);
	const changes = valid.map(({ wanted, asked, dryRun, expectedPlanId }) =>
		system.change(wanted, { dryRun, planRequired, expectedPlanId }, asked),
	);
	const progress = reportProgress(context, changes.length);
	const execution = executionAudit(context);
	const ends = new Array<End>(changes.length);
	/** Places of the failures that depend on who is signed in. */
	const aboutIdentity: number[] = [];
	let done = 0;
	await system.carryOut(
		changes.map((change, i) => ({ change, settings: valid[i].settings })),
		(outcome, i) => {
			const at = new Date().toISOString();
			const about = { change: changes[i], asked: valid[i].asked, execution, at, show };
			const failed = hasFailed(outcome);
			if (failed && outcome.outcome !== 'notTried') failures += 1;
			if (isAboutIdentity(outcome.reason)) aboutIdentity.push(i);
			// Only what goes out is kept: a state and its records are many times as large.
			ends[i] = {
				outcome: outcome.outcome,
				result: failed
					? { error: changeError(outcome, about) }
					: { json: [changeOutput(outcome, about)] },
			};
			progress(++done);
		},
	);
	if (aboutIdentity.length > 0) {
		const signedInAs = await system.whoIsSignedIn?.();
		for (const i of aboutIdentity) ends[i].result = saying(ends[i].result, signedInAs);
	}

	let next = 0;
	const results = inputs.map((input) =>
		input instanceof BadInput ? notBegun(input) : ends[next++].result,
	);
	return emitItems(context, results, () => (ends.length > 1 ? summary(changes, ends) : []));
}

/** What is kept of an item that has ended. */
interface End {
	outcome: Outcome<unknown>['outcome'];
	result: ItemResult;
}

/** A failure, with a sentence more. */
function saying(result: ItemResult, sentence?: string): ItemResult {
	if (!('error' in result) || sentence === undefined) return result;
	const { error } = result;
	return { error: { ...error, description: `${error.description} ${sentence}` } };
}

function readInput<W, C extends Change, S>(
	context: IExecuteFunctions,
	item: number,
	operation: ChangeOperation<W, C, S>,
): ItemInput<W> {
	const options = context.getNodeParameter('options', item, {}) as IDataObject;
	const given = context.getNodeParameter('requestSettings', item, {}) as IDataObject;
	const dryRun = yesNo(context.getNodeParameter('dryRun', item, false), 'Dry Run');
	const planId = optionalText(options.expectedPlanId, 'Expected Plan ID', 100)?.trim() || null;
	if (planId === null && !dryRun) checkNoPlanMeant(context);
	return {
		wanted: operation.wanted(item, options),
		asked: {
			requestedBy: optionalText(options.requestedBy, 'Requested By', LONGEST_TEXT),
			reason: optionalText(options.reason, 'Reason', LONGEST_TEXT),
		},
		dryRun,
		...(planId !== null && { expectedPlanId: planId }),
		settings: readRequestSettings(given, operation.limits),
	};
}

/**
 * An expression for the plan that gives nothing is a slip: the write would go out unguarded. A model
 * may leave it empty, for `asksForPlan` guards its writes. Throws BadInput.
 */
function checkNoPlanMeant(context: IExecuteFunctions): void {
	const { type, parameters } = context.getNode();
	const raw = (parameters.options as IDataObject | undefined)?.expectedPlanId;
	if (type.endsWith('Tool') || typeof raw !== 'string' || !raw.startsWith('=')) return;
	throw new BadInput(
		'Expected Plan ID',
		'has no value: its expression gives nothing',
		"Mend the expression so that it gives the 'planId' of a dry run, or remove the option to write without a plan.",
	);
}

/**
 * As a tool of a model, a write needs the id of a plan that was shown before. Only the workflow's
 * author can switch that off: an expression, which a model could fill, does not count.
 */
function asksForPlan(context: IExecuteFunctions): boolean {
	const { type, parameters } = context.getNode();
	if (!type.endsWith('Tool')) return false;
	const options = parameters.options as IDataObject | undefined;
	return options?.toolMayWriteWithoutPlan !== true;
}

const GROUPS: ReadonlyArray<readonly [Outcome<unknown>['outcome'], string]> = [
	['changed', 'Changed'],
	['unchanged', 'Unchanged'],
	['planned', 'Planned'],
	['refused', 'Refused'],
	['failed', 'Failed'],
	['unknown', 'Unknown'],
	['notTried', 'Not tried'],
];

/** What became of every item, for the one error that a stopped run throws. */
function summary(changes: readonly Change[], ends: readonly End[]): string[] {
	return GROUPS.flatMap(([outcome, label]) => {
		const ids = changes.filter((_, i) => ends[i].outcome === outcome).map(({ id }) => id);
		return ids.length === 0 ? [] : [`${label}: ${ids.join(', ')}`];
	});
}
