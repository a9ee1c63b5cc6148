import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { executionAudit } from '../../n8n/audit';
import { BadInput, oneOf, optionalText, yesNo } from '../../n8n/inputs';
import { failedInput, emitItems, type ItemResult } from '../../n8n/itemResults';
import { reportProgress } from '../../n8n/progress';
import { readRequestSettings, type RunSettings } from '../../n8n/requestSettings';
import type { RequestSettings } from '../../guarded-change/settings';
import { changeContracts, type ItemOutcome } from './changeContracts';
import { changeError, changeOutput, hasFailed, type Asked } from './changeOutput';
import { parseContractId } from './contractId';
import { limitWarning, NEXUDUS_LIMITS } from './limits';
import {
	nexudusChange,
	type NexudusChange,
	type PauseRequest,
	type ResumeRequest,
} from './nexudusChange';
import { isAboutIdentity } from './readItems';
import { openNexudus, whoIsSignedIn, type OpenedSession } from './session';

/** What an operation asks for; contract, account and guards are the same for all of them. */
export type Wanted =
	| Pick<PauseRequest, 'operation' | 'cycles' | 'termsAccepted' | 'ifAlreadyPaused'>
	| Pick<ResumeRequest, 'operation' | 'ifNotPaused'>;

interface ItemInput {
	contractId: number;
	wanted: Wanted;
	asked: Asked;
	dryRun: boolean;
	expectedPlanId?: string;
	settings: RequestSettings & RunSettings;
}

/** Longest text of a reason or a name in the audit record. */
const LONGEST_TEXT = 500;

/**
 * Carries out one operation for all input items: parameters → changes → outcomes → output.
 * Every parameter of every item is read before the first request leaves.
 */
export async function changeItems(
	context: IExecuteFunctions,
	wantedOf: (item: number, options: IDataObject) => Wanted,
): Promise<INodeExecutionData[]> {
	const inputs = context.getInputData().map((_, item) => readInput(context, item, wantedOf));
	const valid = inputs.filter((input): input is ItemInput => !(input instanceof BadInput));
	const stopAtOnce = !context.continueOnFail();
	if (valid.length === 0 || (stopAtOnce && valid.length < inputs.length)) {
		return emitItems(context, inputs.map(notBegun));
	}

	const [{ settings }] = valid;
	const stopAfter = stopAtOnce ? 1 : settings.stopAfterFailures;
	let failures = 0;
	const stopped = () => stopAfter > 0 && failures >= stopAfter;
	const session = await openNexudus({
		context,
		limits: settings,
		settings,
		signal: context.getExecutionCancelSignal(),
		stopped,
	}).catch((error: Error) => failedInput('credential', error));
	if ('error' in session) {
		return emitItems(
			context,
			inputs.map((input) => ('wanted' in input ? session : notBegun(input))),
		);
	}
	warnOfLimits(context, valid.length);

	const planRequired = asksForPlan(context);
	const changes = valid.map((input) => changeOf(input, session, planRequired));
	const progress = reportProgress(context, changes.length);
	const outcomes = await changeContracts({
		session,
		stopped,
		changes: changes.map((change, i) => ({ change, settings: valid[i].settings })),
		ended: (outcome, done) => {
			if (hasFailed(outcome) && outcome.outcome !== 'notTried') failures += 1;
			progress(done);
		},
	});

	const signedInAs = outcomes.some(({ reason }) => isAboutIdentity(reason))
		? await whoIsSignedIn(session)
		: undefined;
	const execution = executionAudit(context);
	const at = new Date().toISOString();
	let next = 0;
	const results = inputs.map((input): ItemResult => {
		if (input instanceof BadInput) return notBegun(input);
		const [change, outcome] = [changes[next], outcomes[next]];
		next += 1;
		const about = { change, asked: input.asked, execution, at };
		if (!hasFailed(outcome)) return { json: [changeOutput(outcome, about)] };
		return {
			error: changeError(outcome, about, isAboutIdentity(outcome.reason) ? signedInAs : undefined),
		};
	});
	return emitItems(context, results, () => (outcomes.length > 1 ? summary(changes, outcomes) : []));
}

function readInput(
	context: IExecuteFunctions,
	item: number,
	wantedOf: (item: number, options: IDataObject) => Wanted,
): ItemInput | BadInput {
	try {
		const options = context.getNodeParameter('options', item, {}) as IDataObject;
		const given = context.getNodeParameter('requestSettings', item, {}) as IDataObject;
		const planId = optionalText(options.expectedPlanId, 'Expected Plan ID', 100);
		return {
			contractId: parseContractId(context.getNodeParameter('contractId', item)),
			wanted: wantedOf(item, options),
			asked: {
				requestedBy: optionalText(options.requestedBy, 'Requested By', LONGEST_TEXT),
				reason: optionalText(options.reason, 'Reason', LONGEST_TEXT),
			},
			dryRun: yesNo(context.getNodeParameter('dryRun', item, false), 'Dry Run'),
			...(planId !== null && { expectedPlanId: planId.trim() }),
			settings: readRequestSettings(given, NEXUDUS_LIMITS),
		};
	} catch (error) {
		return error instanceof BadInput ? error : unreadable(error as Error);
	}
}

/** An expression that fails is bad input too. */
function unreadable(error: Error): BadInput {
	return new BadInput('Parameters', `could not be read: ${error.message}`, 'Mend the expression.');
}

function notBegun(input: ItemInput | BadInput): ItemResult {
	return input instanceof BadInput
		? failedInput('badInput', input)
		: failedInput(
				'notTried',
				new BadInput('Contract', 'was not tried', 'Mend the other items first.'),
			);
}

function changeOf(input: ItemInput, session: OpenedSession, planRequired: boolean): NexudusChange {
	const { contractId, wanted, dryRun, expectedPlanId } = input;
	return nexudusChange({
		...wanted,
		contractId,
		portal: session.portal,
		account: session.account,
		dryRun,
		planRequired,
		...(expectedPlanId !== undefined && { expectedPlanId }),
	});
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

function warnOfLimits(context: IExecuteFunctions, items: number): void {
	const message = limitWarning(items);
	if (message !== undefined)
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

const GROUPS: ReadonlyArray<readonly [ItemOutcome['outcome'], string]> = [
	['changed', 'Changed'],
	['unchanged', 'Unchanged'],
	['planned', 'Planned'],
	['refused', 'Refused'],
	['failed', 'Failed'],
	['unknown', 'Unknown'],
	['notTried', 'Not tried'],
];

/** What became of every contract, for the one error that a stopped run throws. */
function summary(changes: readonly NexudusChange[], outcomes: readonly ItemOutcome[]): string[] {
	return GROUPS.flatMap(([outcome, label]) => {
		const ids = changes.filter((_, i) => outcomes[i].outcome === outcome).map(({ id }) => id);
		return ids.length === 0 ? [] : [`${label}: ${ids.join(', ')}`];
	});
}

export const IF_ALREADY_PAUSED = ['unchanged', 'accept', 'fail'] as const;
export const IF_NOT_PAUSED = ['unchanged', 'fail'] as const;

/** An option of the collection `options` with its default. Throws BadInput. */
export function option<T extends string>(
	value: unknown,
	allowed: readonly [T, ...T[]] | readonly T[],
	field: string,
): T {
	return value === undefined ? allowed[0] : oneOf(value, allowed, field);
}
