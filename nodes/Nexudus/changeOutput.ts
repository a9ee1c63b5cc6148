import type { IDataObject } from 'n8n-workflow';
import { textHash } from '../../guarded-change/planId';
import type { ExecutionAudit } from '../../n8n/audit';
import type { ItemError } from '../../n8n/failedItem';
import { changeFailure, type FailureText } from './changeFailure';
import type { ItemOutcome } from './changeContracts';
import { nexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { writeRequest } from './nexudusSystem';
import type { ContractState, PauseState } from './pauseState';
import { expectedPause, isAsAsked } from './rules';
import { asOutput } from './vendorRecord';

/** Who asked for a change, and why: for the audit record. */
export interface Asked {
	requestedBy: string | null;
	reason: string | null;
}

export interface OutputContext {
	change: NexudusChange;
	asked: Asked;
	execution: ExecutionAudit;
	/** ISO 8601 UTC */
	at: string;
}

const FAILED = ['refused', 'unknown', 'notTried', 'failed'] as const;

export function hasFailed(outcome: ItemOutcome): boolean {
	return (FAILED as readonly string[]).includes(outcome.outcome);
}

/** The output of pause and resume. An interface for ever: fields may be added, never changed. Pure. */
export function changeOutput(outcome: ItemOutcome, context: OutputContext): IDataObject {
	const { change } = context;
	const { method, url, body } = writeRequest(nexudusApi(change.portal), change);
	const planned = outcome.outcome === 'planned';
	return {
		system: 'nexudus',
		id: change.id,
		contractId: change.contractId,
		operation: change.operation === 'pause' ? 'pause' : 'resume',
		outcome: outcome.outcome,
		changed: outcome.outcome === 'changed',
		verified: outcome.verification === 'confirmed',
		verification: outcome.verification,
		sameAsAsked: outcome.sameAsAsked ?? comparedAfter(change, outcome),
		before: stateOutput(outcome.before),
		after: stateOutput(outcome.after),
		request: { method, url, body: JSON.parse(body ?? '{}') as IDataObject },
		attempts: outcome.attempts.length,
		...(outcome.plan && { planId: outcome.plan.planId }),
		...(planned && plannedOutput(outcome, change)),
		...hintOutput(outcome),
		audit: auditOutput(outcome, context),
	};
}

function hintOutput(outcome: ItemOutcome): { hint?: string } {
	const hint = outcome.hint ?? unverifiedHint(outcome);
	return hint === undefined ? {} : { hint };
}

function unverifiedHint(outcome: ItemOutcome): string | undefined {
	if (outcome.outcome !== 'changed' && outcome.outcome !== 'unchanged') return undefined;
	if (outcome.verification === 'notRead') {
		return "Nexudus accepted the change, but the contract could not be read afterwards. Run 'Get' to see it.";
	}
	if (outcome.verification === 'notVisible') {
		return outcome.outcome === 'changed'
			? 'Nexudus accepted the change, but does not show it yet. Whether it shows a change that begins later is not documented.'
			: 'The same change was sent before and accepted, and Nexudus does not show it yet. It was not sent again.';
	}
	return undefined;
}

function plannedOutput(outcome: ItemOutcome, change: NexudusChange): IDataObject {
	const { plan, before } = outcome;
	const refusals =
		plan?.do !== 'refuse'
			? []
			: plan.refusals.length > 0
				? plan.refusals
				: [changeFailure(change, { ...outcome, outcome: 'refused' })];
	return {
		wouldDo: plan?.do ?? 'refuse',
		refusals: refusals.map(({ code, message, description }) => ({ code, message, description })),
		expectedDates: before === null ? null : expectedDates(change, before),
	};
}

function expectedDates(change: NexudusChange, before: ContractState): IDataObject | null {
	if (change.operation === 'pause') {
		const dates =
			before.pause.state === 'none'
				? expectedPause(change.cycles, before)
				: pausePeriod(before.pause);
		return dates && { ...dates, inferred: true };
	}
	const dates = pausePeriod(before.pause);
	if (dates === null) return null;
	const now = new Date(before.asOf).toISOString();
	return change.operation === 'resumeAtEnd'
		? { ...dates, inferred: true }
		: { ...dates, pausedUntilUtc: now, inferred: true };
}

function pausePeriod({ pausedFromUtc, pausedUntilUtc }: PauseState) {
	return pausedFromUtc === null ? null : { pausedFromUtc, pausedUntilUtc };
}

/** For a change that was made: is what the last read shows as long as asked for? */
function comparedAfter(change: NexudusChange, { before, after }: ItemOutcome): boolean | null {
	if (after === null) return null;
	if (change.operation !== 'pause') return after.pause.state === 'none' ? true : null;
	if (after.pause.state === 'none') return null;
	return isAsAsked(change.cycles, { ...after, cycle: after.cycle ?? before?.cycle ?? null });
}

export function stateOutput(state: ContractState | null): IDataObject | null {
	if (state === null) return null;
	const { contract, meta } = state.pause.raw;
	return {
		...state.pause,
		raw: { contract: contract && asOutput(contract), meta: meta && asOutput(meta) },
	};
}

/** The error of an item that was not changed. Pure. */
export function changeError(
	outcome: ItemOutcome,
	context: OutputContext,
	signedInAs?: string,
): ItemError & IDataObject {
	const { change } = context;
	const text: FailureText = changeFailure(change, outcome);
	return {
		message: text.message,
		description: [text.description, signedInAs].filter((part) => part).join(' '),
		code: text.code,
		outcome: outcome.outcome as ItemError['outcome'],
		contractId: change.contractId,
		before: stateOutput(outcome.before),
		after: stateOutput(outcome.after),
		attempts: outcome.attempts.length,
		audit: auditOutput(outcome, context),
	};
}

/** When, which execution, who, why, which terms, and every write request that left. */
function auditOutput(
	outcome: ItemOutcome,
	{ change, asked, execution, at }: OutputContext,
): IDataObject {
	return {
		at,
		...execution,
		...asked,
		...(change.operation === 'pause' && {
			termsAccepted: change.termsAccepted,
			termsSha256: textHash(outcome.before?.terms),
		}),
		attempts: outcome.attempts.map((attempt) => ({ ...attempt })),
	};
}
